// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Register;
using Comity.Tests.Files;
using Comity.Tests.Timestamps;
using Comity.Timestamps;

namespace Comity.Tests.Bundles;

/// <summary>What a bundle says of when its acts were there: checkpoints, who cosigned them, and timestamps.</summary>
public sealed class BundleStampsTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task A_checkpoint_says_how_many_receipts_rest_on_it_and_of_one_on_which_none_does_that_it_proves_nothing()
    {
        var other = new LogSigner(Case.CheckpointOfA().Signatures[0].Name, new byte[32]);
        var unrelated = SignedNote.Unsigned(
            Case.CheckpointOfA().Text.Replace("\n3\n", "\n2\n", StringComparison.Ordinal)
        );
        var content = Case.Content() with
        {
            Checkpoints =
            [
                new StampedCheckpoint(Case.CheckpointOfA(), []),
                new StampedCheckpoint(unrelated.With(other.Sign(unrelated.Text)), []),
            ],
        };

        var report = BundleTests.Verify(await ExportedCase.BundleAsync(content));

        Assert.Contains(
            report.Lines,
            l =>
                l
                    is {
                        Subject: "checkpoints/001.note",
                        What: "is what receipts rest on",
                        Result: VerificationResult.Holds
                    }
        );
        Assert.Contains(Failed(report), l => l is { Subject: "checkpoints/002.note" });
    }

    [Fact]
    public async Task A_timestamp_over_something_else_or_that_is_none_does_not_hold()
    {
        using var authority = new TestAuthority();
        foreach (
            var (token, code) in new[] { (authority.Token(), "timestamp.other-content"), ([1], "timestamp.malformed") }
        )
        {
            var content = Case.Content() with { Checkpoints = [new StampedCheckpoint(Case.CheckpointOfA(), [token])] };

            var failed = Failed(BundleTests.Verify(await ExportedCase.BundleAsync(content)));

            Assert.Equal([("timestamps/001-001.tst", code)], failed.Select(l => (l.Subject, l.Detail)));
        }
    }

    [Theory]
    [InlineData(TestAuthority.Policy, VerificationResult.Holds)]
    [InlineData(TimestampStatement.DemonstrationPolicy, VerificationResult.NotChecked)]
    public async Task A_timestamp_holds_by_a_root_that_an_entry_names_unless_its_authority_is_for_demonstrations(
        string policy,
        VerificationResult expected
    )
    {
        using var authority = new TestAuthority();
        var stamped = Encoding.UTF8.GetBytes(Case.CheckpointOfA().Text);
        var token = authority.Token(TimestampRequest.For(Digest.Of(stamped), TestAuthority.Nonce), policy: policy);
        var naming = Next(e => e with { TimestampRoots = [Certificates.TextOf(authority.Root)] });

        var report = BundleTests.Verify(
            await BundleAsync(new StampedCheckpoint(Case.CheckpointOfA(), [token]), naming)
        );

        Assert.Equal(expected, report.Lines.Single(l => l.Subject == "timestamps/001-001.tst").Result);
    }

    [Fact]
    public async Task A_state_is_no_witness_of_its_own_register()
    {
        var (key, at) = (new Cosigner("xa.example/witness", new byte[32]), Some.Day(5));
        var note = Case.CheckpointOfA();
        var cosigned = new StampedCheckpoint(note.With(key.Sign(note.Text, at)), []);
        var byItself = Next(e => e with { Witness = key.Verifier.ToString() });
        var byTheOther = Some.B.Sign(
            Case.EntryB.Entry with
            {
                Version = 2,
                Previous = Case.EntryB.Id,
                Witness = key.Verifier.ToString(),
            }
        );

        Assert.Equal(VerificationResult.NotChecked, Witnessed(await BundleAsync(cosigned, byItself)));
        Assert.Equal(VerificationResult.Holds, Witnessed(await BundleAsync(cosigned, byTheOther)));

        static VerificationResult Witnessed(byte[] bundle) =>
            BundleTests.Verify(bundle).Lines.Single(l => l.What == "is cosigned by witnesses").Result;
    }

    private static IEnumerable<VerificationLine> Failed(VerificationReport report) =>
        report.Lines.Where(l => l.Result == VerificationResult.DoesNotHold);

    private static SignedEntry Next(Func<PartyEntry, PartyEntry> change) =>
        Some.A.Sign(change(Case.EntryA.Entry with { Version = 2, Previous = Case.EntryA.Id }));

    private static async Task<byte[]> BundleAsync(StampedCheckpoint checkpoint, SignedEntry more)
    {
        var content = Case.Content();
        var dossier = content.Dossier with { Entries = [.. content.Dossier.Entries, more] };
        return await ExportedCase.BundleAsync(content with { Dossier = dossier, Checkpoints = [checkpoint] });
    }
}
