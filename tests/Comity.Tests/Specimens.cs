// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests;

/// <summary>One body of each kind with every member filled in: what the limits are tried on and the vectors are made of.</summary>
internal static class Specimens
{
    /// <summary>The request of the specimen dossier, by its id.</summary>
    public static readonly ActId Request = Some.Id("the request");

    private static readonly Attachment Document = new("order-of-the-court.pdf", Some.Digest("order"), 48_213);

    /// <summary>A body of each kind in <see cref="ActKind.All"/>, by the kind's name.</summary>
    public static IReadOnlyDictionary<string, ActBody> Bodies { get; } =
        new Dictionary<string, ActBody>
        {
            ["request"] = FullRequest(),
            ["acknowledge"] = new Acknowledge("XB-77/2026", Some.Contact("Central Authority of Fictia")),
            ["ask"] = new Ask(
                AskPurpose.Information,
                [new Question("q1", "Which of the two accounts was used on 1 November 2026?")],
                Some.Day(20)
            ),
            ["supplement"] = new Supplement(
                [new Answer("q1", "The first.")],
                [new Fact(2, "The second account was closed on 30 October 2026.")],
                [new ConductElement(ElementKind.Intent, "for-gain", "A ransom was asked for", [2])],
                [FullOffence("o2")],
                [Document]
            ),
            ["grant"] = new Grant(
                "Fictia, Code of Criminal Procedure, s. 94",
                "The conditions of the law are met.",
                [new Condition("c1", ConditionKind.UseLimit, "Only in proceeding PR-7.")],
                [new Withheld(DataCategory.Content, ["i1"], "A court must authorise content.")],
                Some.Day(60),
                new PreservedPeriod(Some.Day(1), Some.Day(91))
            ),
            ["accept"] = new Accept(["c1"]),
            ["refuse"] = new Refuse(
                [new Ground("40(21)(b)", "Fictia, Mutual Assistance Act, s. 4")],
                "Execution would harm an essential interest, as set out in our letter of the same day.",
                Some.Id("the consultation")
            ),
            ["postpone"] = new Postpone(
                Some.Day(90),
                "A search in our own case is under way.",
                Some.Id("the consultation")
            ),
            ["extend"] = new Extend(Some.Day(151), "The court sits in January."),
            ["supply"] = new Supply([FullExhibit()], true, "One server was searched."),
            ["confirm"] = new Confirm(
                [new ExhibitReceived(Some.Digest("sealed a"), ExhibitVerdict.Opened)],
                "Both digests match."
            ),
            ["withdraw"] = new Withdraw("The account holder has handed the data over."),
            ["close"] = new Close(ProceedingOutcome.ChargesBrought, true, "Trial in March 2027."),
            ["transcribed"] = new Transcribed(
                Channel.Letter,
                Some.XbCentral,
                Some.Day(5),
                Document,
                "Call-back to the number in the Secretary-General's register.",
                "acknowledge",
                1,
                ActEncoding.ToElement(new Acknowledge("XB-77/2026", null))
            ),
            ["approve"] = new Approve(
                Some.Digest("content"),
                ApprovalRole.Approver,
                ApprovalVerdict.Returns,
                "Fact 1 has no source."
            ),
            ["assess"] = new Assess(
                "2026-11-24",
                [new RecordedFinding("sg-2", "needs-review", ["The intent is not stated."])],
                [
                    new RecordedAnswer(
                        "sg-2",
                        "intent",
                        "For gain",
                        "A ransom note was left.",
                        "Fact 1",
                        Some.Digest("officer")
                    ),
                ]
            ),
            ["keep"] = new Keep("The liaison officer advises to call first.", Some.Id("the request")),
            ["custody"] = new Custody([new CustodyHead(Some.Digest("sealed"), 3, Some.Digest("the third link"))]),
            ["destroy"] = new Destroy(
                Some.Digest("sealed"),
                237,
                "Condition c1 of the grant",
                "The proceeding has ended and the retention period has passed."
            ),
        };

    /// <summary>The entry of a Party with every member filled in.</summary>
    public static PartyEntry Entry { get; } =
        Some.A.Describe(authority =>
            authority with
            {
                Evidence = ["age1examplerecipient"],
                Seals = [authority.Seals[0] with { Replaced = Some.Day(30) }],
            }
        ) with
        {
            Version = 2,
            Previous = Some.A.Entry.Id,
            NextRoot = Some.Digest("the next root"),
            Endpoints = new Endpoints("https://node.xa.example/", "http://xa.example/cooperation"),
            Declarations =
            [
                new Declaration(
                    DeclarationKind.Reservation,
                    "42(5)",
                    "Preservation is refused where art. 42(5) allows."
                ),
            ],
            TimestampRoots = [Some.A.Entry.Signed.Signer],
        };

    private static Request FullRequest() =>
        Some.Request() with
        {
            Basis = new LegalBasis(
                Convention.Slug,
                OffenceBasis.OtherTreatyOffence,
                "Convention on Invented Crimes",
                "The like in a like case"
            ),
            Offences = [FullOffence("o1")],
            Persons = [new Person(PersonRole.Suspect, "Ada Imaginary", "XA", "Port Example, XB", false)],
            Items =
            [
                new Item(
                    "i1",
                    ItemKind.IpAddress,
                    "192.0.2.10",
                    50_123,
                    "Nimbus Hosting",
                    "XB",
                    Some.Day(-30),
                    Some.Day(0)
                ),
            ],
            Assistance = new Assistance("Copies of the connection logs", "With an affidavit of the records officer"),
            Urgency = new Urgency(UrgencyLevel.Urgent, "Logs are deleted after 30 days", Some.Day(12)),
            Secrecy = new Secrecy("The holder might delete the data", Some.Day(180), true),
            Undertakings = [new Undertaking(UndertakingKind.UseLimit, "Only in proceeding PR-7.")],
            Earlier = [new EarlierRequest(RequestRelation.Repeats, Some.Id("an earlier request"), "XA-2025-0990")],
            Attachments = [Document],
        };

    private static Offence FullOffence(string id) =>
        new(
            id,
            "Interference with a system",
            "10",
            new Provision(
                "Examplia, Criminal Code, s. 202",
                "Whoever hinders the functioning of a system shall be punished.",
                "Official Gazette of Examplia 2019, no. 14",
                Some.Day(-1, hour: 0),
                new Penalty(PenaltyKind.Term, 5, 6)
            )
        );

    private static Exhibit FullExhibit() =>
        Some.Exhibit("a") with
        {
            Handling = new HandlingToken(
                "Only in proceeding PR-7.",
                ["Not for intelligence."],
                OnwardTransfer.Refused,
                Some.Day(180),
                Some.Day(400),
                ["c1"]
            ),
        };
}
