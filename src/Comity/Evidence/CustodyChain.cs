// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Evidence;

/// <summary>Whether a chain of custody is unbroken, and where it is broken if not.</summary>
public static class CustodyChain
{
    private static readonly Citation Specification = new("docs/spec/custody.md", "4");

    /// <summary>Checks a chain.</summary>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="links">Its links as they are stored, by their places, in order; no bytes where they do not open.</param>
    /// <param name="head">What the node keeps apart as the chain's end; nothing when it keeps none.</param>
    /// <param name="anchors">Ends that signed acts have stated, in any order.</param>
    /// <returns>
    /// The links that could be read, and every fault: <c>custody.not-kept</c> (there is no link), <c>custody.gap</c>,
    /// <c>custody.altered</c>, <c>custody.cut-off</c> or <c>custody.anchor-differs</c>, each with the place where.
    /// </returns>
    public static CustodyReading Check(
        Digest exhibit,
        IReadOnlyList<(int Place, byte[]? Bytes)> links,
        CustodyHead? head,
        IReadOnlyList<CustodyHead> anchors
    )
    {
        var faults = new List<Refusal>();
        var entries = new List<CustodyEntry>();
        var digests = new Dictionary<int, Digest>();
        if (links.Count == 0)
        {
            faults.Add(Fault("custody.not-kept", 1));
        }

        foreach (var (place, bytes) in links)
        {
            var expected = digests.Count == 0 ? 1 : digests.Keys.Max() + 1;
            for (; expected < place; expected++)
            {
                faults.Add(Fault("custody.gap", expected));
                digests[expected] = default;
            }

            var entry =
                bytes is not null && CustodyEntry.Parse(bytes) is Outcome<CustodyEntry>.Admitted read
                    ? read.Value
                    : null;
            digests[place] = bytes is null ? default : Digest.Of(bytes);
            if (entry is not null)
            {
                entries.Add(entry);
            }

            // After a gap there is nothing to compare with: the gap is the fault, and the chain goes on from here.
            var before = place == 1 ? (Digest?)null : digests[place - 1];
            var isJoined = before == default(Digest) || entry?.Previous == before;
            if (entry is null || entry.Place != place || entry.Exhibit != exhibit || !isJoined)
            {
                faults.Add(Fault("custody.altered", place));
            }
        }

        if (head is not null && (links.Count == 0 || links[^1].Place < head.Place))
        {
            faults.Add(Fault("custody.cut-off", links.Count == 0 ? 1 : links[^1].Place + 1));
        }
        else if (links.Count > 0 && (head is null || !Stands(head)))
        {
            faults.Add(Fault("custody.altered", head?.Place ?? links[^1].Place));
        }

        foreach (var anchor in anchors.Where(a => a.SealedSha256 == exhibit && !Stands(a)).OrderBy(a => a.Place))
        {
            faults.Add(Fault("custody.anchor-differs", anchor.Place));
        }

        return new CustodyReading(entries, [.. faults.Distinct()]);

        bool Stands(CustodyHead at) => digests.TryGetValue(at.Place, out var digest) && digest == at.Head;
    }

    /// <summary>A fault of a chain, at a place.</summary>
    public static Refusal Fault(string code, int place) =>
        new(code, Specification, $"link {place.ToString(CultureInfo.InvariantCulture)}");
}

/// <summary>A chain that was read.</summary>
/// <param name="Entries">The links that could be read, in order.</param>
/// <param name="Faults">Where it is broken; nothing when it is not.</param>
public sealed record CustodyReading(IReadOnlyList<CustodyEntry> Entries, IReadOnlyList<Refusal> Faults);
