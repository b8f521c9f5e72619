// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Dossiers;

/// <summary>A dossier told act by act: XA asks, XB answers, and XB's register takes each in when it is told.</summary>
internal sealed class Story
{
    private readonly List<Entered> acts = [];
    private readonly Dictionary<PartyId, int> numbers = [];

    public IReadOnlyList<Entered> Acts => acts;

    /// <summary>The first request.</summary>
    public ActId Request => acts[0].Id;

    /// <summary>The act told last.</summary>
    public Entered Last => acts[^1];

    public Dossier Dossier => Comity.Dossiers.Dossier.Fold(Some.Dossier, acts);

    /// <summary>Where the first request stands.</summary>
    public RequestState State => Dossier.Find(Request)!;

    /// <summary>What became of the act told last.</summary>
    public Effect Effect => Dossier.Lines.Single(l => l.Entered.Id == Last.Id).Effect;

    /// <summary>XA asks for a measure on day 0.</summary>
    public static Story Of(Measure measure) => new Story().XaAsks(Some.Request(measure), Some.Day(0));

    public Story XaAsks(Request request, DateTimeOffset at) => Tell(Some.XaCentral, Some.XbCentral, request, at, null);

    public Story XaSays(ActBody body, DateTimeOffset at, ActId? about = null) =>
        Tell(Some.XaCentral, Some.XbCentral, body, at, about ?? Request);

    public Story XbSays(ActBody body, DateTimeOffset at, ActId? about = null) =>
        Tell(Some.XbCentral, Some.XaCentral, body, at, about ?? Request);

    /// <summary>XB speaks before anything was asked.</summary>
    public Story XbSaysFirst(ActBody body) =>
        Tell(Some.XbCentral, Some.XaCentral, body, Some.Day(0), Some.Id("no request"));

    public Story Says(Side side, ActBody body, DateTimeOffset at, ActId? about = null) =>
        side == Side.Requesting ? XaSays(body, at, about) : XbSays(body, at, about);

    /// <summary>An act of any two offices, numbered on.</summary>
    public Story Tell(Office from, Office to, ActBody body, DateTimeOffset at, ActId? about)
    {
        var number = numbers.GetValueOrDefault(from.Party) + 1;
        return Take(Some.Act(body, from, to, number, about), at);
    }

    /// <summary>The register takes in exactly this act.</summary>
    public Story Take(Act act, DateTimeOffset at)
    {
        numbers[act.From.Party] = act.Number;
        acts.Add(new Entered(Some.Id($"act {acts.Count}"), act, acts.Count, at));
        return this;
    }
}
