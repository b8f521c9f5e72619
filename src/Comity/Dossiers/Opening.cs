// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;

namespace Comity.Dossiers;

/// <summary>One thing that is open: who may do what, at which stages, by which paragraph, and where it leads.</summary>
/// <remarks>What no opening names is closed. So an act added to the product later stays closed until a rule opens it.</remarks>
public sealed class Opening
{
    private readonly Func<RequestState, ActBody, Entered, Step> leads;

    private Opening(
        Type kind,
        Side by,
        IReadOnlyList<Stage> from,
        Citation source,
        Func<ActBody, bool> suits,
        Func<RequestState, ActBody, Entered, Step> leads
    ) => (Kind, By, From, Source, Suits, this.leads) = (kind, by, from, source, suits, leads);

    /// <summary>The body of the act that is open.</summary>
    public Type Kind { get; }

    /// <summary>Which side may do it.</summary>
    public Side By { get; }

    /// <summary>At which stages.</summary>
    public IReadOnlyList<Stage> From { get; }

    /// <summary>The paragraph, or the specification where the treaty is silent, that opens it.</summary>
    public Citation Source { get; }

    /// <summary>Whether a body of this kind is the one meant, where one kind has two uses.</summary>
    internal Func<ActBody, bool> Suits { get; }

    /// <summary>Whether an act meets this opening.</summary>
    /// <param name="stage">The request's stage.</param>
    /// <param name="body">What the act says.</param>
    /// <param name="by">The side that says it.</param>
    public bool Admits(Stage stage, ActBody body, Side by) =>
        by == By && body.GetType() == Kind && From.Contains(stage) && Suits(body);

    internal Step Lead(RequestState state, ActBody body, Entered entered) => leads(state, body, entered);

    /// <summary>Opens a kind of act by a paragraph of the Convention.</summary>
    internal static Opening Of<T>(
        Side by,
        IReadOnlyList<Stage> from,
        string provision,
        Func<RequestState, T, Entered, Step> leads,
        Func<T, bool>? when = null
    )
        where T : ActBody => Of(by, from, Convention.Article(provision), leads, when);

    /// <summary>Opens a kind of act by a rule that the treaty leaves to us.</summary>
    internal static Opening Of<T>(
        Side by,
        IReadOnlyList<Stage> from,
        Citation source,
        Func<RequestState, T, Entered, Step> leads,
        Func<T, bool>? when = null
    )
        where T : ActBody =>
        new(typeof(T), by, from, source, b => when is null || when((T)b), (s, b, e) => leads(s, (T)b, e));
}

/// <summary>Where an act leads: a next state, perhaps with remarks, or nowhere.</summary>
internal abstract record Step
{
    private Step() { }

    public sealed record To(RequestState Next, IReadOnlyList<Refusal> Remarks) : Step;

    public sealed record Nowhere(Refusal Why) : Step;

    public static Step Goes(RequestState state, params IReadOnlyList<Refusal> remarks) => new To(state, remarks);

    public static Step Closed(string code, Citation source) => new Nowhere(new Refusal(code, source));
}
