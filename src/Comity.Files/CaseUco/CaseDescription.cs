// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.CaseUco;

/// <summary>An investigation as other forensic software reads it: what was authorised, which files there are, what was done to them.</summary>
/// <remarks>
/// A description beside the acts, never instead of them: nothing in it is signed, and whatever it says can be made anew from the
/// acts and receipts. Things name one another by <c>Key</c>, which is unique over all lists. Immutable. Specification:
/// <c>docs/spec/case.md</c>.
/// </remarks>
/// <param name="Dossier">The dossier, from which every identifier is derived.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Focus">What is investigated, where that is said.</param>
/// <param name="Authorizations">What permits it.</param>
/// <param name="Organizations">Authorities that did something.</param>
/// <param name="Roles">Roles of persons who did something. A role, never a name.</param>
/// <param name="Tools">Tools that were used.</param>
/// <param name="Files">Files, plain and sealed.</param>
/// <param name="Actions">What was done, in order.</param>
/// <param name="Records">Under which exhibit number a file was in which state.</param>
public sealed record CaseDescription(
    string Dossier,
    string Title,
    string? Focus,
    IReadOnlyList<CaseAuthorization> Authorizations,
    IReadOnlyList<CaseName> Organizations,
    IReadOnlyList<CaseName> Roles,
    IReadOnlyList<CaseName> Tools,
    IReadOnlyList<CaseFile> Files,
    IReadOnlyList<CaseAction> Actions,
    IReadOnlyList<CaseRecord> Records
)
{
    internal IEnumerable<string> Keys =>
        Authorizations
            .Select(a => a.Key)
            .Concat(Organizations.Concat(Roles).Concat(Tools).Select(n => n.Key))
            .Concat(Files.Select(f => f.Key))
            .Concat(Actions.Select(a => a.Key))
            .Concat(Records.Select(r => r.Key));
}

/// <summary>What permits an investigation or a part of it (CASE Authorization).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Type">What kind, for example <c>request</c> or <c>grant</c>.</param>
/// <param name="Identifier">By which it is found: the id of an act, the number of a warrant.</param>
/// <param name="From">From when, UTC, whole second.</param>
/// <param name="Until">Until when.</param>
public sealed record CaseAuthorization(
    string Key,
    string Type,
    string Identifier,
    DateTimeOffset? From,
    DateTimeOffset? Until
);

/// <summary>Something that has a name and no more: an authority, a role, a tool.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
public sealed record CaseName(string Key, string Name);

/// <summary>A file (UCO File with FileFacet and ContentDataFacet).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="MediaType">What kind, where that is said.</param>
/// <param name="Size">Bytes, 0 or more.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="IsSealed">Whether it is encrypted.</param>
public sealed record CaseFile(string Key, string Name, string? MediaType, long Size, Digest Sha256, bool IsSealed);

/// <summary>Something that was done (CASE InvestigativeAction).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What was done.</param>
/// <param name="Description">By which it is found, or more about it.</param>
/// <param name="Start">When it began, UTC, whole second.</param>
/// <param name="End">When it ended.</param>
/// <param name="Performer">Key of the organization or role that did it.</param>
/// <param name="Instrument">Key of the tool.</param>
/// <param name="Objects">Keys of what it was done to.</param>
/// <param name="Results">Keys of what came of it.</param>
/// <param name="InformedBy">Keys of the actions before it whose results it used.</param>
public sealed record CaseAction(
    string Key,
    string Name,
    string? Description,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    string? Performer,
    string? Instrument,
    IReadOnlyList<string> Objects,
    IReadOnlyList<string> Results,
    IReadOnlyList<string> InformedBy
);

/// <summary>A step in an exhibit's custody (CASE ProvenanceRecord).</summary>
/// <param name="Key">Its key.</param>
/// <param name="ExhibitNumber">Number in this state, unique in the dossier.</param>
/// <param name="RootExhibitNumber">Number at the start.</param>
/// <param name="Description">In what state.</param>
/// <param name="Objects">Keys of the files it is about; 1 or more.</param>
public sealed record CaseRecord(
    string Key,
    string ExhibitNumber,
    string RootExhibitNumber,
    string? Description,
    IReadOnlyList<string> Objects
);
