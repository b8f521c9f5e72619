// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;

namespace Comity.Requests;

/// <summary>What a request must say, measure by measure, and what one request leaves unsaid.</summary>
/// <remarks>
/// On one's own draft a gap stops the draft. On an incoming request it is a finding and a question (art. 40(16)): the
/// requested State may ask, and nothing is returned unregistered.
/// </remarks>
public static class RequestContent
{
    private static readonly IReadOnlyList<Requirement> Preservation =
    [
        new(
            "42(3)(a)",
            "authority",
            "the authority that asks",
            "Without it nobody knows whom to answer, or whether the request is genuine.",
            r => Says(r.Authority.Name)
        ),
        new(
            "42(3)(b)",
            "offences",
            "the offence under investigation",
            "It decides whether the Convention opens this measure at all.",
            r => r.Offences.Count > 0
        ),
        new(
            "42(3)(b)",
            "facts",
            "a brief summary of the facts",
            "Without facts nobody can tell whether the data have anything to do with an offence.",
            r => r.Facts.Count > 0
        ),
        new(
            "42(3)(c)",
            "items",
            "the stored data to preserve: which account, address or device",
            "A provider can only keep what it can find.",
            r => r.Items.Count > 0
        ),
        new(
            "42(3)(c)",
            "data",
            "which data of it, and how they relate to the offence",
            "It says how much is kept, and why that much.",
            HasNexus
        ),
        new(
            "42(3)(d)",
            "custodian",
            "what is known of the custodian or of where the system is",
            "The order goes to whoever holds the data; a wrong name costs days, and logs live for days.",
            HasCustodian
        ),
        new(
            "42(3)(e)",
            "necessity",
            "why preservation is necessary",
            "It is what an order at home is measured by.",
            r => Says(r.Necessity)
        ),
        new(
            "42(3)(f)",
            "intention",
            "the intention to send a request for the data",
            "Preservation is for a request that follows; without one the data are let go.",
            r => r.Intention is not null
        ),
    ];

    private static readonly IReadOnlyList<Requirement> Assistance =
    [
        new(
            "40(15)(a)",
            "authority",
            "the identity of the authority that asks",
            "Without it nobody knows whom to answer, or whether the request is genuine.",
            r => Says(r.Authority.Name)
        ),
        new(
            "40(15)(b)",
            "proceeding",
            "what the proceeding is about and its nature",
            "Evidence is given for one proceeding and may be used in no other without consent.",
            r => r.Proceeding is not null
        ),
        new(
            "40(15)(b)",
            "proceeding.conductedBy",
            "the name and functions of the authority in charge of it",
            "It shows that someone answers for the case, and who may be asked.",
            r => Says(r.Proceeding?.ConductedBy?.Name) && Says(r.Proceeding?.ConductedBy?.Functions)
        ),
        new(
            "40(15)(c)",
            "facts",
            "a summary of the relevant facts",
            "Every other point is judged by the facts.",
            r => r.Facts.Count > 0
        ),
        new(
            "40(15)(d)",
            "assistance",
            "a description of the assistance wanted",
            "What is not asked for is not given; what is asked for in the wrong form may not be admissible.",
            r => r.Assistance is not null
        ),
        new(
            "40(15)(e)",
            "items",
            "the items or accounts concerned",
            "A search needs an object.",
            r => r.Items.Count > 0
        ),
        new(
            "40(15)(f)",
            "items",
            "the period for which evidence is sought",
            "A period keeps the request to what the case needs; without one it is usually sent back.",
            r => r.Items.Count > 0 && r.Items.All(HasPeriod)
        ),
        new(
            "40(15)(g)",
            "purpose",
            "the purpose for which the evidence is sought",
            "It is the limit of what the evidence may be used for.",
            r => Says(r.Purpose)
        ),
    ];

    /// <summary>What the Convention asks a request for this measure to say.</summary>
    /// <param name="measure">The measure.</param>
    /// <returns>Preservation: art. 42(3). Stored data: art. 40(15). In the order of the text.</returns>
    public static IReadOnlyList<Requirement> Required(Measure measure) =>
        measure switch
        {
            Measure.Preservation => Preservation,
            Measure.StoredData => Assistance,
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };

    /// <summary>What this request leaves unsaid.</summary>
    /// <param name="request">The request, with every supplement received so far.</param>
    /// <returns>The requirements not met, in the order of the text; empty when complete.</returns>
    public static IReadOnlyList<Requirement> Missing(Request request) =>
        [.. Required(request.Measure).Where(r => !r.IsMet(request))];

    private static bool Says(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool HasPeriod(Item item) => item.From is not null && item.Until is not null;

    private static bool HasNexus(Request request) => request.Data.Count > 0 && request.Data.All(d => d.Facts.Count > 0);

    private static bool HasCustodian(Request request) =>
        request.Custodian is not null || request.Items.Any(i => Says(i.Provider) || Says(i.Location));
}

/// <summary>One thing a request must say.</summary>
/// <param name="Provision">The paragraph that asks for it, in <see cref="Convention"/>.</param>
/// <param name="Where">The member of the request where it is said.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="Why">Why it matters, in a sentence for whoever drafts.</param>
/// <param name="IsMet">Whether a request says it.</param>
public sealed record Requirement(string Provision, string Where, string What, string Why, Func<Request, bool> IsMet)
{
    /// <summary>The paragraph, cited.</summary>
    public Citation Source => Convention.Article(Provision);
}
