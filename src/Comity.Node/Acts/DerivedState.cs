// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Evidence;
using Comity.Node.Keys;
using Comity.Node.Register;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>Keeps what is derived from acts in step with them, in the same transaction.</summary>
internal static class DerivedState
{
    /// <summary>Marks a dossier to be summarised when the work that changes it is over: once, however many acts it adds.</summary>
    public static void Defer(RegisterBatch batch, DossierId dossier, AtRest node) =>
        batch.AtItsEnd(
            dossier.ToString(),
            async () =>
            {
                var file = await DossierFile.SummariseAsync(batch.Session, dossier, node, batch.Entered, batch.Parsed);
                await ExhibitTables.ExpectAsync(batch.Session, file, batch.Entered);
                await CustodyKeeping.FollowAsync(batch.Session, file, node);
            }
        );

    /// <summary>Dossiers in order of what expires first; those without a date last, the newest first.</summary>
    public static async Task<IReadOnlyList<DossierRow>> ListAsync(Storage.Session session, int limit) =>
        [
            .. await session.Connection.QueryAsync<DossierRow>(
                $"""
                select {DossierRow.Columns} from dossier
                order by case when due is null then 1 else 0 end, due, changed desc, id
                limit @limit
                """,
                new { limit = (long)limit },
                session.Transaction
            ),
        ];
}
