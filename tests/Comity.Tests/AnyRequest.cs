// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Instruments;
using Comity.Requests;
using CsCheck;

namespace Comity.Tests;

/// <summary>Draws requests and exhibits whose parts refer to one another, as real ones do.</summary>
internal static class AnyRequest
{
    public static readonly Gen<Exhibit> Exhibit =
        from name in Gen.OneOf("mail.mbox", "كشف.csv", "disk image")
        from type in Gen.OneOf("application/mbox", "text/csv").Null()
        from size in Gen.Long[0, 9_007_199_254_740_991]
        from plain in Any.Digest
        from bytes in Any.Digest
        from tool in Any.OptionalText
        from at in Any.OptionalInstant
        from isAcquired in Gen.Bool
        from text in Any.Text
        from transfer in Gen.Enum<OnwardTransfer>()
        select new Exhibit(
            new ExhibitManifest(
                name,
                type,
                size,
                plain,
                Math.Max(1, size),
                bytes,
                isAcquired ? new Acquisition(tool, at, text) : null
            ),
            ["age1examplerecipient"],
            new HandlingToken(text, [text], transfer, at, at, ["c1"])
        );

    public static readonly Gen<Item> Item =
        from kind in Gen.Enum<ItemKind>()
        from identifier in Any.Text
        from port in Gen.Int[1, 65_535].Nullable()
        from provider in Any.OptionalText
        from location in Any.OptionalText
        from since in Any.OptionalInstant
        select new Item("i", kind, identifier, port, provider, location, since, null);

    private static readonly Gen<Circumstances> Around =
        from custodian in Any.OptionalText
        from text in Any.OptionalText
        from day in Any.OptionalInstant
        from level in Gen.Enum<UrgencyLevel>()
        from until in Any.Instant
        from flag in Gen.Bool
        select new Circumstances(
            custodian is null ? null : new Custodian(custodian, text),
            text is null ? null : new Intention(text, day),
            custodian is null ? null : new Assistance(custodian, text),
            text is null ? null : new Urgency(level, text, day),
            text is null ? null : new Secrecy(text, until, flag)
        );

    public static readonly Gen<Request> Request =
        from measure in Gen.Enum<Measure>()
        from basis in Gen.Enum<OffenceBasis>()
        from contact in Any.Contact
        from nature in Gen.Enum<ProceedingNature>()
        from text in Any.Text
        from other in Any.OptionalText
        from offences in Any.Offence.Array[0, 2]
        from facts in Any.Text.Array[1, 4]
        from conduct in Conduct(facts.Length).Array[0, 3]
        from items in Item.Array[1, 3]
        from category in Gen.Enum<DataCategory>()
        from role in Gen.Enum<PersonRole>()
        from isMinor in Gen.Bool.Nullable()
        from undertaking in Gen.Enum<UndertakingKind>()
        from relation in Gen.Enum<RequestRelation>()
        from earlier in Any.Id.Null()
        from around in Around
        from attachments in Any.Attachment.Array[0, 2]
        select new Request(
            measure,
            "XA-2026-0001",
            new LegalBasis("un-cybercrime", basis, other, other),
            contact,
            other is null ? null : new Proceeding(text, nature, contact, other),
            [.. offences.Select((o, i) => o with { Id = $"o{i}" })],
            [.. facts.Select((f, i) => new Fact(i + 1, f))],
            conduct,
            [new Person(role, other, other, other, isMinor)],
            [.. items.Select((item, i) => item with { Id = $"i{i}" })],
            [new DataSought(category, ["i0"], other, [1, facts.Length])],
            around.Custodian,
            other,
            around.Intention,
            around.Assistance,
            other,
            around.Urgency,
            around.Secrecy,
            [new Undertaking(undertaking, text)],
            [new EarlierRequest(relation, earlier, earlier is null ? "XA-2025-0009" : null)],
            "ar",
            attachments
        );

    /// <summary>An element of conduct that refers to facts 1 to that many.</summary>
    public static Gen<ConductElement> Conduct(int facts) =>
        from element in Gen.Enum<ElementKind>()
        from text in Any.Text
        from fact in Gen.Int[1, facts]
        select new ConductElement(element, "encrypt-data", text, [fact]);

    private sealed record Circumstances(
        Custodian? Custodian,
        Intention? Intention,
        Assistance? Assistance,
        Urgency? Urgency,
        Secrecy? Secrecy
    );
}
