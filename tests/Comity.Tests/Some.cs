// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests;

/// <summary>Things the tests need some of: instants, States that do not exist, requests, acts under a real seal.</summary>
internal static class Some
{
    public static readonly PartyId XA = PartyId.Of("XA");
    public static readonly PartyId XB = PartyId.Of("XB");
    public static readonly Office XaCentral = Office.Of("XA/central");
    public static readonly Office XbCentral = Office.Of("XB/central");
    public static readonly DossierId Dossier = DossierId.From(Enumerable.Range(1, 16).Select(i => (byte)i).ToArray());
    public static readonly TestParty A = new(XA);
    public static readonly TestParty B = new(XB);

    public static DateTimeOffset Day(int day, int hour = 9) =>
        new DateTimeOffset(2026, 11, 2, hour, 0, 0, TimeSpan.Zero).AddDays(day);

    public static Digest Digest(string seed) => Comity.Digest.Of(System.Text.Encoding.UTF8.GetBytes(seed));

    public static ActId Id(string seed) => new(Digest(seed));

    public static Contact Contact(string name = "Central Authority of Examplia") =>
        new(name, "central authority", "+000 555 0100", "central@authority.example", "09:00-17:00 UTC");

    public static Request Request(Measure measure = Measure.Preservation) =>
        new(
            measure,
            "XA-2026-0001",
            new LegalBasis(Convention.Slug, OffenceBasis.ConventionOffence, null, null),
            Contact(),
            new Proceeding("Ransomware at a hospital", ProceedingNature.Investigation, Contact("Prosecutor"), "PR-7"),
            [new Offence("o1", "Interference with a system", "10", null)],
            [new Fact(1, "On 1 November 2026 the hospital's servers were encrypted.")],
            [new ConductElement(ElementKind.Act, "encrypt-data", "Encrypted the servers", [1])],
            [],
            [new Item("i1", ItemKind.Server, "192.0.2.10", null, "Nimbus Hosting", "XB", Day(-30), Day(0))],
            [new DataSought(DataCategory.Traffic, ["i1"], "The server gave the orders", [1])],
            new Custodian("Nimbus Hosting", "XB"),
            "The provider deletes logs after 30 days",
            new Intention("A request for the data will follow", Day(40)),
            new Assistance("Copies of the connection logs", null),
            "Evidence in the proceeding named",
            null,
            null,
            [],
            [],
            "en",
            []
        );

    /// <summary>An exhibit of 1,000 bytes, sealed.</summary>
    public static Exhibit Exhibit(string seed) =>
        new(
            new ExhibitManifest(
                $"{seed}.csv",
                "text/csv",
                1000,
                Digest($"plain {seed}"),
                1216,
                Digest($"sealed {seed}"),
                new Acquisition("export tool 3.1", Day(3), "records officer")
            ),
            ["age1examplerecipient"],
            new HandlingToken("PR-7", [], OnwardTransfer.WithAuthorisation, null, Day(400), [])
        );

    /// <summary>A directory of these entries, each root confirmed by two officers.</summary>
    public static PartyDirectory Directory(params IReadOnlyList<SignedEntry> entries) =>
        entries.Aggregate(
            PartyDirectory.Empty,
            (directory, entry) =>
                directory
                    .Confirm(entry.Entry.Party, entry.Root, [Digest("officer 1"), Digest("officer 2")])
                    .Then(d => d.Accept(entry, entry.Entry.Issued))
                    .Admitted()
        );

    public static Act Act(
        ActBody body,
        Office? from = null,
        Office? to = null,
        int number = 1,
        ActId? concerns = null
    ) =>
        new ActContent(Dossier, concerns, from ?? XaCentral, to ?? XbCentral, Visibility.Shared, body).Seal(
            number,
            Day(0),
            [],
            []
        );
}

/// <summary>A Party with a root, a seal and an entry, all real.</summary>
internal sealed class TestParty
{
    public TestParty(PartyId id)
    {
        Id = id;
        Root = Certificates.NewRoot($"{id} root", Some.Day(-30), 10);
        Seal = Certificates.NewSigner(Root, $"{id} central authority", Some.Day(-30), Some.Day(700));
        Connection = Certificates.NewConnection(Root, [$"{id}.example"], Some.Day(-30), Some.Day(700));
        Entry = Sign(Describe());
    }

    public PartyId Id { get; }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Seal { get; }

    public X509Certificate2 Connection { get; }

    public SignedEntry Entry { get; }

    public PartyEntry Describe() =>
        new(
            Id,
            $"State {Id}",
            1,
            Some.Day(-1),
            Some.Day(364),
            null,
            null,
            ["en"],
            new Endpoints($"https://{Id}.example/", null),
            new RegisterKey($"{Id}.example/register", "placeholder-key"),
            [Certificates.TextOf(Connection)],
            [
                new Authority(
                    "central",
                    $"Central Authority of {Id}",
                    [
                        new Competence(Measure.Preservation, [Power.Request, Power.Answer]),
                        new Competence(Measure.StoredData, [Power.Request, Power.Answer]),
                    ],
                    [new SealCertificate(Certificates.TextOf(Seal), null)],
                    [],
                    Some.Contact()
                ),
            ],
            [.. ActKind.All.Where(k => k.By != Side.Internal).Select(k => $"{k.Name}/{k.Version}")],
            []
        );

    /// <summary>The entry with its one authority changed.</summary>
    public PartyEntry Describe(Func<Authority, Authority> change)
    {
        var entry = Describe();
        return entry with { Authorities = [change(entry.Authorities[0])] };
    }

    public SignedEntry Sign(PartyEntry entry, X509Certificate2? root = null)
    {
        var signer = root ?? Root;
        var bytes = Certificates.Sign(SignedEntry.Prepare(entry, Certificates.TextOf(signer)), signer);
        return SignedEntry.Parse(bytes).Admitted();
    }

    public byte[] Sign(Act act, X509Certificate2? seal = null)
    {
        var signer = seal ?? Seal;
        return Certificates.Sign(SignedAct.Prepare(act, Certificates.TextOf(signer)), signer);
    }

    public SignedAct Signed(Act act) => Assert.IsType<Outcome<SignedAct>.Admitted>(SignedAct.Parse(Sign(act))).Value;
}

/// <summary>Takes an outcome apart, or fails the test with the other answer.</summary>
internal static class OutcomeAssertions
{
    public static T Admitted<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Admitted admitted
            ? admitted.Value
            : throw new Xunit.Sdk.XunitException($"refused: {((Outcome<T>.Refused)outcome).Why}");

    public static Refusal Refused<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Refused refused
            ? refused.Why
            : throw new Xunit.Sdk.XunitException($"admitted: {((Outcome<T>.Admitted)outcome).Value}");
}
