// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Officers;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Desk.Dossiers;

/// <summary>Reads a dossier for the desk, all of it in one consistent read.</summary>
internal static class DossierReading
{
    /// <summary>Most lines of the audit trail on a page.</summary>
    private const int MostSeen = 30;

    /// <summary>Reads the dossier an address names, or nothing when it is not here.</summary>
    public static async Task<DossierView?> ReadAsync(Visit visit, string dossier)
    {
        if (!DossierId.TryParse(dossier, out var id))
        {
            return null;
        }

        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        return await visit.ReadAsync(session => ReadAsync(session, visit, id, directory));
    }

    private static async Task<DossierView?> ReadAsync(
        Session session,
        Visit visit,
        DossierId id,
        PartyDirectory directory
    )
    {
        var node = visit.Node;
        if (await DossierFile.ReadAsync(session, id, node.Keys.AtRest) is not { } file)
        {
            return null;
        }

        var officers = await OfficerTables.AllAsync(session);
        var exhibits = await ExhibitTables.OfAsync(session, id);
        var drafts = await DraftTables.OfAsync(session, id);
        return new DossierView(
            file.Row,
            file.Dossier,
            node.Settings.Party,
            visit.Now,
            directory,
            RequestsOf(file, visit),
            Clocks.Of(file.Dossier, visit.Now),
            TimelineOf(file, a => SignatureChecks.Of(a.Signed, directory, node.PeerKeys)),
            [
                .. file.Internal.Select(a =>
                {
                    var by = officers.FirstOrDefault(o => o.Certificate.Id == a.Signed.Signed.Signer.Id);
                    return new KeptEntry(a, by?.Id, SignatureChecks.Of(a.Signed, by, node.PeerKeys));
                }),
            ],
            ExhibitsOf(file, exhibits, visit),
            drafts,
            ReviewView.Of(file, drafts, await ReviewTables.OfAsync(session, id), officers, node.Settings),
            await Audit.OfAsync(session, id.ToString(), MostSeen),
            officers.ToDictionary(o => o.Id, o => o.Name),
            visit.Query("done")
        )
        {
            File = file,
        };
    }

    private static IReadOnlyList<RequestView> RequestsOf(DossierFile file, Visit visit)
    {
        var received = file.Dossier.Lines.Where(l =>
            l.Entered.Act.Body is Request && file.Dossier.Find(l.Entered.Id) is not null
        );
        return
        [
            .. received.Select(l =>
            {
                var state = file.Dossier.Find(l.Entered.Id)!;
                return new RequestView(
                    state.Id,
                    state.Request,
                    l.Entered.Act.From,
                    l.Entered.Act.To,
                    state,
                    file.Dossier.Open(state.Id, visit.Node.Settings.Party),
                    Clocks.IsPreserved(state, visit.Now),
                    file.Row.IsHome && !state.IsDecided
                        ? visit.Node.Assessing.Assess(file, state, null, visit.Now)
                        : null
                );
            }),
            .. file
                .Pending.Where(a => a.Signed.Act.Body is Request)
                .Select(a => new RequestView(
                    a.Signed.Id,
                    (Request)a.Signed.Act.Body,
                    a.Signed.Act.From,
                    a.Signed.Act.To,
                    null,
                    [],
                    IsPreserved: false,
                    Assessment: null
                )),
        ];
    }

    private static IReadOnlyList<TimelineEntry> TimelineOf(DossierFile file, Func<StoredAct, SignatureCheck> check)
    {
        var acts = file.Acts.ToDictionary(a => a.Signed.Id);
        return
        [
            .. file.Dossier.Lines.Select(l => new TimelineEntry(acts[l.Entered.Id], l, check(acts[l.Entered.Id]))),
            .. file.Pending.Select(a => new TimelineEntry(a, null, check(a))),
        ];
    }

    private static IReadOnlyList<ExhibitView> ExhibitsOf(DossierFile file, IReadOnlyList<ExhibitRow> rows, Visit visit)
    {
        var supplied = file
            .Acts.Select(a => a.Signed.Act.Body)
            .OfType<Supply>()
            .SelectMany(s => s.Exhibits)
            .GroupBy(x => x.Manifest.SealedSha256.ToString())
            .ToDictionary(g => g.Key, g => g.First());
        var verdicts = file
            .Dossier.Requests.SelectMany(r => r.Exhibits)
            .GroupBy(x => x.Exhibit.Manifest.SealedSha256.ToString())
            .ToDictionary(g => g.Key, g => g.Last().Verdict);
        using var cipher = rows.Any(r => r.Manifest is not null)
            ? DossierKeys.CipherOf(file.Row, visit.Node.Keys.AtRest)
            : null;
        return
        [
            .. rows.Where(r => r.State != ExhibitTables.Leaving)
                .Select(row =>
                {
                    var exhibit = supplied.GetValueOrDefault(row.Sealed);
                    var document = cipher is null ? null : ExhibitTables.ManifestOf(row, cipher);
                    return new ExhibitView(
                        row,
                        row is { State: ExhibitTables.Held, Act.Length: > 0 } ? "supplied" : row.State,
                        ArrivedOf(row, visit),
                        exhibit?.Manifest ?? document?.Manifest,
                        exhibit?.SealedTo ?? document?.SealedTo ?? [],
                        exhibit?.Handling,
                        verdicts.GetValueOrDefault(row.Sealed)
                    );
                }),
        ];
    }

    private static long ArrivedOf(ExhibitRow row, Visit visit)
    {
        if (row.State != ExhibitTables.Expected)
        {
            return row.Size;
        }

        var file = new FileInfo(Path.Combine(visit.Node.Settings.ArrivingFolder, row.Sealed));
        return file.Exists ? Math.Min(file.Length, row.Size) : 0;
    }
}
