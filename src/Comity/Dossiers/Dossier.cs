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
    /// <param name="acts">
    /// Acts with their places in the home register, in any order, repeated or not. Other dossiers' acts and acts that are
    /// not shared are no part of it. An act that stands at two places counts at the first.
    /// </param>
    public static Dossier Fold(DossierId id, IEnumerable<Entered> acts)
    {
        var dossier = new Dossier(id);
        var taken = new HashSet<ActId>();
        foreach (
            var entered in acts.Where(a => a.Act.Dossier == id && a.Act.Visibility == Visibility.Shared)
                .OrderBy(a => a.Index)
                .ThenBy(a => a.Id.ToString(), StringComparer.Ordinal)
        )
        {
            if (taken.Add(entered.Id))
            {
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
        var draft = new Entered(new ActId(content.Digest()), content.Seal(1, at, [], []), long.MaxValue, at);
        return Judge(draft, Spoken.In(draft.Act)).Effect switch
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
        var spoken = Spoken.In(entered.Act);
        var (effect, next) = numbers.Add((entered.Act.From.Party, entered.Act.Number))
            ? Judge(entered, spoken)
            : (Closed("dossier.number-taken", "2.3"), null);
        lines.Add(new DossierLine(entered, effect, spoken.IsTranscribed));
        if (next is null)
        {
            return;
        }

        if (spoken.Body is Request)
        {
            (Requesting, Requested) = (spoken.Author.Party, spoken.Addressee);
            Hold(next);
        }

        requests[next.Id] = next;
        if (next.IsDecided)
        {
            Release(next.Id);
        }
    }

    private (Effect Effect, RequestState? Next) Judge(Entered entered, Spoken spoken)
    {
        if (spoken.Body is NotUnderstood)
        {
            return (Closed("dossier.kind-not-understood", "2.4"), null);
        }

        if (!spoken.IsCounterparts)
        {
            return (Closed("dossier.not-the-counterpart", "2.5"), null);
        }

        var (author, addressee) = (spoken.Author.Party, spoken.Addressee);
        if (Requesting is not null && !IsBetween(author, addressee))
        {
            return (Closed("dossier.other-parties", "2.2"), null);
        }

        if (spoken.Body is Request request)
        {
            return Requesting is not null && author != Requesting
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

        var side = SideOf(author);
        var opening = OpeningsOf(state.Request.Measure).FirstOrDefault(o => o.Admits(state.Stage, spoken.Body, side));
        return opening?.Lead(state, spoken.Body, entered) switch
        {
            null => (Closed("dossier.not-open", "3"), null),
            Step.Nowhere nowhere => (new Effect.None(nowhere.Why), null),
            Step.To to => (new Effect.Took(opening.Source, to.Remarks), to.Next),
            _ => throw new InvalidOperationException("a step leads to a state or nowhere"),
        };
    }

    // Art. 42(8): once the request that follows has been received, the data stay preserved until it is decided. Received
    // means taken in before the preservation had lapsed; afterwards there is nothing left to keep alive. One that overtakes
    // the grant of the preservation counts too: the data are still being secured when it arrives.
    private void Hold(RequestState follower)
    {
        foreach (var earlier in follower.Request.Earlier.Where(e => e.Relation == RequestRelation.FollowsPreservation))
        {
            if (
                earlier.Act is { } act
                && requests.TryGetValue(act, out var preservation)
                && preservation is { Request.Measure: Measure.Preservation, IsEnded: false }
                && !preservation.FollowedBy.Contains(follower.Id)
                && !Clocks.HasLapsed(preservation, follower.Received)
            )
            {
                requests[act] = preservation with
                {
                    FollowedBy = [.. preservation.FollowedBy, follower.Id],
                    KeptFor = [.. preservation.KeptFor, follower.Id],
                };
            }
        }
    }

    private void Release(ActId decided)
    {
        foreach (var held in requests.Values.Where(r => r.KeptFor.Contains(decided)).ToList())
        {
            requests[held.Id] = held with { KeptFor = [.. held.KeptFor.Where(k => k != decided)] };
        }
    }

    private bool IsBetween(PartyId author, PartyId addressee) =>
        (author == Requesting && addressee == Requested) || (author == Requested && addressee == Requesting);

    private Side SideOf(PartyId party) =>
        party == Requesting ? Side.Requesting
        : party == Requested ? Side.Requested
        : Side.Internal;

    private static Citation SourceOf(Measure measure) =>
        Convention.Article(measure == Measure.Preservation ? "42(1)" : "44(1)");

    private static Effect.None Closed(string code, string section) =>
        new(new Refusal(code, Steps.Specification(section)));
}
