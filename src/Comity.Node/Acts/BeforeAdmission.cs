// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Register;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Acts;

/// <summary>What is asked of the dossier before an act is judged by itself.</summary>
internal static class BeforeAdmission
{
    /// <summary>Why an act cannot enter this dossier, whatever it says; nothing when it can.</summary>
    public static async Task<Refusal?> WhyNotAsync(RegisterBatch batch, PartyId peer, Act act, DossierRow? dossier) =>
        dossier is null ? null
        : dossier.Peer != peer.ToString() ? Admitting.Refuse("act.other-dossier", "dossier")
        : await ActTables.IsNumberTakenAsync(batch.Session, act) ? Admitting.Refuse("act.number-taken", "number")
        : await ActTables.SizeAsync(batch.Session, act.Dossier, peer)
            is { Acts: >= Admitting.MostActs }
                or { Bytes: >= Admitting.MostBytes }
            ? Admitting.Refuse("act.dossier-full", "dossier")
        : null;

    /// <summary>The first act it names that is not here; nothing when all are.</summary>
    /// <remarks>
    /// Only what is shared and of the same dossier can be followed: of the rest nobody outside learns whether it is here.
    /// </remarks>
    public static async Task<ActId?> WaitsForAsync(RegisterBatch batch, Act act)
    {
        IReadOnlyList<ActId> needed = act.Concerns is { } concerns ? [concerns, .. act.Follows] : act.Follows;
        return await ActTables.FirstMissingAsync(batch.Session, act.Dossier, needed);
    }

    /// <summary>The measure it is about, its own or that of the request it concerns; nothing when that is not known.</summary>
    public static async Task<Measure?> MeasureAsync(RegisterBatch batch, Act act) =>
        act.Body is Request request ? request.Measure
        : act.Concerns is { } concerns ? await ActTables.MeasureAsync(batch.Session, act.Dossier, concerns)
        : null;
}
