// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Officers;
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards;

namespace Comity.Node.Desk.Dossiers;

/// <summary>A dossier as the desk shows it, to people and to programs alike.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Dossier">The fold of what the home register has taken in.</param>
/// <param name="Own">The Party whose node this is.</param>
/// <param name="Now">The instant for which dates are judged.</param>
/// <param name="Directory">The Parties' names and keys.</param>
/// <param name="Requests">Its requests, those not yet received included.</param>
/// <param name="Clocks">Its dates, the nearest first.</param>
/// <param name="Timeline">What the two Parties did, in the order of the home register; what is pending last.</param>
/// <param name="Kept">What this Party keeps to itself.</param>
/// <param name="Exhibits">Its evidence.</param>
/// <param name="Drafts">What officers wrote, whatever became of it.</param>
/// <param name="Reviews">The second looks at what one officer sent alone, by the act that was sent.</param>
/// <param name="Seen">Who looked, the latest first.</param>
/// <param name="OfficerNames">Names of this node's officers by their short names.</param>
/// <param name="Done">What was just done, a word of <see cref="DoneWords"/>.</param>
public sealed record DossierView(
    DossierRow Row,
    Dossier Dossier,
    PartyId Own,
    DateTimeOffset Now,
    PartyDirectory Directory,
    IReadOnlyList<RequestView> Requests,
    IReadOnlyList<Clock> Clocks,
    IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<KeptEntry> Kept,
    IReadOnlyList<ExhibitView> Exhibits,
    IReadOnlyList<DraftRow> Drafts,
    IReadOnlyDictionary<ActId, ReviewView> Reviews,
    IReadOnlyList<AuditRow> Seen,
    IReadOnlyDictionary<string, string> OfficerNames,
    string Done
)
{
    /// <summary>Everything this node holds of it.</summary>
    internal DossierFile File { get; init; } = null!;

    public string Id => Row.Id;

    public bool IsHome => Row.IsHome;

    public PartyId Peer => PartyId.Of(Row.Peer);

    /// <summary>The Party whose register is the dossier's home.</summary>
    public PartyId Home => Row.IsHome ? Own : Peer;

    /// <summary>Its name in lists and headings: the newest request's reference.</summary>
    public string Title => Requests.Count > 0 ? Requests[^1].Request.Reference : "Not sent yet";

    /// <summary>A Party's name, with its code.</summary>
    public string NameOf(PartyId party) =>
        Directory.Find(party) is { } entry ? $"{entry.Entry.Name} ({party})" : party.ToString();

    /// <summary>An officer's name by their short name.</summary>
    public string NameOf(string officer) => OfficerNames.GetValueOrDefault(officer, officer);

    /// <summary>The request of that act, received or pending.</summary>
    public RequestView? Find(ActId request) => Requests.FirstOrDefault(r => r.Id == request);
}

/// <summary>A request, received or not yet.</summary>
/// <param name="Id">Its act.</param>
/// <param name="Request">What was asked, as first sent.</param>
/// <param name="From">Who asks.</param>
/// <param name="To">Who is asked.</param>
/// <param name="State">Where it stands; nothing while the other side has not received it.</param>
/// <param name="Open">What this Party may do now.</param>
/// <param name="IsPreserved">Whether data are preserved now.</param>
/// <param name="Assessment">What the safeguards say, while this Party is asked and has not decided.</param>
public sealed record RequestView(
    ActId Id,
    Request Request,
    Office From,
    Office To,
    RequestState? State,
    IReadOnlyList<Opening> Open,
    bool IsPreserved,
    Assessment? Assessment
);

/// <summary>One act that both Parties see, or will.</summary>
/// <param name="Act">The act with its places in both registers.</param>
/// <param name="Line">What became of it; nothing while it is pending.</param>
/// <param name="Signature">What is known of its signature.</param>
public sealed record TimelineEntry(StoredAct Act, DossierLine? Line, SignatureCheck Signature);

/// <summary>One act this Party keeps.</summary>
/// <param name="Act">The act.</param>
/// <param name="By">Short name of the officer who signed it; nothing when they are not known any more.</param>
/// <param name="Signature">What is known of its signature.</param>
public sealed record KeptEntry(StoredAct Act, string? By, SignatureCheck Signature);

/// <summary>One exhibit.</summary>
/// <param name="Row">Its row.</param>
/// <param name="State">held, supplied, expected, whole, differs or damaged.</param>
/// <param name="Arrived">Bytes here so far.</param>
/// <param name="Manifest">What it is, as far as is said here.</param>
/// <param name="SealedTo">Whom it is sealed to.</param>
/// <param name="Handling">How it may be used, once an act supplies it.</param>
/// <param name="Verdict">In what state the receiving Party found it, once it has said so.</param>
public sealed record ExhibitView(
    ExhibitRow Row,
    string State,
    long Arrived,
    ExhibitManifest? Manifest,
    IReadOnlyList<string> SealedTo,
    HandlingToken? Handling,
    ExhibitVerdict? Verdict
);
