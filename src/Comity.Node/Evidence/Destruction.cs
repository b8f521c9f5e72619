// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Parties;

namespace Comity.Node.Evidence;

/// <summary>Deletes an exhibit's bytes, and leaves a certificate in their place: an act that two officers have signed.</summary>
/// <remarks>
/// The certificate first. In one piece of the register's work the act is sealed, its link joins the chain of custody, and the
/// exhibit is marked: from then on nobody gets it. Then the bytes go, and the mark becomes <c>destroyed</c>. What a crash in
/// between leaves is a certificate and bytes that nobody gets, which the next start deletes; never bytes that are gone with no
/// word of who decided it. Leaf, receipts and outcome stay (design 15.14).
/// </remarks>
internal static class Destruction
{
    private static readonly Citation Specification = new("docs/spec/custody.md", "5");

    /// <summary>The content that two officers sign.</summary>
    /// <param name="node">The node.</param>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="law">The provision or condition under which it is destroyed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>The content and the id of its draft, or <c>destroy.exhibit-unknown</c>.</returns>
    public static Task<Outcome<(string Draft, ActContent Content)>> PrepareAsync(
        NodeParts node,
        Digest exhibit,
        string law,
        string reason,
        CancellationToken stop
    ) =>
        node.Database.ReadAsync<Outcome<(string, ActContent)>>(
            async session =>
            {
                if (
                    await ExhibitTables.FindAsync(session, exhibit) is not { } row
                    || !DossierId.TryParse(row.Dossier, out var dossier)
                    || await DossierFile.ReadAsync(session, dossier, node.Keys.AtRest) is not { } file
                    || OwnOffice(file, node.Settings.Party) is not { } from
                )
                {
                    return new Outcome<(string, ActContent)>.Refused(
                        new Refusal("destroy.exhibit-unknown", Specification, exhibit.ToString())
                    );
                }

                // One draft an exhibit, so that the same command given again goes on where the first was cut off. One that was
                // returned is done with, and another takes its place.
                var drafts = await DraftTables.OfAsync(session, dossier);
                var id = $"destroy-{exhibit}";
                for (var again = 2; IsDoneWith(drafts, id); again++)
                {
                    id = $"destroy-{exhibit}-{again}";
                }

                var body = new Destroy(exhibit, row.Size, law, reason);
                return new Outcome<(string, ActContent)>.Admitted(
                    (id, new ActContent(dossier, null, from, from, Visibility.Party, body))
                );
            },
            stop
        );

    /// <summary>Why an exhibit cannot be destroyed: it is not here, of another size, or was destroyed before.</summary>
    /// <returns>Nothing, or <c>destroy.exhibit-unknown</c>.</returns>
    public static async Task<Refusal?> WhyNotAsync(Storage.Session session, ActContent content, Destroy destroy) =>
        await ExhibitTables.FindAsync(session, destroy.SealedSha256) is { } row
        && row.Dossier == content.Dossier.ToString()
        && row.Size == destroy.SealedSize
        && row.State is not (ExhibitTables.Leaving or ExhibitTables.Destroying or ExhibitTables.Destroyed)
            ? null
            : new Refusal("destroy.exhibit-unknown", Specification, destroy.SealedSha256.ToString());

    /// <summary>Deletes the bytes of what a certificate has marked. Whether all of them are gone; the rest is tried again.</summary>
    public static async Task<bool> FinishAsync(NodeParts node, CancellationToken stop)
    {
        var isDone = true;
        foreach (var row in await node.Database.ReadAsync(ExhibitTables.MarkedToDestroyAsync, stop))
        {
            var digest = Digest.TryParse(row.Sealed, out var parsed)
                ? parsed
                : throw new InvalidDataException("an exhibit's name in the database is not one");
            try
            {
                // The bytes, then the row. A crash in between leaves the mark, and deleting what is gone does nothing.
                await node.Evidence.DeleteAsync(digest, stop);
                File.Delete(Path.Combine(node.Settings.ArrivingFolder, row.Sealed));
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                DestructionLog.CannotDelete(node.Logging.CreateLogger(nameof(Destruction)), failed);
                isDone = false;
                continue;
            }

            await node.Database.WriteAsync(
                async session =>
                {
                    await ExhibitTables.DestroyedAsync(session, digest);
                    return 0;
                },
                stop
            );
        }

        return isDone;
    }

    private static bool IsDoneWith(IReadOnlyList<DraftRow> drafts, string id) =>
        drafts.FirstOrDefault(d => d.Id == id) is { } draft
        && draft.State is not (DraftTables.Waiting or DraftTables.Sealed);

    private static Office? OwnOffice(DossierFile file, PartyId own) =>
        file
            .Acts.Select(a => a.Signed.Act.From.Party == own ? a.Signed.Act.From : a.Signed.Act.To)
            .FirstOrDefault(o => o.Party == own);
}

/// <summary>What is logged when evidence is destroyed.</summary>
internal static partial class DestructionLog
{
    [LoggerMessage(42, LogLevel.Error, "evidence whose destruction is certified cannot be deleted; it is tried again")]
    public static partial void CannotDelete(ILogger logger, Exception fault);
}
