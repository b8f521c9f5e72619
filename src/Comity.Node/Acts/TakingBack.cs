// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Officers;
using Comity.Node.Register;

namespace Comity.Node.Acts;

/// <summary>Undoing before anything is sent: a drafter takes back a draft that waits.</summary>
internal static class TakingBack
{
    private static readonly Citation Specification = new("docs/spec/act.md", "6");

    /// <summary>Takes a draft back. Taken back again, it is as it was.</summary>
    /// <param name="register">In whose batches drafts are sealed, so that a draft is sealed or taken back and never both.</param>
    /// <param name="id">The draft.</param>
    /// <param name="officer">Its drafter.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>
    /// The draft, returned, or a refusal: <c>draft.unknown</c> (also for another officer's), or <c>draft.not-waiting</c> when
    /// it has been sealed.
    /// </returns>
    public static Task<Outcome<Drafted>> TakeBackAsync(
        RegisterWriter register,
        string id,
        Officer officer,
        CancellationToken stop
    ) =>
        register.WriteAsync(
            async batch =>
            {
                if (await DraftTables.FindAsync(batch.Session, id) is not { } draft || draft.Drafter != officer.Id)
                {
                    return Refuse("draft.unknown");
                }

                if (draft.State == DraftTables.Sealed)
                {
                    return Refuse("draft.not-waiting");
                }

                if (draft.State == DraftTables.Waiting)
                {
                    await DraftTables.MoveAsync(batch.Session, id, DraftTables.Returned, null);
                    await Audit.NoteAsync(batch.Session, officer.Id, "draft.taken-back", draft.Dossier, batch.Entered);
                }

                return new Outcome<Drafted>.Admitted(Drafted.Of(draft) with { State = DraftTables.Returned });
            },
            stop
        );

    private static Outcome<Drafted> Refuse(string code) =>
        new Outcome<Drafted>.Refused(new Refusal(code, Specification));
}
