// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Tests;

/// <summary>A clock that says what a test sets it to, forwards or back. Waiting still takes as long as it takes.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = Instants.ToSecond(DateTimeOffset.UtcNow).UtcTicks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
