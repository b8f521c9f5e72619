// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Officers;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Acts;

/// <summary>The second look: another officer says what they think of an act that one officer sent alone (design 17.5).</summary>
internal sealed class Reviewing(
    RegisterWriter register,
    Directories directories,
    Unlocking unlocking,
    ActSealing sealing
)
{
    // The work has the officer's key until it is done, whether or not anybody still waits to hear of it.
    private static readonly CancellationToken WithTheKey = CancellationToken.None;

    private static readonly Citation Specification = new("docs/spec/act.md", "6");

    /// <summary>
    /// Records a review, signed with the reviewer's key and kept at home. The same review sent again is the same review.
    /// </summary>
    /// <remarks>
    /// An objection undoes nothing: what was sent stands, and an alarm tells a duty officer that a further act may be needed.
    /// </remarks>
    /// <param name="id">The draft that was sealed.</param>
    /// <param name="officer">An approver, another than the drafter.</param>
    /// <param name="phrase">The officer's phrase.</param>
    /// <param name="verdict">Has nothing to object, or objects.</param>
    /// <param name="reason">Why, when the officer objects.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>
    /// The review's act, or a refusal: <c>approval.role</c>, <c>draft.unknown</c>, <c>approval.phrase-wrong</c>, or one of
    /// <see cref="Approvals.WhyNotReview"/>.
    /// </returns>
    public async Task<Outcome<ActId>> ReviewAsync(
        string id,
        Officer officer,
        string phrase,
        ApprovalVerdict verdict,
        string? reason,
        CancellationToken stop
    )
    {
        if (!officer.Is(Role.Approver))
        {
            return Refuse("approval.role");
        }

        var directory = await directories.CurrentAsync(stop);
        using var key = await unlocking.UnlockAsync(officer, phrase, stop);
        return await register.WriteAsync(
            async batch =>
            {
                if (await DraftTables.FindAsync(batch.Session, id) is not { } draft)
                {
                    return Refuse("draft.unknown");
                }

                if (draft.State != DraftTables.Sealed)
                {
                    return Refuse("approval.not-alone");
                }

                var before = await DraftTables.ApprovalsAsync(batch.Session, draft);
                var (row, content) = await sealing.ReadAsync(batch, draft);
                var said = new Approval(content.Digest(), officer.Certificate.Id, ApprovalRole.Reviewer, verdict);
                if (before.FirstOrDefault(a => a.Approval == said) is { Act: { } already })
                {
                    return new Outcome<ActId>.Admitted(already);
                }

                // A certificate renewed makes nobody another person: the name on the draft counts too.
                var why =
                    draft.Drafter == officer.Id
                        ? new Refusal("approval.same-officer", Specification)
                        : Approvals.WhyNotReview(content, [.. before.Select(a => a.Approval)], said.Officer);
                if (why is not null)
                {
                    return new Outcome<ActId>.Refused(why);
                }

                if (key is null)
                {
                    return Refuse("approval.phrase-wrong");
                }

                var word = Issuing.Wrap(content, new Approve(said.Content, said.As, verdict, reason));
                var signed = await sealing.SignAsync(batch, row, word, officer, key, directory);
                await DraftTables.ApproveAsync(batch.Session, id, signed, said);
                await ReviewTables.WaitSinceAsync(batch.Session, id, null);
                await Audit.NoteAsync(
                    batch.Session,
                    officer.Id,
                    $"review.{Names.Of(verdict)}",
                    draft.Dossier,
                    batch.Entered
                );
                await RaiseAsync(batch, row, draft, content, [.. before.Select(a => a.Approval), said]);
                return new Outcome<ActId>.Admitted(signed);
            },
            WithTheKey
        );
    }

    private static Task RaiseAsync(
        RegisterBatch batch,
        DossierRow row,
        DraftRow draft,
        ActContent content,
        IReadOnlyList<Approval> said
    ) =>
        Approvals.WhyNotSettled(content, said, batch.Entered, batch.Entered) is { } why
            ? AlarmTables.RaiseAsync(
                batch.Session,
                why.Code,
                PartyId.Of(row.Peer),
                draft.Id,
                evidence: null,
                batch.Entered
            )
            : Task.CompletedTask;

    private static Outcome<ActId> Refuse(string code) => new Outcome<ActId>.Refused(new Refusal(code, Specification));
}
