// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Exchange;
using Comity.Files;
using Comity.Node.Bags;
using Comity.Node.Hosting;
using Comity.Node.Setup;
using Comity.Parties;

namespace Comity.Node.Commands;

/// <summary><c>comity-node carry</c>: the exchange without a line, on a disk in a diplomatic bag.</summary>
/// <remarks>Either way may run beside the node that serves: the database lets one append at a time.</remarks>
internal static class CarryCommand
{
    private static readonly Option<bool> Dry = new("--dry-run")
    {
        Description = "Say what would be done, and do nothing",
    };

    private static readonly Argument<string> Bag = new("folder") { Description = "The bag" };

    public static Command Create() =>
        new("carry", "Carries acts, receipts and evidence on a disk, where there is no line") { Out(), In() };

    private static Command Out()
    {
        var to = new Option<string>("--to") { Description = "The Party it is for", Required = true };
        var since = new Option<string?>("--since")
        {
            Description =
                "Also what was answered, from an instant such as 2026-11-24T12:00:00Z on, or 'all'. Otherwise what is due",
        };
        var command = new Command(
            "out",
            "Packs what is due to a Party into an empty folder: acts, answers, the exhibits of those acts. Sealed to its node"
        )
        {
            Bag,
            to,
            since,
            Dry,
            Common.Json,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        if (!PartyId.TryParse(parsed.GetValue(to), out var peer))
                        {
                            return Common.Complain(Common.Unusable, "--to is the code of a Party");
                        }

                        return SinceOf(parsed.GetValue(since)) is { } from
                            ? await PackAsync(node, peer, from, parsed, stop)
                            : Common.Complain(
                                Common.Unusable,
                                "--since is an instant such as 2026-11-24T12:00:00Z, or 'all'"
                            );
                    }
                )
        );
        return command;
    }

    private static Command In()
    {
        var answer = new Option<string?>("--answer")
        {
            Description = "Also pack a bag that takes the answers back, into this empty folder",
        };
        var command = new Command(
            "in",
            "Takes in a bag: read through first, and refused whole when anything is not as it was packed. Taken in twice, it does nothing twice"
        )
        {
            Bag,
            answer,
            Dry,
            Common.Json,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    node => TakeAsync(node, parsed, parsed.GetValue(answer), stop)
                )
        );
        return command;
    }

    private static async Task<int> PackAsync(
        NodeParts node,
        PartyId peer,
        long since,
        ParseResult parsed,
        CancellationToken stop
    )
    {
        await Belonging.CheckAsync(node, stop);
        var packing = new Packing(node);
        var due = await packing.FindAsync(peer, since, stop);
        if (due.IsNothing || parsed.GetValue(Dry))
        {
            return CarryWords.Packed(parsed, due.IsNothing ? "nothing-due" : "would-pack", peer, due, null);
        }

        return await PackAsync(packing, peer, due, parsed, parsed.GetValue(Bag)!, stop);
    }

    private static async Task<int> PackAsync(
        Packing packing,
        PartyId peer,
        DueByBag due,
        ParseResult parsed,
        string path,
        CancellationToken stop
    )
    {
        var folder = new BagFolder(path);
        using var progress = new ProgressLine("packed", due.Bytes);
        return await packing.PackAsync(peer, due, folder, progress, stop) is Outcome<BagManifest>.Refused refused
            ? CarryWords.Refused(parsed, refused.Why, "no bag was packed")
            : CarryWords.Packed(parsed, "packed", peer, due, folder.FullPath);
    }

    private static async Task<int> TakeAsync(NodeParts node, ParseResult parsed, string? answer, CancellationToken stop)
    {
        await Belonging.CheckAsync(node, stop);
        if (Restoration.IsMarked(node.Settings.Data))
        {
            return Common.Complain(Common.NotOk, Restoration.WhyNot);
        }

        var folder = new BagFolder(parsed.GetValue(Bag)!);
        Outcome<ReadBag> read;
        using (var progress = new ProgressLine("read", null))
        {
            read = await new BagReading(node).ReadAsync(folder, progress, stop);
        }

        if (read is Outcome<ReadBag>.Refused unread)
        {
            return CarryWords.Refused(parsed, unread.Why, "nothing was taken in");
        }

        var bag = ((Outcome<ReadBag>.Admitted)read).Value;
        if (parsed.GetValue(Dry))
        {
            return CarryWords.Read(parsed, bag);
        }

        await node.Register.StartAsync(stop);
        try
        {
            Outcome<Unpacked> taken;
            using (var progress = new ProgressLine("taken in", bag.Manifest.Exhibits.Sum(x => x.Size)))
            {
                taken = await new Unpacking(node).TakeAsync(bag, progress, stop);
            }

            return taken is Outcome<Unpacked>.Admitted done
                ? await AnswerAsync(node, parsed, done.Value, answer, stop)
                : CarryWords.Refused(
                    parsed,
                    ((Outcome<Unpacked>.Refused)taken).Why,
                    "what was taken in before this stays; take the bag in again"
                );
        }
        finally
        {
            await node.Register.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> AnswerAsync(
        NodeParts node,
        ParseResult parsed,
        Unpacked done,
        string? answer,
        CancellationToken stop
    )
    {
        var exit = CarryWords.Taken(parsed, done);
        if (answer is null)
        {
            return exit;
        }

        var packing = new Packing(node);
        var due = await packing.FindAsync(done.From, Packing.Due, stop);
        var packed = due.IsNothing
            ? CarryWords.Packed(parsed, "nothing-due", done.From, due, null)
            : await PackAsync(packing, done.From, due, parsed, answer, stop);
        return Math.Max(exit, packed);
    }

    private static long? SinceOf(string? text) =>
        text is null ? Packing.Due
        : text == "all" ? Packing.All
        : Instants.TryParse(text, out var instant) ? instant.ToUnixTimeSeconds()
        : null;
}
