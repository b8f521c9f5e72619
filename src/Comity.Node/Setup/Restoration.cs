// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Register;

namespace Comity.Node.Setup;

/// <summary>A node put back from a copy appends nothing before its peers have said that it is not behind itself.</summary>
/// <remarks>
/// A copy of yesterday would append today's entries where other entries already stand, and every peer could prove it
/// (design 15.6). The mark is a file, so that it outlives any crash and is seen by whoever looks into the folder.
/// </remarks>
internal static class Restoration
{
    /// <summary>What an operator is told.</summary>
    public static readonly IReadOnlyList<string> WhyNot =
    [
        "the node was restored and its peers do not all say that it is the newest: it appends nothing (register.behind)",
        "restore a newer copy, or reach the peers and run 'comity-node serve' again; the mark is the file 'restored'",
    ];

    private const string Name = "restored";

    /// <summary>Marks a data folder.</summary>
    public static void Mark(string data) =>
        File.WriteAllText(
            Path.Combine(data, Name),
            "restored from a copy; peers have not yet confirmed that it is the newest\n"
        );

    /// <summary>Whether the folder is marked.</summary>
    public static bool IsMarked(string data) => File.Exists(Path.Combine(data, Name));

    /// <summary>Asks every peer for the newest checkpoint it has seen of this node, and lifts the mark when none is ahead.</summary>
    public static async Task<RestorationVerdict> AskPeersAsync(NodeParts node, CancellationToken stop)
    {
        await Belonging.CheckAsync(node, stop);
        var lines = new List<string>();
        var mayAppend = true;
        var head = (await node.Database.ReadAsync(RegisterTables.HeadAsync, stop))!;
        var directory = await node.Directories.CurrentAsync(stop);
        var own = Directories.RegisterOf(directory, node.Settings.Party)!.Value;
        foreach (var peer in directory.Parties.Where(p => p != node.Settings.Party))
        {
            try
            {
                var standing = await node.Transport.StandingAsync(directory.Find(peer)!.Entry, [], stop);
                var verdict = await CompareAsync(node, standing.Known, head, own, stop);
                mayAppend &= verdict is null;
                lines.Add($"{peer}: {verdict ?? "has seen nothing newer"}");
            }
            catch (PeerUnreachableException unreachable)
            {
                mayAppend = false;
                lines.Add($"{peer}: not reached ({unreachable.Code})");
            }
        }

        if (lines.Count == 0)
        {
            mayAppend = false;
            lines.Add(
                $"no peer can be asked: trust them again, or delete {Path.Combine(node.Settings.Data, Name)} if there never was one"
            );
        }

        if (mayAppend)
        {
            File.Delete(Path.Combine(node.Settings.Data, Name));
        }

        return new RestorationVerdict(mayAppend, lines);
    }

    // What this node did not sign says nothing of it, and a peer that shows such a thing cannot keep it down.
    private static async Task<string?> CompareAsync(
        NodeParts node,
        string known,
        RegisterHead head,
        (NoteVerifier Key, string Origin) own,
        CancellationToken stop
    )
    {
        var read = SignedNote
            .Parse(Encoding.UTF8.GetBytes(known))
            .Then(note => Checkpoint.Open(note, own.Key, own.Origin));
        if (read is not Outcome<Checkpoint>.Admitted { Value: var seen })
        {
            return null;
        }

        if (seen.Size > head.Size)
        {
            return $"has seen {seen.Size} entries; the copy has {head.Size}";
        }

        var hashes = await node.Database.ReadAsync(
            session => RegisterTables.HashesAsync(session, TreeEdge.Subtrees(seen.Size)),
            stop
        );
        return TreeEdge.Of(seen.Size, hashes).Root() == seen.Root
            ? null
            : $"has seen another register of {seen.Size} entries";
    }
}

/// <summary>What the peers said.</summary>
internal sealed record RestorationVerdict(bool MayAppend, IReadOnlyList<string> Lines);
