// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Requests;

namespace Comity.Node.Desk.Words;

/// <summary>What the values of an act's fields are called, where one chooses among them and where they are read again.</summary>
internal static class Choices
{
    public static string Of(AskPurpose purpose) =>
        purpose switch
        {
            AskPurpose.Information => "Information needed to carry the request out",
            AskPurpose.Consultation => "Consultation before refusing, postponing or granting on conditions",
            AskPurpose.Prejudice => "Preservation would not secure the data, or would prejudice the investigation",
            _ => Names.Of(purpose),
        };

    public static string Of(ConditionKind kind) =>
        kind switch
        {
            ConditionKind.UseLimit => "Use only in the proceeding stated",
            ConditionKind.Confidentiality => "Confidentiality",
            ConditionKind.DataProtection => "Protection of personal data",
            ConditionKind.OnwardTransfer => "No passing on without authorisation",
            ConditionKind.Destruction => "Destruction or return",
            ConditionKind.Other => "Another term",
            _ => Names.Of(kind),
        };

    public static string Of(DataCategory category) =>
        category switch
        {
            DataCategory.Subscriber => "Subscriber information",
            DataCategory.Traffic => "Traffic data",
            DataCategory.Content => "Content data",
            _ => Names.Of(category),
        };

    public static string Of(ProceedingOutcome outcome) =>
        outcome switch
        {
            ProceedingOutcome.Continues => "The proceeding goes on",
            ProceedingOutcome.ChargesBrought => "Charges were brought",
            ProceedingOutcome.Discontinued => "It was discontinued",
            ProceedingOutcome.Judged => "A court has judged",
            ProceedingOutcome.NoneBrought => "No proceeding was brought",
            _ => Names.Of(outcome),
        };

    public static string Of(ProceedingNature nature) =>
        nature switch
        {
            ProceedingNature.Investigation => "Criminal investigation",
            ProceedingNature.Prosecution => "Prosecution",
            ProceedingNature.JudicialProceeding => "Proceeding before a court",
            _ => Names.Of(nature),
        };

    public static string Of(ExhibitVerdict verdict) =>
        verdict switch
        {
            ExhibitVerdict.Whole => "Whole: the sealed bytes match; not opened",
            ExhibitVerdict.Opened => "Opened, and what is inside matches too",
            ExhibitVerdict.Differs => "The bytes do not match what was announced",
            ExhibitVerdict.CannotOpen => "The bytes match, but our key does not open them",
            _ => Names.Of(verdict),
        };

    public static string Of(OnwardTransfer transfer) =>
        transfer switch
        {
            OnwardTransfer.Refused => "Never",
            OnwardTransfer.WithAuthorisation => "Only with our written authorisation, asked for each time",
            _ => Names.Of(transfer),
        };

    public static string Of(OffenceBasis basis) =>
        basis switch
        {
            OffenceBasis.ConventionOffence => "An offence established under the Convention",
            OffenceBasis.SeriousCrime => "A serious crime: at least four years at the most",
            OffenceBasis.OtherTreatyOffence => "An offence under another United Nations treaty",
            _ => Names.Of(basis),
        };

    public static string Of(UrgencyLevel level) =>
        level switch
        {
            UrgencyLevel.Urgent => "Urgent",
            UrgencyLevel.Emergency => "Emergency: a risk to someone's life or safety",
            _ => Names.Of(level),
        };

    public static string Of(UndertakingKind kind) =>
        kind switch
        {
            UndertakingKind.UseLimit => "Use only in the proceeding named",
            UndertakingKind.OnwardTransfer => "No passing on without consent",
            UndertakingKind.Destruction => "Destruction after use",
            UndertakingKind.Reciprocity => "The like in a like case",
            UndertakingKind.Costs => "Costs",
            UndertakingKind.DeathPenalty => "No death penalty",
            UndertakingKind.Other => "Another undertaking",
            _ => Names.Of(kind),
        };

    public static string Of(ElementKind element) =>
        element switch
        {
            ElementKind.Act => "What was done",
            ElementKind.Object => "To what",
            ElementKind.Intent => "With what intent",
            ElementKind.Harm => "With what result",
            ElementKind.Circumstance => "In what circumstances",
            _ => Names.Of(element),
        };

    public static string Of(ItemKind kind) =>
        kind switch
        {
            ItemKind.Account => "Account",
            ItemKind.IpAddress => "Internet address",
            ItemKind.Domain => "Domain name",
            ItemKind.Device => "Device",
            ItemKind.Server => "Server",
            ItemKind.Wallet => "Ledger address",
            ItemKind.Other => "Other",
            _ => Names.Of(kind),
        };

    public static string Of(PersonRole role) =>
        role switch
        {
            PersonRole.Suspect => "Suspect",
            PersonRole.Victim => "Victim",
            PersonRole.Witness => "Witness",
            PersonRole.Other => "Otherwise concerned",
            _ => Names.Of(role),
        };

    public static string Of(RequestRelation relation) =>
        relation switch
        {
            RequestRelation.FollowsPreservation => "Asks for what an earlier request had preserved",
            RequestRelation.Supplements => "Adds to an earlier request",
            RequestRelation.Repeats => "Asks again",
            _ => Names.Of(relation),
        };
}
