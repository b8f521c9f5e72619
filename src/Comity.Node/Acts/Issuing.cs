// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Keys;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Officers;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Register;
using Dapper;

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
    Deliveries deliveries
)
{
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

        var outcome = await register.WriteAsync(
            async batch =>
            {
                if (await DraftTables.FindAsync(batch.Session, id) is { } known)
                {
                    return new Outcome<Drafted>.Admitted(Drafted.Of(known));
                }

                await DossierKeys.OpenAsync(
                    batch.Session,
                    keys.AtRest,
                    content.Dossier,
                    OtherOf(content),
                    isHome: content.Body is Transcribed { Kind: "request" },
                    batch.Entered
                );
                var file = (await DossierFile.ReadAsync(batch.Session, content.Dossier, keys.AtRest))!;
                var closed = file.Dossier.WhyNot(content, batch.Entered) ?? await WhyNotHeldAsync(batch, content);
                if (closed is not null)
                {
                    return new Outcome<Drafted>.Refused(closed);
                }

                var approval = new Approve(content.Digest(), ApprovalRole.Drafter, ApprovalVerdict.Approves, null);
                if (await SignAsync(batch, file.Row, content, approval, drafter, phrase, directory) is not { } signed)
                {
                    return Refuse("approval.phrase-wrong");
                }

                using (var cipher = DossierKeys.CipherOf(file.Row, keys.AtRest))
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
                return await SealAsync(batch, id, directory);
            },
            stop
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

                var (row, content) = await ReadAsync(batch, draft);
                var approval = new Approve(content.Digest(), ApprovalRole.Approver, verdict, reason);
                if (await SignAsync(batch, row, content, approval, officer, phrase, directory) is not { } signed)
                {
                    return Refuse("approval.phrase-wrong");
                }

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
                return await SealAsync(batch, id, directory);
            },
            stop
        );
        deliveries.Wake();
        return outcome;
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

    private async Task<Outcome<Drafted>> SealAsync(RegisterBatch batch, string id, PartyDirectory directory)
    {
        var draft = (await DraftTables.FindAsync(batch.Session, id))!;
        var (row, content) = await ReadAsync(batch, draft);
        var approvals = await DraftTables.ApprovalsAsync(batch.Session, draft);
        if (approvals.Any(a => a.Approval.Verdict == ApprovalVerdict.Returns))
        {
            await DraftTables.MoveAsync(batch.Session, id, DraftTables.Returned, null);
            return new Outcome<Drafted>.Admitted(Drafted.Of(draft) with { State = DraftTables.Returned });
        }

        if (Approvals.WhyNot(content, [.. approvals.Select(a => a.Approval)]) is not null)
        {
            return new Outcome<Drafted>.Admitted(Drafted.Of(draft));
        }

        // The dossier may have moved on while the draft waited for its second signature.
        var file = (await DossierFile.ReadAsync(batch.Session, content.Dossier, keys.AtRest))!;
        if (file.Dossier.WhyNot(content, batch.Entered) is { } closed)
        {
            return new Outcome<Drafted>.Refused(closed);
        }

        var act = content.Seal(
            await ActTables.LastNumberAsync(batch.Session, content.Dossier, settings.Party, content.Visibility) + 1,
            batch.Entered,
            content.Visibility == Visibility.Shared ? Heads(file) : [],
            [.. approvals.Select(a => a.Act)]
        );
        var signed = SealUnder(act, directory);
        var index = await KeepAsync(batch, row, signed, directory);
        if (act.Visibility == Visibility.Shared)
        {
            await batch.Session.Connection.ExecuteAsync(
                "insert into delivery (peer, idx, act, is_answered) values (@Peer, @Index, @Act, 0)",
                new
                {
                    Peer = act.To.Party.ToString(),
                    Index = index,
                    Act = signed.Id.ToString(),
                },
                batch.Session.Transaction
            );
            await PeerTables.OpenAsync(batch.Session, act.To.Party);
        }

        if (act.Body is Supply supply)
        {
            await BindExhibitsAsync(batch, supply, signed.Id);
        }

        await DraftTables.MoveAsync(batch.Session, id, DraftTables.Sealed, signed.Id);
        return new Outcome<Drafted>.Admitted(new Drafted(id, DraftTables.Sealed, signed.Id));
    }

    private async Task<ActId?> SignAsync(
        RegisterBatch batch,
        DossierRow row,
        ActContent content,
        Approve approval,
        Officer officer,
        string phrase,
        PartyDirectory directory
    )
    {
        var act = new ActContent(content.Dossier, null, content.From, content.From, Visibility.Party, approval).Seal(
            await ActTables.LastNumberAsync(batch.Session, content.Dossier, settings.Party, Visibility.Party) + 1,
            batch.Entered,
            [],
            []
        );
        if (OfficerKey.Sign(officer, phrase, SignedAct.Prepare(act, officer.Certificate)) is not { } bytes)
        {
            return null;
        }

        var signed = Must(SignedAct.Parse(bytes));
        await KeepAsync(batch, row, signed, directory);
        return signed.Id;
    }

    private async Task<long> KeepAsync(RegisterBatch batch, DossierRow row, SignedAct signed, PartyDirectory directory)
    {
        var index = await batch.AddAsync(signed.Id.Digest, new LeafEntry.Issued(), directory.Find(settings.Party)!.Id);
        using var cipher = DossierKeys.CipherOf(row, keys.AtRest);
        await ActTables.InsertAsync(batch.Session, signed, cipher);
        DerivedState.Defer(batch, signed.Act.Dossier, keys.AtRest);
        return index;
    }

    private SignedAct SealUnder(Act act, PartyDirectory directory)
    {
        var seal =
            keys.Seal(act.From.Authority)
            ?? throw new InvalidOperationException($"this node holds no seal for {act.From.Authority}");
        var certificate = Certificates.TextOf(seal);
        var authority = directory.Find(act.From);
        return authority?.Seals.Any(s => s.Certificate.Id == certificate.Id && s.Replaced is null) == true
            ? Must(SignedAct.Parse(Certificates.Sign(SignedAct.Prepare(act, certificate), seal)))
            : throw new InvalidOperationException("the seal is not the one in this Party's directory entry");
    }

    private async Task<(DossierRow Row, ActContent Content)> ReadAsync(RegisterBatch batch, DraftRow draft)
    {
        var row = (await DossierKeys.FindAsync(batch.Session, Must(draft.Dossier)))!;
        using var cipher = DossierKeys.CipherOf(row, keys.AtRest);
        return (row, DraftTables.Read(draft, cipher));
    }

    // The acts nobody has followed yet. One that the other side did not admit is not followed: it would wait for ever.
    private static IReadOnlyList<ActId> Heads(DossierFile file)
    {
        var shared = file
            .Acts.Where(a => a.Signed.Act.Visibility == Visibility.Shared && a.NotAdmitted is null)
            .ToList();
        var followed = shared.SelectMany(a => a.Signed.Act.Follows).ToHashSet();
        return [.. shared.Select(a => a.Signed.Id).Where(a => !followed.Contains(a)).TakeLast(Act.MaximumFollows)];
    }

    // Evidence is announced only when every byte of it is in our store: the other side comes for it at once.
    private static async Task<Refusal?> WhyNotHeldAsync(RegisterBatch batch, ActContent content)
    {
        foreach (var exhibit in content.Body is Supply supply ? supply.Exhibits : [])
        {
            var row = await ExhibitTables.FindAsync(batch.Session, exhibit.Manifest.SealedSha256);
            var isHeld =
                row is { State: ExhibitTables.Held }
                && row.Dossier == content.Dossier.ToString()
                && row.Size == exhibit.Manifest.SealedSize;
            if (!isHeld)
            {
                return new Refusal("supply.exhibit-not-held", Specification, exhibit.Manifest.SealedSha256.ToString());
            }
        }

        return null;
    }

    private PartyId OtherOf(ActContent content) =>
        content.Body is Transcribed t ? t.Author.Party
        : content.To.Party == settings.Party ? content.From.Party
        : content.To.Party;

    private static async Task BindExhibitsAsync(RegisterBatch batch, Supply supply, ActId act)
    {
        foreach (var exhibit in supply.Exhibits)
        {
            await batch.Session.Connection.ExecuteAsync(
                "update exhibit set act = @Act where sealed = @Sealed and state = 'held'",
                new { Act = act.ToString(), Sealed = exhibit.Manifest.SealedSha256.ToString() },
                batch.Session.Transaction
            );
        }
    }

    private static DossierId Must(string dossier) =>
        DossierId.TryParse(dossier, out var id) ? id : throw new InvalidDataException("a dossier's id is not one");

    private static SignedAct Must(Outcome<SignedAct> outcome) =>
        outcome is Outcome<SignedAct>.Admitted act
            ? act.Value
            : throw new InvalidOperationException($"our own act: {((Outcome<SignedAct>.Refused)outcome).Why.Code}");

    private static Outcome<Drafted> Refuse(string code) =>
        new Outcome<Drafted>.Refused(new Refusal(code, Specification));
}

/// <summary>A draft and what became of it.</summary>
/// <param name="Id">The draft.</param>
/// <param name="State">waiting, sealed or returned.</param>
/// <param name="Act">The sealed act.</param>
internal sealed record Drafted(string Id, string State, ActId? Act)
{
    public static Drafted Of(DraftRow row) => new(row.Id, row.State, ActId.TryParse(row.Act, out var act) ? act : null);
}
