// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Bundles;
using Comity.Files.Dossiers;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Parties;
using Comity.Register;
using Comity.Requests;

namespace Comity.Bench;

/// <summary>One case of very many acts between two States that do not exist: a request, and questions with their answers.</summary>
internal sealed class ManyActs
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DossierId Dossier = DossierId.From([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    private readonly Side xa = new("XA");
    private readonly Side xb = new("XB");

    /// <summary>The roots of both, as PEM.</summary>
    public string Roots => $"{xa.Root.ExportCertificatePem()}\n{xb.Root.ExportCertificatePem()}\n";

    /// <summary>Makes the case.</summary>
    /// <param name="count">How many acts: even, 2 or more.</param>
    public BundleContent Make(int count)
    {
        var acts = new List<SignedAct> { Sign(xa, xb, RequestOf(), 1, null, 0) };
        var request = acts[0].Id;
        acts.Add(Sign(xb, xa, new Acknowledge("XB-77/2026", Contact(xb)), 1, request, 1));
        for (var i = 2; i < count; i++)
        {
            var (question, number) = (string.Create(CultureInfo.InvariantCulture, $"q{i / 2}"), (i / 2) + 1);
            acts.Add(
                i % 2 == 0
                    ? Sign(
                        xb,
                        xa,
                        new Ask(AskPurpose.Information, [new Question(question, "Which account was used?")], null),
                        number,
                        request,
                        i
                    )
                    : Sign(
                        xa,
                        xb,
                        new Supplement([new Answer(question, "The first of the two.")], [], [], [], []),
                        number,
                        request,
                        i
                    )
            );
        }

        var (a, b) = (xa.Receipts(acts), xb.Receipts(acts));
        return new BundleContent(
            new ExportedDossier(
                [.. acts.Select((act, i) => new ExportedAct(act, [(xa.Party, a[i]), (xb.Party, b[i])]))],
                [xa.Entry, xb.Entry],
                []
            ),
            xa.Office,
            Start.AddDays(200)
        );
    }

    /// <summary>The seal of the State that exports.</summary>
    public X509Certificate2 Seal => xa.Seal;

    private static SignedAct Sign(Side from, Side to, ActBody body, int number, ActId? concerns, int minute)
    {
        var act = new ActContent(Dossier, concerns, from.Office, to.Office, Visibility.Shared, body).Seal(
            number,
            Start.AddMinutes(minute),
            [],
            []
        );
        var bytes = Certificates.Sign(SignedAct.Prepare(act, Certificates.TextOf(from.Seal)), from.Seal);
        return ((Outcome<SignedAct>.Admitted)SignedAct.Parse(bytes)).Value;
    }

    private Request RequestOf() =>
        new(
            Measure.StoredData,
            "XA-2026-0001",
            new LegalBasis(Convention.Slug, OffenceBasis.ConventionOffence, null, null),
            Contact(xa),
            new Proceeding("Ransomware at a hospital", ProceedingNature.Investigation, Contact(xa), "PR-7"),
            [new Offence("o1", "Interference with a system", "10", null)],
            [new Fact(1, "On 1 November 2026 the hospital's servers were encrypted.")],
            [new ConductElement(ElementKind.Act, "encrypt-data", "Encrypted the servers", [1])],
            [],
            [new Item("i1", ItemKind.Server, "192.0.2.10", null, "Nimbus Hosting", "XB", Start.AddDays(-30), Start)],
            [new DataSought(DataCategory.Traffic, ["i1"], "The server gave the orders", [1])],
            new Custodian("Nimbus Hosting", "XB"),
            "The provider deletes logs after 30 days",
            null,
            new Assistance("Copies of the connection logs", null),
            "Evidence in the proceeding named",
            null,
            null,
            [],
            [],
            "en",
            []
        );

    private static Contact Contact(Side side) => new($"Central Authority of {side.Party}", null, null, null, null);

    /// <summary>A State: its root, its seal, its entry, its register.</summary>
    private sealed class Side
    {
        private readonly LogSigner log;

        public Side(string party)
        {
            Party = PartyId.Of(party);
            Office = new Office(Party, "central");
            Root = Certificates.NewRoot($"{party} root", Start.AddDays(-30), 10);
            Seal = Certificates.NewSigner(Root, $"{party} central", Start.AddDays(-30), Start.AddDays(700));
            var origin = $"{party.ToLowerInvariant()}.example/register";
            log = new LogSigner(origin, Digest.Of([(byte)party[1]]).ToArray());
            var connection = Certificates.NewConnection(Root, ["node.example"], Start.AddDays(-30), Start.AddDays(700));
            var entry = new PartyEntry(
                Party,
                $"State {party}",
                1,
                Start.AddDays(-1),
                Start.AddDays(364),
                null,
                null,
                ["en"],
                new Endpoints("https://node.example/", null),
                new RegisterKey(origin, log.Verifier.ToString()),
                [Certificates.TextOf(connection)],
                [
                    new Authority(
                        "central",
                        $"Central Authority of {party}",
                        [
                            new Competence(Measure.Preservation, [Power.Request, Power.Answer]),
                            new Competence(Measure.StoredData, [Power.Request, Power.Answer]),
                        ],
                        [new SealCertificate(Certificates.TextOf(Seal), null)],
                        [],
                        new Contact("Nobody", null, null, null, null)
                    ),
                ],
                [.. ActKind.All.Where(k => k.By != Acts.Side.Internal).Select(k => $"{k.Name}/{k.Version}")],
                []
            );
            var signed = Certificates.Sign(SignedEntry.Prepare(entry, Certificates.TextOf(Root)), Root);
            Entry = ((Outcome<SignedEntry>.Admitted)SignedEntry.Parse(signed)).Value;
        }

        public PartyId Party { get; }

        public Office Office { get; }

        public X509Certificate2 Root { get; }

        public X509Certificate2 Seal { get; }

        public SignedEntry Entry { get; }

        /// <summary>What this State's register says of every act, against one checkpoint.</summary>
        public IReadOnlyList<Receipt> Receipts(IReadOnlyList<SignedAct> acts)
        {
            var leaves = acts.Select(
                    (act, i) =>
                        new Leaf(
                            act.Id.Digest,
                            act.Act.From.Party == Party ? new LeafEntry.Issued() : new LeafEntry.Admitted(),
                            Start.AddMinutes(i).AddSeconds(1),
                            Entry.Id
                        )
                )
                .ToList();
            var salts = acts.Select(a => new Salt(a.Id.Digest.ToArray())).ToList();
            var tree = MemoryTree.Of([.. leaves.Select((l, i) => TreeHash.OfLeaf(l.Entry(salts[i])))]);
            var note = Checkpoint.Of(log.Verifier.Name, tree.Edge(leaves.Count)).ToNote();
            var signed = note.With(log.Sign(note.Text));
            return
            [
                .. leaves.Select(
                    (leaf, i) =>
                        new Receipt(
                            leaf,
                            salts[i],
                            i,
                            ((Outcome<MerklePath>.Admitted)tree.Inclusion(i, leaves.Count)).Value,
                            signed
                        )
                ),
            ];
        }
    }
}
