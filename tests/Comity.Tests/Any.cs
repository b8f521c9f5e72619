// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Evidence;
using Comity.Parties;
using Comity.Requests;
using CsCheck;

namespace Comity.Tests;

/// <summary>Draws values inside every limit: texts in several scripts, ids, and a body of each kind.</summary>
internal static class Any
{
    private static readonly string[] Writing =
    [
        "a",
        "Z",
        "0",
        " ",
        "\n",
        "\t",
        "\"",
        "\\",
        "/",
        "<",
        "&",
        "é",
        "ß",
        "Ж",
        "ب",
        "字",
        "\u2028",
        "\ud83d\ude00",
    ];

    public static readonly Gen<string> Text = Gen.OneOf(Writing).Array[0, 12].Select(t => "x" + string.Concat(t));

    public static readonly Gen<string?> OptionalText = Text.Null();

    public static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, 253_402_300_799]
        .Select(DateTimeOffset.FromUnixTimeSeconds);

    public static readonly Gen<DateTimeOffset?> OptionalInstant = Instant.Nullable();

    public static readonly Gen<Digest> Digest = Gen.Byte.Array[32].Select(b => new Comity.Digest(b));

    public static readonly Gen<ActId> Id = Digest.Select(d => new ActId(d));

    public static readonly Gen<Office> Office = Gen.OneOf("XA/central", "XB/police-24-7", "XC/0", "EU/a")
        .Select(o => Comity.Parties.Office.Of(o));

    public static readonly Gen<Contact> Contact =
        from name in Text
        from functions in OptionalText
        from telephone in OptionalText
        from mail in OptionalText
        from hours in OptionalText
        select new Contact(name, functions, telephone, mail, hours);

    public static readonly Gen<Attachment> Attachment =
        from name in Gen.OneOf("letter.pdf", "رسالة.pdf", "a b", "..txt")
        from digest in Digest
        from size in Gen.Long[0, 9_007_199_254_740_991]
        select new Attachment(name, digest, size);

    public static readonly Gen<Fact> Fact =
        from number in Gen.Int[1, 500]
        from text in Text
        select new Fact(number, text);

    public static readonly Gen<Offence> Offence =
        from label in Text
        from article in Gen.OneOf("7", "10", "19(2)").Null()
        from citation in Text
        from text in Text
        from source in OptionalText
        from asOf in OptionalInstant
        from years in Gen.Int[0, 100]
        from months in Gen.Int[0, 11]
        from isTerm in Gen.Bool
        from hasProvision in Gen.Bool
        let penalty = isTerm ? new Penalty(PenaltyKind.Term, years, months) : new Penalty(PenaltyKind.Life, 0, 0)
        let provision = hasProvision ? new Provision(citation, text, source, asOf, penalty) : null
        select new Offence("o", label, article, provision);

    /// <summary>A body of each kind, by the kind's name.</summary>
    public static IReadOnlyDictionary<string, Gen<ActBody>> Bodies { get; } =
        new Dictionary<string, Gen<ActBody>>
        {
            ["request"] = AnyRequest.Request.Select(r => (ActBody)r),
            ["acknowledge"] =
                from reference in Text
                from person in Contact.Null()
                select (ActBody)new Acknowledge(reference, person),
            ["ask"] =
                from purpose in Gen.Enum<AskPurpose>()
                from texts in Text.Array[1, 4]
                from reply in OptionalInstant
                select (ActBody)new Ask(purpose, [.. texts.Select((t, i) => new Question($"q{i}", t))], reply),
            ["supplement"] =
                from answers in Text.Array[1, 3]
                from facts in Fact.Array[0, 3]
                from conduct in AnyRequest.Conduct(5).Array[0, 2]
                from offences in Offence.Array[0, 3]
                from attachments in Attachment.Array[0, 2]
                select (ActBody)
                    new Supplement(
                        [.. answers.Select((t, i) => new Answer($"q{i}", t))],
                        facts,
                        conduct,
                        [.. offences.Select((o, i) => o with { Id = $"o{i}" })],
                        attachments
                    ),
            ["grant"] =
                from law in OptionalText
                from reasons in OptionalText
                from kinds in Gen.Enum<ConditionKind>().Array[0, 3]
                from text in Text
                from category in Gen.Enum<DataCategory>()
                from withheld in Gen.Int[0, 2]
                from supply in OptionalInstant
                from since in Instant
                from isPreserved in Gen.Bool
                let until = since.AddSeconds(since.Year > 9_000 ? -1 : 1)
                let period = since < until ? new PreservedPeriod(since, until) : new PreservedPeriod(until, since)
                select (ActBody)
                    new Grant(
                        law,
                        reasons,
                        [.. kinds.Select((k, i) => new Condition($"c{i}", k, text))],
                        [.. Enumerable.Range(0, withheld).Select(i => new Withheld(category, [$"i{i}"], text))],
                        supply,
                        isPreserved ? period : null
                    ),
            ["accept"] = Gen.Int[1, 5]
                .Select(n => (ActBody)new Accept([.. Enumerable.Range(0, n).Select(i => $"c{i}")])),
            ["refuse"] =
                from provisions in Gen.OneOf("40(21)(b)", "40(22)", "40(8)").Array[1, 3]
                from law in OptionalText
                from reasons in Text
                from consulted in Id.Null()
                select (ActBody)
                    new Refuse([.. provisions.Distinct().Select(p => new Ground(p, law))], reasons, consulted),
            ["postpone"] =
                from until in Instant
                from reasons in Text
                from consulted in Id.Null()
                select (ActBody)new Postpone(until, reasons, consulted),
            ["extend"] = from until in Instant from reason in OptionalText select (ActBody)new Extend(until, reason),
            ["supply"] =
                from exhibits in AnyRequest.Exhibit.Array[1, 3]
                from isComplete in Gen.Bool
                from statement in OptionalText
                select (ActBody)
                    new Supply([.. exhibits.DistinctBy(e => e.Manifest.SealedSha256)], isComplete, statement),
            ["confirm"] =
                from digests in Digest.Array[1, 3]
                from verdict in Gen.Enum<ExhibitVerdict>()
                from note in OptionalText
                select (ActBody)new Confirm([.. digests.Distinct().Select(d => new ExhibitReceived(d, verdict))], note),
            ["withdraw"] = OptionalText.Select(r => (ActBody)new Withdraw(r)),
            ["close"] =
                from outcome in Gen.Enum<ProceedingOutcome>()
                from used in Gen.Bool
                from note in OptionalText
                select (ActBody)new Close(outcome, used, note),
            ["transcribed"] =
                from channel in Gen.Enum<Channel>()
                from author in Office
                from received in Instant
                from original in Attachment
                from authenticity in Text
                from reason in OptionalText
                from isKnown in Gen.Bool
                let kind = isKnown ? "withdraw" : "salute"
                select (ActBody)
                    new Transcribed(
                        channel,
                        author,
                        received,
                        original,
                        authenticity,
                        kind,
                        1,
                        ActEncoding.ToElement(new Withdraw(reason))
                    ),
            ["approve"] =
                from content in Digest
                from role in Gen.Enum<ApprovalRole>()
                from verdict in Gen.Enum<ApprovalVerdict>()
                from reason in Text
                select (ActBody)new Approve(content, role, verdict, reason),
            ["assess"] =
                from version in Gen.OneOf("1", "2026-11-24")
                from reasons in Text.Array[0, 3]
                from answer in Text
                from person in Digest
                from count in Gen.Int[0, 3]
                select (ActBody)
                    new Assess(
                        version,
                        [.. Enumerable.Range(1, count).Select(i => new RecordedFinding($"sg-{i}", "met", reasons))],
                        [
                            .. Enumerable
                                .Range(1, count)
                                .Select(i => new RecordedAnswer(
                                    $"sg-{i}",
                                    "intent",
                                    answer,
                                    answer,
                                    "file p. 3",
                                    person
                                )),
                        ]
                    ),
            ["keep"] = from text in Text from about in Id.Null() select (ActBody)new Keep(text, about),
            ["custody"] =
                from sealedFile in Digest
                from place in Gen.Int[1, int.MaxValue]
                from head in Digest
                select (ActBody)new Custody([new CustodyHead(sealedFile, place, head)]),
            ["destroy"] =
                from sealedFile in Digest
                from size in Gen.Long[1, (1L << 53) - 1]
                from text in Text
                select (ActBody)new Destroy(sealedFile, size, "Law of XB, section 7", text),
        };

    /// <summary>A whole act of a kind, shared or kept at home as the kind has it.</summary>
    /// <param name="kind">The kind.</param>
    public static Gen<Act> Act(ActKind kind) =>
        from body in Bodies[kind.Name]
        from dossier in Gen.Byte.Array[16]
        from concerns in Id.Null()
        from number in Gen.Int[1, int.MaxValue]
        from issued in Instant
        from follows in Id.Array[0, 3]
        from approvals in Id.Array[0, 3]
        from visibility in Gen.OneOf(Visibility.Party, Visibility.Authority, Visibility.NeverExported)
        let isShared = kind.By != Side.Internal
        select new ActContent(
            DossierId.From(dossier),
            body is Request ? null : concerns,
            Comity.Parties.Office.Of("XA/central"),
            Comity.Parties.Office.Of(isShared ? "XB/central" : "XA/prosecutor"),
            isShared ? Visibility.Shared : visibility,
            body
        ).Seal(number, issued, follows, approvals);

    /// <summary>A JSON value as text, without whitespace that says nothing.</summary>
    public static string Json(ActBody body) => JsonSerializer.Serialize(ActEncoding.ToElement(body));
}
