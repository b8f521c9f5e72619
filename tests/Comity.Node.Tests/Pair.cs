// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Tests;

/// <summary>Two States' nodes that have confirmed each other, in a folder of their own.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(string folder, TestNode a, TestNode b) => (Folder, A, B) = (folder, a, b);

    public string Folder { get; }

    /// <summary>XA, which asks.</summary>
    public TestNode A { get; }

    /// <summary>XB, which is asked.</summary>
    public TestNode B { get; }

    public static async Task<Pair> MakeAsync(Func<PartyId, string>? database = null, bool isPostQuantum = false)
    {
        var folder = Directory.CreateTempSubdirectory("comity-pair").FullName;
        var databaseOf = database ?? Databases.On(Databases.Usual);
        var a = await TestNode.MakeAsync(folder, PartyId.Of("XA"), databaseOf(PartyId.Of("XA")), null, isPostQuantum);
        var b = await TestNode.MakeAsync(folder, PartyId.Of("XB"), databaseOf(PartyId.Of("XB")));
        await a.TrustAsync(b);
        await b.TrustAsync(a);
        return new Pair(folder, a, b);
    }

    public static async Task<Pair> StartAsync(Func<PartyId, string>? database = null)
    {
        var pair = await MakeAsync(database);
        await pair.A.StartAsync();
        await pair.B.StartAsync();
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Waits until something holds, and fails with what was waited for when it never does.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 20)
    {
        for (var i = 0; i < seconds * 20; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"never came about: {what}");
    }

    public ActContent ByA(DossierId dossier, ActBody body, ActId? concerns = null) =>
        new(dossier, concerns, A.Central, B.Central, Visibility.Shared, body);

    public ActContent ByB(DossierId dossier, ActBody body, ActId? concerns = null) =>
        new(dossier, concerns, B.Central, A.Central, Visibility.Shared, body);

    public static DossierId NewDossier() => DossierId.From(Guid.NewGuid().ToByteArray());

    public static DateTimeOffset Day(int day) => Instants.ToSecond(DateTimeOffset.UtcNow).AddDays(day);

    public static Request Request(Measure measure) =>
        new(
            measure,
            "XA-2026-0001",
            new LegalBasis(Convention.Slug, OffenceBasis.ConventionOffence, null, null),
            new Contact("Central Authority of XA", "central authority", null, null, null),
            new Proceeding(
                "Ransomware at a hospital",
                ProceedingNature.Investigation,
                new Contact("Prosecutor of XA", "prosecutor", null, null, null),
                null
            ),
            [new Offence("o1", "Interference with a system", "10", null)],
            [new Fact(1, "The hospital's servers were encrypted.")],
            [new ConductElement(ElementKind.Act, "encrypt-data", "Encrypted the servers", [1])],
            [],
            [new Item("i1", ItemKind.Server, "192.0.2.10", null, "Nimbus Hosting", "XB", Day(-30), Day(-1))],
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
}
