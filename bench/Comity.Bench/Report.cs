// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Bench;

/// <summary>How much work a benchmark does.</summary>
internal enum Scale
{
    /// <summary>Enough to see that it still works and is about as fast.</summary>
    Quick,

    /// <summary>Enough to quote.</summary>
    Full,
}

/// <summary>What benchmarks print. Only lines that start with <c>BENCH</c> are for machines.</summary>
internal static class Report
{
    /// <summary>A ratio of ours to a peer's in the same run, where more is better, and the ratio asked for.</summary>
    public static void Ratio(string name, double ratio, double goal) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BENCH {name} {ratio:0.00} goal {goal:0.##}"));

    /// <summary>A line for people.</summary>
    public static void Note(FormattableString note) =>
        Console.WriteLine("  " + note.ToString(CultureInfo.InvariantCulture));
}
