// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;

namespace Comity.Tests.Safeguards;

/// <summary>A case in which everything is in order, from which each specimen departs in one thing.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static readonly Digest Ada = Some.Digest("certificate of officer Ada");
    public static readonly Digest Ben = Some.Digest("certificate of officer Ben");
    public static readonly Digest Cyd = Some.Digest("certificate of officer Cyd");

    public static readonly Provision Law = new(
        "Criminal Code of XA, section 88",
        "Whoever hinders a computer system is punished with imprisonment of up to eight years.",
        "Official Gazette of XA, No. 14/2026",
        Now.AddDays(-200),
        Term(8)
    );

    public static readonly DomesticProvision Hindering = new(
        "Criminal Code of XB, section 203",
        "Disabling a system",
        ["10"],
        [
            Element(ElementKind.Act, "hinder-system", "encrypt-data"),
            Element(ElementKind.Object, "computer-system"),
            Element(ElementKind.Circumstance, "without-right"),
        ],
        Term(8),
        null
    );

    public static readonly PartyProfile XaProfile = Profile(Some.XA);

    public static readonly PartyProfile XbProfile = Profile(Some.XB) with
    {
        DualCriminality = [new(Measure.StoredData, DualCriminalityRule.Required)],
        Provisions = [Hindering],
    };

    public static readonly Request StoredData = Some.Request(Measure.StoredData) with
    {
        Offences = [new Offence("o1", "Interference with a system", "10", Law)],
        Facts =
        [
            new Fact(1, "On 1 November 2026 the hospital's servers were encrypted."),
            new Fact(2, "The orders came from the server 192.0.2.10."),
        ],
        Conduct =
        [
            new ConductElement(ElementKind.Act, "hinder-system", "Stopped the servers", [1]),
            new ConductElement(ElementKind.Object, "computer-system", "The servers", [1]),
            new ConductElement(ElementKind.Circumstance, "without-right", "Nobody had allowed it", [1]),
        ],
        Persons = [new Person(PersonRole.Suspect, "Max Example", "XA", "XB", false)],
        Data =
        [
            new DataSought(DataCategory.Traffic, ["i1"], "Shows who gave the orders", [2]),
            new DataSought(DataCategory.Subscriber, ["i1"], "Shows who rented the server", [2]),
        ],
    };

    public static readonly Request Preservation = StoredData with { Measure = Measure.Preservation };

    public static readonly IReadOnlyList<RecordedAnswer> QuietAnswers =
    [
        .. ExpressionQuestions.All.Select(q => Answer("sg-3", q.Id, q.Quiet[0], Ada)),
    ];

    public static readonly SenderVerification Sealed = new SenderVerification.BySeal(
        new Authenticated(Some.Digest("entry of XA"), IsEntryExpired: false)
    );

    /// <summary>A request for stored data against which nothing speaks, with every question answered.</summary>
    public static readonly Case Case = new(StoredData, XaProfile, XbProfile, QuietAnswers, Sealed, null, Now);

    /// <summary>The same, only preserved.</summary>
    public static readonly Case PreservationCase = Case with { Request = Preservation };

    public static Case With(this Case given, Func<Request, Request> change) =>
        given with
        {
            Request = change(given.Request),
        };

    public static Case WithOffence(this Case given, Func<Offence, Offence> change) =>
        given.With(r => r with { Offences = [.. r.Offences.Select(change)] });

    public static Case WithItem(this Case given, Func<Item, Item> change) =>
        given.With(r => r with { Items = [.. r.Items.Select(change)] });

    public static Case WithData(this Case given, Func<DataSought, DataSought> change) =>
        given.With(r => r with { Data = [.. r.Data.Select(change)] });

    public static Case WithBasis(this Case given, Func<LegalBasis, LegalBasis> change) =>
        given.With(r => r with { Basis = change(r.Basis) });

    public static Case WithHome(this Case given, Func<PartyProfile, PartyProfile> change) =>
        given with
        {
            RequestedProfile = change(given.RequestedProfile!),
        };

    public static Case Answered(this Case given, params IReadOnlyList<RecordedAnswer> answers) =>
        given with
        {
            Answers = [.. given.Answers, .. answers],
        };

    public static Case Unanswered(this Case given) => given with { Answers = [] };

    public static Case Deciding(this Case given, ActBody body, params IReadOnlyList<ActId> consultations) =>
        given with
        {
            Decision = new DraftedDecision(body, consultations),
        };

    public static RecordedAnswer Answer(string safeguard, string question, string value, Digest by) =>
        new(safeguard, question, value, "Because I read the file", "The request, facts 1 and 2", by);

    public static Finding Finding(this Case given, string safeguard) => Catalogue.Find(safeguard)!.Find(given);

    public static Verdict Verdict(this Case given, string safeguard) => given.Finding(safeguard).Verdict;

    public static Assessment Assessed(this Case given) => Assessment.Of(given).Admitted();

    public static Penalty Term(int years, int months = 0) => new(PenaltyKind.Term, years, months);

    public static RequiredElement Element(ElementKind element, params IReadOnlyList<string> accepts) =>
        new(element, accepts);

    /// <summary>Holds a rule against specimens, each with the verdict that the law gives it.</summary>
    public static void Verdicts(string safeguard, params (Verdict Expected, string What, Case Case)[] specimens) =>
        Assert.Equal(
            string.Join('\n', specimens.Select(s => $"{s.What}: {s.Expected}")),
            string.Join('\n', specimens.Select(s => $"{s.What}: {s.Case.Verdict(safeguard)}"))
        );

    private static PartyProfile Profile(PartyId party) =>
        new(
            ProfileEncoding.Format,
            party,
            Now.AddDays(-60),
            ["en"],
            [new InstrumentInForce(Convention.Slug, Now.AddDays(-90))],
            [],
            [],
            [],
            new HeaviestPenalties(false, true),
            null,
            null
        );
}
