// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Tests;

/// <summary>Two States' nodes that have confirmed each other and are not started, for the tests of a class.</summary>
public sealed class TwoStates : IAsyncLifetime
{
    private Pair pair = null!;

    internal TestNode A => pair.A;

    internal TestNode B => pair.B;

    public async ValueTask InitializeAsync() => pair = await Pair.MakeAsync();

    public ValueTask DisposeAsync() => pair.DisposeAsync();
}
