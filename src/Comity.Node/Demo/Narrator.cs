// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Node.Demo;

/// <summary>Tells the story, a line a step, with the seconds since it began.</summary>
internal sealed class Narrator(TextWriter to)
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    /// <summary>Steps that did not hold.</summary>
    public int Failed { get; private set; }

    /// <summary>A heading.</summary>
    public void Chapter(string title) => to.WriteLine($"\n{title}");

    /// <summary>Something that happened.</summary>
    public void Say(string what) =>
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{since.Elapsed.TotalSeconds, 6:F1}  {what}"));

    /// <summary>Something that must be so.</summary>
    public void Check(bool holds, string what)
    {
        if (!holds)
        {
            Failed++;
        }

        Say(holds ? what : $"DOES NOT HOLD: {what}");
    }
}
