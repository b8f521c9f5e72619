// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Parties;
using Comity.Register;

namespace Comity.Files.Bundles;

/// <summary>What a report is written from: nothing but what lies in the bundle, so that anyone can write it again.</summary>
/// <param name="About">What bundle it is.</param>
/// <param name="Acts">The acts, in their order.</param>
/// <param name="Entries">The directory entries.</param>
/// <param name="Here">The sealed exhibits that lie in the bundle, by digest.</param>
/// <param name="Checkpoints">How many checkpoints lie in it.</param>
/// <param name="Tokens">How many timestamp tokens.</param>
internal sealed record ReportSubject(
    BundleAbout About,
    IReadOnlyList<ReportAct> Acts,
    IReadOnlyList<SignedEntry> Entries,
    IReadOnlySet<Digest> Here,
    int Checkpoints,
    int Tokens
)
{
    /// <summary>The Party that is asked, whose register is the dossier's home.</summary>
    public PartyId? Home { get; } =
        Acts.Select(a => a.Signed.Act).FirstOrDefault(a => a.Body is Requests.Request)?.To.Party;

    /// <summary>The fold, where it has been made already.</summary>
    public Dossier? Folded { get; init; }

    /// <summary>Where the home register has an act.</summary>
    public Receipt? HomeReceipt(ReportAct act) => Home is null ? null : act.Receipts.GetValueOrDefault(Home);

    /// <summary>What the acts add up to, by the code both nodes run.</summary>
    public Dossier Fold() =>
        Folded
        ?? Dossier.Fold(
            About.Dossier,
            Acts.Where(a =>
                    HomeReceipt(a)?.Leaf.Recorded is LeafEntry.Issued or LeafEntry.Admitted
                    && a.Signed.Act is { Visibility: Visibility.Shared, Body: not Transcribed }
                )
                .Select(a => new Entered(
                    a.Signed.Id,
                    a.Signed.Act,
                    HomeReceipt(a)!.Index,
                    HomeReceipt(a)!.Leaf.Entered
                ))
        );

    /// <summary>What a Party calls itself in its newest entry; its code when none is here.</summary>
    public string NameOf(Office office)
    {
        var entry = Entries.Where(e => e.Entry.Party == office.Party).MaxBy(e => e.Entry.Version)?.Entry;
        return entry is null
            ? office.ToString()
            : $"{entry.Find(office.Authority)?.Name ?? office.Authority} ({entry.Name}, {office.Party})";
    }
}

/// <summary>An act and what registers say of it.</summary>
/// <param name="File">Its name in the bundle.</param>
/// <param name="Signed">The act.</param>
/// <param name="Receipts">The receipts at hand, by the Party whose register gave them.</param>
internal sealed record ReportAct(string File, SignedAct Signed, IReadOnlyDictionary<PartyId, Receipt> Receipts);
