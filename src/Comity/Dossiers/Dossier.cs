// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Dossiers;

/// <summary>A case between two Parties: the fold of the acts its home register has taken in.</summary>
/// <remarks>
/// The same acts with the same receipts give the same dossier on every node, in any order of arrival and however often each
/// arrives; no act is lost, and one that is not open stays, marked with the rule that closed it. A dossier holds one or more
/// requests in the same direction: a preservation and the request that follows it are one case (decision 0004).
/// Immutable; each fold gives a new one.
/// </remarks>
public sealed class Dossier
{
    private readonly Dictionary<ActId, RequestState> requests = [];
    private readonly List<DossierLine> lines = [];
    private readonly HashSet<(PartyId, int)> numbers = [];

    private Dossier(DossierId id) => Id = id;

    /// <summary>The dossier's id.</summary>
    public DossierId Id { get; }

    /// <summary>The Party that asks, once a request has been taken in.</summary>
    public PartyId? Requesting { get; private set; }

    /// <summary>The Party that is asked. Its register is the dossier's home.</summary>
    public PartyId? Requested { get; private set; }

    /// <summary>The requests, in the order in which they were taken in.</summary>
    public IReadOnlyList<RequestState> Requests =>
        [.. lines.Select(l => requests.GetValueOrDefault(l.Entered.Id)).OfType<RequestState>()];

    /// <summary>Every act, in the order of the home register, with what became of it.</summary>
    public IReadOnlyList<DossierLine> Lines => lines;

    /// <summary>Folds acts into a dossier.</summary>
    /// <param name="id">The dossier.</param>
    /// <param name="acts">Its shared acts with their places in the home register, in any order, repeated or not.</param>
    public static Dossier Fold(DossierId id, IEnumerable<Entered> acts)
    {
        var dossier = new Dossier(id);
        var last = -1L;
        foreach (var entered in acts.Where(a => a.Act.Dossier == id).OrderBy(a => a.Index))
        {
            if (entered.Index != last)
            {
                last = entered.Index;
                dossier.Take(entered);
            }
        }

        return dossier;
    }

    /// <summary>The request of that act, or nothing.</summary>
    /// <param name="request">The request's act.</param>
    public RequestState? Find(ActId request) => requests.GetValueOrDefault(request);

    /// <summary>What a Party may do about a request now: the openings, each with its paragraph.</summary>
    /// <param name="request">The request's act.</param>
    /// <param name="party">The Party.</param>
    public IReadOnlyList<Opening> Open(ActId request, PartyId party) =>
        requests.TryGetValue(request, out var state)
            ? [.. OpeningsOf(state.Request.Measure).Where(o => o.From.Contains(state.Stage) && o.By == SideOf(party))]
            : [];

    /// <summary>Whether one's own draft would be open, and keep to the law, were it taken in at that instant.</summary>
    /// <param name="content">The draft.</param>
    /// <param name="at">The instant.</param>
    /// <returns>Nothing when it would, or the rule that closes it or that it does not keep to.</returns>
    public Refusal? WhyNot(ActContent content, DateTimeOffset at)
    {
        var draft = content.Seal(1, at, [], []);
        var effect = Judge(
            new Entered(new ActId(content.Digest()), draft, long.MaxValue, at),
            draft.Body,
            draft.From
        ).Effect;
        return effect switch
        {
            Effect.None none => none.Why,
            Effect.Took { Remarks: [var remark, ..] } => remark,
            _ => null,
        };
    }

    /// <summary>The openings of a measure.</summary>
    /// <param name="measure">The measure.</param>
    public static IReadOnlyList<Opening> OpeningsOf(Measure measure) =>
        measure switch
        {
            Measure.Preservation => PreservationOpenings.All,
            Measure.StoredData => StoredDataOpenings.All,
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };

    private void Take(Entered entered)
    {
        var (author, body, isTranscribed) = Unwrap(entered.Act);
        if (!isTranscribed && !numbers.Add((entered.Act.From.Party, entered.Act.Number)))
        {
            lines.Add(new DossierLine(entered, Closed("dossier.number-taken", "2.3"), isTranscribed));
            return;
        }

        var (effect, next) = Judge(entered, body, author);
        lines.Add(new DossierLine(entered, effect, isTranscribed));
        if (next is null)
        {
            return;
        }

        if (body is Request)
        {
            Requesting ??= author.Party;
            Requested ??= isTranscribed ? entered.Act.From.Party : entered.Act.To.Party;
            Hold(next);
        }

        requests[next.Id] = next;
    }

    private (Effect Effect, RequestState? Next) Judge(Entered entered, ActBody body, Office author)
    {
        if (body is NotUnderstood)
        {
            return (Closed("dossier.kind-not-understood", "2.4"), null);
        }

        if (body is Request request)
        {
            return Requesting is not null && author.Party != Requesting
                ? (Closed("dossier.other-direction", "2.2"), null)
                : (
                    new Effect.Took(SourceOf(request.Measure), []),
                    new RequestState(entered.Id, request, entered.At, Stage.Received)
                );
        }

        if (entered.Act.Concerns is not { } concerns || !requests.TryGetValue(concerns, out var state))
        {
            return (Closed("dossier.request-unknown", "2.2"), null);
        }

        var side = SideOf(author.Party);
        var opening = OpeningsOf(state.Request.Measure).FirstOrDefault(o => o.Admits(state.Stage, body, side));
        return opening?.Lead(state, body, entered) switch
        {
            null => (Closed("dossier.not-open", "3"), null),
            Step.Nowhere nowhere => (new Effect.None(nowhere.Why), null),
            Step.To to => (new Effect.Took(opening.Source, to.Remarks), to.Next),
            _ => throw new InvalidOperationException("a step leads to a state or nowhere"),
        };
    }

    // Art. 42(8): once the request that follows has been received, the data stay preserved until it is decided. Received
    // means taken in before the preservation had lapsed; afterwards there is nothing left to keep alive.
    private void Hold(RequestState follower)
    {
        foreach (var earlier in follower.Request.Earlier.Where(e => e.Relation == RequestRelation.FollowsPreservation))
        {
            if (
                earlier.Act is { } act
                && requests.TryGetValue(act, out var preserved)
                && preserved is { Stage: Stage.Preserved, KeptFor: null }
                && follower.Received <= preserved.Preserved!.Until
            )
            {
                requests[act] = preserved with { KeptFor = follower.Id };
            }
        }
    }

    private Side SideOf(PartyId party) =>
        party == Requesting ? Side.Requesting
        : party == Requested ? Side.Requested
        : Side.Internal;

    private static (Office Author, ActBody Body, bool IsTranscribed) Unwrap(Act act) =>
        act.Body is Transcribed t
            ? (
                t.Author,
                ActEncoding.ReadBody(t.Kind, t.Version, t.Body) is Outcome<ActBody>.Admitted read
                    ? read.Value
                    : new NotUnderstood(t.Body.GetRawText()),
                true
            )
            : (act.From, act.Body, false);

    private static Citation SourceOf(Measure measure) =>
        Convention.Article(measure == Measure.Preservation ? "42(1)" : "44(1)");

    private static Effect.None Closed(string code, string section) =>
        new(new Refusal(code, Steps.Specification(section)));
}
