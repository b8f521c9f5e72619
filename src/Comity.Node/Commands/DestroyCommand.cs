// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Setup;

namespace Comity.Node.Commands;

/// <summary><c>comity-node destroy</c>: deletes an exhibit's bytes, on a certificate that two officers sign.</summary>
internal static class DestroyCommand
{
    public static Command Create()
    {
        var exhibit = new Argument<string>("exhibit") { Description = "The SHA-256 of the sealed exhibit" };
        var law = new Option<string>("--law")
        {
            Description = "The provision or the condition under which it is destroyed",
            Required = true,
        };
        var reason = new Option<string>("--reason") { Description = "Why", Required = true };
        var officers = new Option<string[]>("--officer")
        {
            Description = "A drafter, then an approver. Phrases are asked for, or read from COMITY_PHRASE_<ID>",
            Required = true,
        };
        var command = new Command(
            "destroy",
            "Deletes an exhibit's bytes for good. What stays is a certificate of destruction, signed by two officers"
        )
        {
            exhibit,
            law,
            reason,
            officers,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    async node =>
                    {
                        if (
                            !Digest.TryParse(parsed.GetValue(exhibit), out var digest)
                            || parsed.GetValue(officers) is not [var drafter, var approver]
                        )
                        {
                            return Common.Complain(
                                Common.Unusable,
                                "an exhibit of 64 hexadecimal digits and two officers are needed"
                            );
                        }

                        await Belonging.CheckAsync(node, stop);
                        if (Restoration.IsMarked(node.Settings.Data))
                        {
                            return Common.Complain(Common.NotOk, Restoration.WhyNot);
                        }

                        var prepared = await Destruction.PrepareAsync(
                            node,
                            digest,
                            parsed.GetValue(law)!,
                            parsed.GetValue(reason)!,
                            stop
                        );
                        return prepared is Outcome<(string Draft, ActContent Content)>.Admitted wanted
                            ? await DestroyAsync(
                                node,
                                wanted.Value.Draft,
                                wanted.Value.Content,
                                drafter,
                                approver,
                                stop
                            )
                            : Refused(((Outcome<(string, ActContent)>.Refused)prepared).Why);
                    }
                )
        );
        return command;
    }

    private static async Task<int> DestroyAsync(
        NodeParts node,
        string draft,
        ActContent content,
        string drafter,
        string approver,
        CancellationToken stop
    )
    {
        var officers = await node.Database.ReadAsync(OfficerTables.AllAsync, stop);
        if (
            officers.FirstOrDefault(o => o.Id == drafter) is not { } first
            || officers.FirstOrDefault(o => o.Id == approver) is not { } second
        )
        {
            return Common.Complain(Common.NotOk, $"{drafter} or {approver} is no officer of this node");
        }

        await node.Register.StartAsync(stop);
        try
        {
            var outcome = await node.Issuing.DraftAsync(draft, content, first, Phrases.Of(drafter), stop);
            if (outcome is Outcome<Drafted>.Admitted { Value.Act: null })
            {
                outcome = await node.Issuing.ApproveAsync(
                    draft,
                    second,
                    Phrases.Of(approver),
                    ApprovalVerdict.Approves,
                    null,
                    stop
                );
            }

            if (outcome is Outcome<Drafted>.Refused refused)
            {
                return Refused(refused.Why);
            }

            if (((Outcome<Drafted>.Admitted)outcome).Value.Act is not { } act)
            {
                return Refused(new Refusal("draft.not-waiting", new Citation("docs/spec/act.md", "6")));
            }

            Console.WriteLine($"certificate of destruction: act {act}");
            return await Destruction.FinishAsync(node, stop)
                ? Common.Ok
                : Common.Complain(
                    Common.NotOk,
                    "exhibit.cannot-delete: the disk did not let its file go; nobody gets it, and the next start deletes it"
                );
        }
        finally
        {
            await node.Register.StopAsync(CancellationToken.None);
        }
    }

    private static int Refused(Refusal why) =>
        Common.Complain(Common.NotOk, $"nothing was destroyed: {why.Code} ({why.Source})");
}
