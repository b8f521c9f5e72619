// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Register;

namespace Comity.Node.Tests.Checking;

public sealed class NodeCheckTests : IAsyncLifetime
{
    private Pair pair = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestNode Node => pair.A;

    public async ValueTask InitializeAsync()
    {
        pair = await Pair.MakeAsync();
        await Node.StartAsync();
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task What_two_officers_signed_holds()
    {
        await Node.IssueAsync(Asking(Pair.NewDossier()));

        Assert.Empty((await NodeCheck.RunAsync(Node.Parts, Stop)).Faults);
    }

    [Fact]
    public async Task Beside_a_node_at_work_nothing_is_taken_for_a_fault_that_only_happened_meanwhile()
    {
        var dossier = Pair.NewDossier();
        var working = Task.Run(
            async () =>
            {
                for (var i = 0; i < 12; i++)
                {
                    await Node.IssueAsync(Asking(dossier, $"XA-2026-{i}"));
                }
            },
            Stop
        );

        var checks = 0;
        while (!working.IsCompleted || checks < 3)
        {
            Assert.Empty((await NodeCheck.RunAsync(Node.Parts, Stop)).Faults);
            checks++;
        }

        await working;
    }

    [Fact]
    public async Task An_act_under_our_seal_whose_approvals_no_officer_signed_is_found()
    {
        var dossier = Pair.NewDossier();
        await Node.IssueAsync(Asking(dossier));
        var content = Asking(dossier, "XA-2026-0002");

        // Whoever holds the node has its seal and every certificate, and no officer's key.
        var approvals = new List<SignedAct>
        {
            await ForgedAsync(content, TestNode.Drafter, ApprovalRole.Drafter),
            await ForgedAsync(content, TestNode.Approver, ApprovalRole.Approver),
        };
        var seal = Node.Parts.Keys.Seal("central")!;
        var act = content.Seal(2, Now(), [], [.. approvals.Select(a => a.Id)]);
        var forged = SignedAct
            .Parse(Certificates.Sign(SignedAct.Prepare(act, Certificates.TextOf(seal)), seal))
            .Admitted();
        await PutInAsync(dossier, [.. approvals, forged]);

        var faults = (await NodeCheck.RunAsync(Node.Parts, Stop)).Faults;

        Assert.Equal(
            [
                $"act {approvals[0].Id} does not carry its signer's signature",
                $"act {approvals[1].Id} does not carry its signer's signature",
                $"act {forged.Id} was sealed without its officers (approval.drafter-missing)",
            ],
            faults.Where(f => f.StartsWith("act ", StringComparison.Ordinal))
        );
    }

    private ActContent Asking(DossierId dossier, string reference = "XA-2026-0001") =>
        pair.ByA(dossier, Pair.Request(Measure.StoredData) with { Reference = reference });

    private async Task<SignedAct> ForgedAsync(ActContent content, string id, ApprovalRole role)
    {
        var officer = await Node.OfficerAsync(id);
        var approve = new Approve(content.Digest(), role, ApprovalVerdict.Approves, null);
        var act = new ActContent(content.Dossier, null, Node.Central, Node.Central, Visibility.Party, approve).Seal(
            role == ApprovalRole.Drafter ? 10 : 11,
            Now(),
            [],
            []
        );
        var input = SignedAct.Prepare(act, officer.Certificate);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SignedAct
            .Parse(input.Complete(another.SignData(input.ToBeSigned.Span, HashAlgorithmName.SHA256)))
            .Admitted();
    }

    private async Task PutInAsync(DossierId dossier, IReadOnlyList<SignedAct> acts) =>
        await Node.Parts.Register.WriteAsync(
            async batch =>
            {
                var row = (await DossierKeys.FindAsync(batch.Session, dossier))!;
                using var cipher = DossierKeys.CipherOf(row, Node.Parts.Keys.AtRest);
                foreach (var act in acts)
                {
                    await batch.AddAsync(act.Id.Digest, new LeafEntry.Issued(), Node.Entry.Id);
                    await ActTables.InsertAsync(batch.Session, act, cipher, isEntryExpired: false);
                }

                return 0;
            },
            Stop
        );

    private static DateTimeOffset Now() => Comity.Instants.ToSecond(DateTimeOffset.UtcNow);
}
