// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Register;

namespace Comity.Node.Checking;

/// <summary>Adds the register up again: every entry against its hash, every node of the tree, the root, the checkpoint.</summary>
internal static class RegisterCheck
{
    private const int Page = 1_000;

    /// <summary>Checks it, and says how large it is.</summary>
    public static async Task RunAsync(NodeParts node, CheckReport report, CancellationToken stop)
    {
        var head = await node.Database.ReadAsync(RegisterTables.HeadAsync, stop);
        if (head is null)
        {
            report.Fault("the register has no head");
            return;
        }

        var edge = TreeEdge.Empty;
        while (edge.Size < head.Size)
        {
            var from = edge.Size;
            // What is appended meanwhile lies beyond the head that is checked.
            var count = (int)Math.Min(Page, head.Size - from);
            var entries = await node.Database.ReadAsync(s => RegisterTables.EntriesAsync(s, from, count), stop);
            if (entries.Count == 0)
            {
                report.Fault($"the register ends at {from.ToString(CultureInfo.InvariantCulture)}, before its head");
                return;
            }

            foreach (var entry in entries)
            {
                var content = entry.Salt is { } salt ? entry.Leaf?.Entry(salt) : entry.Entry;
                if (content != entry.Entry || TreeHash.OfLeaf(entry.Entry) != entry.Hash)
                {
                    report.Fault(
                        $"entry {entry.Index.ToString(CultureInfo.InvariantCulture)} is not what its hash says"
                    );
                }
            }

            var growth = edge.Append([.. entries.Select(e => e.Hash)]);
            await NodesAsync(node, growth, report, stop);
            edge = growth.After;
        }

        if (edge.Root() != head.Root)
        {
            report.Fault("the register's entries do not add up to its root");
        }

        var key = node.Keys.Register.Verifier;
        if (
            Checkpoint.Open(head.Checkpoint, key, key.Name) is not Outcome<Checkpoint>.Admitted checkpoint
            || checkpoint.Value.Size != head.Size
            || checkpoint.Value.Root != head.Root
        )
        {
            report.Fault("the register's checkpoint is not its own, or not of its head");
        }

        report.Line(
            $"register: {head.Size.ToString(CultureInfo.InvariantCulture)} entries, epoch {head.Epoch.ToString(CultureInfo.InvariantCulture)}"
        );
    }

    private static async Task NodesAsync(NodeParts node, TreeGrowth growth, CheckReport report, CancellationToken stop)
    {
        var above = growth.Completed.Where(n => n.At.Level > 0).ToList();
        try
        {
            var stored = await node.Database.ReadAsync(
                s => RegisterTables.HashesAsync(s, [.. above.Select(n => n.At)]),
                stop
            );
            foreach (var (computed, kept) in above.Zip(stored))
            {
                if (computed.Hash != kept)
                {
                    report.Fault($"node {computed.At} of the register's tree was changed");
                }
            }
        }
        catch (KeyNotFoundException)
        {
            report.Fault("a node of the register's tree is missing");
        }
    }
}
