// SPDX-License-Identifier: EUPL-1.2
global using static Comity.Node.Tests.Test;

namespace Comity.Node.Tests;

/// <summary>The test that is running.</summary>
internal static class Test
{
    /// <summary>Says that the test was given up.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;
}
