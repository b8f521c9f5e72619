// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Officers;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Parties;

namespace Comity.Node.Acts;

/// <summary>From a draft to a sealed act: each officer signs with their own key, then the authority's seal is put on it.</summary>
/// <remarks>
/// A draft, a signature and the sealed act are each one piece of work of the register. Repeated after a crash, each finds
/// what it did: a draft has an id of its own, an officer signs a draft once, and a draft is sealed once.
/// </remarks>
internal sealed class Issuing(
    RegisterWriter register,
    Directories directories,
    NodeKeys keys,
    NodeSettings settings,
    Deliveries deliveries,
    Unlocking unlocking,
    ActSealing sealing
)
{
    // The work has the officer's key until it is done, whether or not anybody still waits to hear of it.
    private static readonly CancellationToken WithTheKey = CancellationToken.None;

    private static readonly Citation Specification = new("docs/spec/act.md", "6");

    /// <summary>Keeps a draft with its drafter's signature, and seals it when one signature is enough.</summary>
    /// <param name="id">The draft's id, made when the form was shown: the same form sent twice is one draft.</param>
    /// <param name="content">What is to be done. Whether it is open and keeps to the law has been asked.</param>
    /// <param name="drafter">The officer.</param>
    /// <param name="phrase">The officer's phrase.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>
    /// The draft, or a refusal: <c>approval.role</c>, <c>approval.phrase-wrong</c>, <c>act.kind-not-declared</c>,
    /// <c>act.wrong-addressee</c>, or any of <see cref="DossierFile"/>'s rules.
    /// </returns>
    public async Task<Outcome<Drafted>> DraftAsync(
        string id,
        ActContent content,
        Officer drafter,
        string phrase,
        CancellationToken stop
    )
    {
        if (!drafter.Is(Role.Drafter))
        {
            return Refuse("approval.role");
        }

        var directory = await directories.CurrentAsync(stop);
        if (WhyNotSent(content, directory) is { } why)
        {
            return new Outcome<Drafted>.Refused(why);
        }

        using var key = await unlocking.UnlockAsync(drafter, phrase, stop);
        var outcome = await register.WriteAsync(
            async batch =>
            {
                if (await DraftTables.FindAsync(batch.Session, id) is { } known)
                {
                    return new Outcome<Drafted>.Admitted(Drafted.Of(known));
                }

                // Before a dossier is opened, as is whether the act is possible: a case of which nothing can come is not left.
                if (key is null)
                {
                    return Refuse("approval.phrase-wrong");
                }

                var isHome = content.Body is Transcribed { Kind: "request" };
                var file =
                    await DossierFile.ReadAsync(batch.Session, content.Dossier, keys.AtRest)
                    ?? DossierFile.Unopened(content.Dossier, OtherOf(content), isHome, batch.Entered);
                if (await sealing.WhyNotOpenAsync(batch, file, content) is { } closed)
                {
                    return new Outcome<Drafted>.Refused(closed);
                }

                var row = await DossierKeys.OpenAsync(
                    batch.Session,
                    keys.AtRest,
                    content.Dossier,
                    OtherOf(content),
                    isHome,
                    batch.Entered
                );
                var approval = new Approve(content.Digest(), ApprovalRole.Drafter, ApprovalVerdict.Approves, null);
                var wrapped = Wrap(content, approval);
                var signed = await sealing.SignAsync(batch, row, wrapped, drafter, key, directory);

                using (var cipher = DossierKeys.CipherOf(row, keys.AtRest))
                {
                    await DraftTables.KeepAsync(batch.Session, id, content, drafter.Id, cipher, batch.Entered);
                }

                await DraftTables.ApproveAsync(
                    batch.Session,
                    id,
                    signed,
                    new Approval(approval.Content, drafter.Certificate.Id, approval.As, approval.Verdict)
                );
                await Audit.NoteAsync(
                    batch.Session,
                    drafter.Id,
                    $"draft.{content.Kind.Name}",
                    content.Dossier.ToString(),
                    batch.Entered
                );
                return await sealing.SealAsync(batch, id, directory);
            },
            WithTheKey
        );
        deliveries.Wake();
        return outcome;
    }

    /// <summary>Adds an officer's signature to a draft, and seals it when that is enough.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="officer">The officer, another than the drafter.</param>
    /// <param name="phrase">The officer's phrase.</param>
    /// <param name="verdict">Approves, or returns it.</param>
    /// <param name="reason">Why, when it is returned.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>
    /// The draft, or a refusal: <c>draft.unknown</c>, <c>draft.not-waiting</c>, <c>approval.role</c>,
    /// <c>approval.same-officer</c>, <c>approval.phrase-wrong</c>, or the rule that closed it meanwhile.
    /// </returns>
    public async Task<Outcome<Drafted>> ApproveAsync(
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
        var outcome = await register.WriteAsync(
            async batch =>
            {
                if (await DraftTables.FindAsync(batch.Session, id) is not { } draft)
                {
                    return Refuse("draft.unknown");
                }

                var before = await DraftTables.ApprovalsAsync(batch.Session, draft);
                if (draft.State != DraftTables.Waiting)
                {
                    return before.Any(a => a.Approval.Officer == officer.Certificate.Id)
                        ? new Outcome<Drafted>.Admitted(Drafted.Of(draft))
                        : Refuse("draft.not-waiting");
                }

                if (before.Any(a => a.Approval.Officer == officer.Certificate.Id))
                {
                    return Refuse("approval.same-officer");
                }

                if (key is null)
                {
                    return Refuse("approval.phrase-wrong");
                }

                var (row, content) = await sealing.ReadAsync(batch, draft);
                var approval = new Approve(content.Digest(), ApprovalRole.Approver, verdict, reason);
                var signed = await sealing.SignAsync(batch, row, Wrap(content, approval), officer, key, directory);

                await DraftTables.ApproveAsync(
                    batch.Session,
                    id,
                    signed,
                    new Approval(approval.Content, officer.Certificate.Id, approval.As, verdict)
                );
                await Audit.NoteAsync(
                    batch.Session,
                    officer.Id,
                    $"draft.{Names.Of(verdict)}",
                    draft.Dossier,
                    batch.Entered
                );
                return await sealing.SealAsync(batch, id, directory);
            },
            WithTheKey
        );
        deliveries.Wake();
        return outcome;
    }

    /// <summary>Records what an officer says for the file alone: answers to safeguards, or a note. Signed with their key.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="concerns">The request it is about.</param>
    /// <param name="body">An <see cref="Assess"/> or a <see cref="Keep"/>.</param>
    /// <param name="officer">The officer.</param>
    /// <param name="phrase">The officer's phrase.</param>
    /// <param name="from">The authority the officer works for.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>The act's id, or <c>approval.phrase-wrong</c>, <c>approval.role</c> or <c>dossier.request-unknown</c>.</returns>
    public async Task<Outcome<ActId>> RecordAsync(
        DossierId dossier,
        ActId concerns,
        ActBody body,
        Officer officer,
        string phrase,
        Office from,
        CancellationToken stop
    )
    {
        if (body is Assess && !officer.Is(Role.Assessor))
        {
            return RefuseRecord("approval.role");
        }

        var directory = await directories.CurrentAsync(stop);
        using var key = await unlocking.UnlockAsync(officer, phrase, stop);
        return await register.WriteAsync(
            async batch =>
            {
                var file = await DossierFile.ReadAsync(batch.Session, dossier, keys.AtRest);
                if (file?.Dossier.Find(concerns) is null)
                {
                    return RefuseRecord("dossier.request-unknown");
                }

                if (key is null)
                {
                    return RefuseRecord("approval.phrase-wrong");
                }

                var content = new ActContent(dossier, concerns, from, from, Visibility.Party, body);
                var signed = await sealing.SignAsync(batch, file.Row, content, officer, key, directory);

                await Audit.NoteAsync(batch.Session, officer.Id, content.Kind.Name, dossier.ToString(), batch.Entered);
                return new Outcome<ActId>.Admitted(signed);
            },
            WithTheKey
        );
    }

    /// <summary>Why an act of this kind would not be sent to its addressee.</summary>
    public static Refusal? WhyNotSent(ActContent content, PartyDirectory directory)
    {
        if (content.Visibility != Visibility.Shared)
        {
            return null;
        }

        var kind = $"{content.Kind.Name}/{content.Kind.Version}";
        return content.Body is Transcribed ? new Refusal("act.internal", Specification, "visibility")
            : directory.Find(content.To) is null ? new Refusal("act.wrong-addressee", Specification, "to")
            : directory.Find(content.To.Party)!.Entry.Kinds.Contains(kind) ? null
            : new Refusal("act.kind-not-declared", Specification, "kind");
    }

    private PartyId OtherOf(ActContent content) =>
        content.Body is Transcribed t ? t.Author.Party
        : content.To.Party == settings.Party ? content.From.Party
        : content.To.Party;

    /// <summary>An officer's word on a draft as the act it is kept as: within the authority that speaks, and never sent.</summary>
    public static ActContent Wrap(ActContent content, Approve approval) =>
        new(content.Dossier, null, content.From, content.From, Visibility.Party, approval);

    private static Outcome<ActId> RefuseRecord(string code) =>
        new Outcome<ActId>.Refused(new Refusal(code, Specification));

    private static Outcome<Drafted> Refuse(string code) =>
        new Outcome<Drafted>.Refused(new Refusal(code, Specification));
}
