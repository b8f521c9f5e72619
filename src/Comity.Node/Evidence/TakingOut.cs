// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Register;
using Comity.Node.Storage;

namespace Comity.Node.Evidence;

/// <summary>Takes an exhibit that was put in here out again, as long as no act has supplied it.</summary>
/// <remarks>
/// In the register's batches, so that an exhibit is supplied or taken out and never both. First it is marked as leaving, then
/// file and row go: what a crash leaves is an exhibit that can no longer be supplied, and the rest is done when the node next
/// starts or the same form is sent again.
/// </remarks>
internal static class TakingOut
{
    private const string TakenOut = "exhibit.taken-out";

    private static readonly Citation Specification = new("docs/spec/seal.md", "Manifest");

    /// <summary>Takes an exhibit out. Taken out again, it is as it was.</summary>
    /// <param name="node">The node.</param>
    /// <param name="dossier">The dossier it was put into.</param>
    /// <param name="sealedFile">The digest of its sealed bytes.</param>
    /// <param name="officer">Who takes it out.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>
    /// The digest, or a refusal: <c>exhibit.not-held</c>, also when an act has supplied it; <c>exhibit.in-a-draft</c> when a
    /// draft that waits would supply it; or <c>exhibit.cannot-delete</c> when it can no longer be supplied and the disk failed.
    /// </returns>
    public static async Task<Outcome<Digest>> TakeOutAsync(
        NodeParts node,
        DossierRow dossier,
        Digest sealedFile,
        Officer officer,
        CancellationToken stop
    )
    {
        var outcome = await node.Register.WriteAsync(
            async batch =>
            {
                if (
                    await ExhibitTables.FindAsync(batch.Session, sealedFile) is not { } row
                    || row.Dossier != dossier.Id
                )
                {
                    return await WasTakenOutAsync(batch.Session, sealedFile)
                        ? new Outcome<Digest>.Admitted(sealedFile)
                        : Refuse("exhibit.not-held");
                }

                if (row.State == ExhibitTables.Leaving)
                {
                    return new Outcome<Digest>.Admitted(sealedFile);
                }

                if (row is not { State: ExhibitTables.Held, Act: "" })
                {
                    return Refuse("exhibit.not-held");
                }

                if (await IsInADraftAsync(batch, node, dossier, sealedFile))
                {
                    return Refuse("exhibit.in-a-draft");
                }

                await ExhibitTables.LeaveAsync(batch.Session, sealedFile);
                using (var cipher = DossierKeys.CipherOf(dossier, node.Keys.AtRest))
                {
                    var deed = Deed.By(
                        CustodyEvent.Returned,
                        node.Settings.Party,
                        officer,
                        "taken out before it was supplied"
                    );
                    await CustodyTables.AddAsync(batch.Session, dossier.Id, cipher, sealedFile, deed, batch.Entered);
                }

                foreach (var subject in new[] { dossier.Id, sealedFile.ToString() })
                {
                    await Audit.NoteAsync(batch.Session, officer.Id, TakenOut, subject, batch.Entered);
                }

                return new Outcome<Digest>.Admitted(sealedFile);
            },
            stop
        );
        return outcome is Outcome<Digest>.Admitted && !await FinishAsync(node, stop)
            ? Refuse("exhibit.cannot-delete")
            : outcome;
    }

    /// <summary>Deletes what was marked as leaving. Whether all of it is gone; the rest is tried again.</summary>
    public static async Task<bool> FinishAsync(NodeParts node, CancellationToken stop)
    {
        var isDone = true;
        foreach (var row in await node.Database.ReadAsync(ExhibitTables.LeavingAsync, stop))
        {
            var digest = Digest.TryParse(row.Sealed, out var parsed)
                ? parsed
                : throw new InvalidDataException("an exhibit's name in the database is not one");
            try
            {
                // The file while the row is held: nobody puts the same file in again before both are gone, and of two that
                // finish at once the second finds no row. A crash in between leaves the row, and this is done again.
                await node.Database.WriteAsync(
                    async session =>
                    {
                        if (await ExhibitTables.ForgetAsync(session, digest) == 1)
                        {
                            await node.Evidence.DeleteAsync(digest, stop);
                        }

                        return 0;
                    },
                    stop
                );
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                TakingOutLog.CannotDelete(node.Logging.CreateLogger(nameof(TakingOut)), failed);
                isDone = false;
            }
        }

        return isDone;
    }

    private static async Task<bool> WasTakenOutAsync(Session session, Digest sealedFile) =>
        (await Audit.OfAsync(session, sealedFile.ToString(), 1)).Any(line => line.What == TakenOut);

    private static async Task<bool> IsInADraftAsync(
        RegisterBatch batch,
        NodeParts node,
        DossierRow dossier,
        Digest sealedFile
    )
    {
        var id = DossierId.TryParse(dossier.Id, out var parsed) ? parsed : throw new InvalidDataException("no dossier");
        using var cipher = DossierKeys.CipherOf(dossier, node.Keys.AtRest);
        return (await DraftTables.OfAsync(batch.Session, id))
            .Where(d => d.State == DraftTables.Waiting)
            .Select(d => DraftTables.Read(d, cipher).Body)
            .OfType<Supply>()
            .Any(s => s.Exhibits.Any(x => x.Manifest.SealedSha256 == sealedFile));
    }

    private static Outcome<Digest> Refuse(string code) => new Outcome<Digest>.Refused(new Refusal(code, Specification));
}

/// <summary>What is logged when evidence is taken out.</summary>
internal static partial class TakingOutLog
{
    [LoggerMessage(41, LogLevel.Error, "evidence that was taken out cannot be deleted; it is tried again")]
    public static partial void CannotDelete(ILogger logger, Exception fault);
}
