// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Dossiers;
using Comity.Instruments;
using Comity.Register;
using Comity.Requests;

namespace Comity.Tests.CaseUco;

/// <summary>A dossier to describe: asked, granted, supplied in two parts, confirmed twice.</summary>
internal static class DescribedCase
{
    private static readonly LogSigner Log = new("xb.example/register", Some.Digest("log b").ToArray());

    public static IReadOnlyList<ExportedAct> Acts { get; } = Make();

    /// <summary>An act's id is another in every run, as signatures are; its kind and number are not.</summary>
    public static string Stable(string text) =>
        Acts.Aggregate(
            text,
            (t, act) =>
                t.Replace(
                    act.Signed.Id.ToString(),
                    $"{act.Signed.Act.From.Party}{act.Signed.Act.Number}",
                    StringComparison.Ordinal
                )
        );

    private static List<ExportedAct> Make()
    {
        var bare = Some.Exhibit("mail");
        bare = bare with { Manifest = bare.Manifest with { Acquired = null, MediaType = null } };
        var log = Some.Exhibit("log");
        var (nothing, whole) = (new List<SignedAct>(), ExhibitVerdict.Whole);
        var request = Say(nothing, Some.Request(Measure.StoredData), byA: true);
        Say(nothing, new Grant("Law of XB", null, [], [], null, null), byA: false, request);
        Say(nothing, new Supply([log, bare], false, null), byA: false, request);
        Say(nothing, new Confirm([Received(log, whole), Received(bare, whole)], null), byA: true, request);
        Say(nothing, new Confirm([Received(log, ExhibitVerdict.Opened)], null), byA: true, request);
        Say(nothing, new Supply([log], true, "Again, by mistake"), byA: false, request);
        return
        [
            .. nothing.Select(
                (signed, i) =>
                    new ExportedAct(
                        signed,
                        // The last one has no receipt yet.
                        i == nothing.Count - 1
                            ? []
                            : [(Some.XB, ReceiptOf(signed, Some.Day(i, 12)))]
                    )
            ),
        ];
    }

    private static ExhibitReceived Received(Exhibit exhibit, ExhibitVerdict verdict) =>
        new(exhibit.Manifest.SealedSha256, verdict);

    private static ActId Say(List<SignedAct> acts, ActBody body, bool byA, ActId? concerns = null)
    {
        var (from, to, party) = byA
            ? (Some.XaCentral, Some.XbCentral, Some.A)
            : (Some.XbCentral, Some.XaCentral, Some.B);
        var act = Some.Act(body, from, to, acts.Count(a => a.Act.From == from) + 1, concerns) with
        {
            Follows = acts.Count == 0 ? [] : [acts[^1].Id],
        };
        acts.Add(party.Signed(act));
        return acts[^1].Id;
    }

    private static Receipt ReceiptOf(SignedAct signed, DateTimeOffset entered)
    {
        var leaf = new Leaf(signed.Id.Digest, new LeafEntry.Admitted(), entered, Some.B.Entry.Id);
        var salt = new Salt(Some.Digest("salt").ToArray());
        var tree = MemoryTree.Of([TreeHash.OfLeaf(leaf.Entry(salt))]);
        var note = Checkpoint.Of(Log.Verifier.Name, tree.Edge(1)).ToNote();
        return new Receipt(leaf, salt, 0, tree.Inclusion(0, 1).Admitted(), note.With(Log.Sign(note.Text)));
    }
}
