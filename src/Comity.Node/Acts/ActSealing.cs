// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Keys;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Officers;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Acts;

/// <summary>Puts signatures on: an officer's on what stays at home, the authority's seal on what officers have signed.</summary>
internal sealed class ActSealing(NodeKeys keys, NodeSettings settings, Assessing assessing)
{
    /// <summary>Seals a draft when its officers' signatures suffice and it is still open; otherwise says how it stands.</summary>
    public async Task<Outcome<Drafted>> SealAsync(RegisterBatch batch, string id, PartyDirectory directory)
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
        var closed = await WhyNotOpenAsync(batch, file, content);
        if (closed is not null)
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

        if (act.Body is Destroy destroy)
        {
            await ExhibitTables.DestroyAsync(batch.Session, destroy.SealedSha256);
        }

        await KeepCustodyAsync(batch, row, signed, directory);
        await DraftTables.MoveAsync(batch.Session, id, DraftTables.Sealed, signed.Id);
        if (Approvals.IsToBeReviewed(content, [.. approvals.Select(a => a.Approval)]))
        {
            await ReviewTables.WaitSinceAsync(batch.Session, id, batch.Entered);
        }

        return new Outcome<Drafted>.Admitted(new Drafted(id, DraftTables.Sealed, signed.Id));
    }

    /// <summary>Signs internal content with an officer's key and keeps it.</summary>
    public async Task<ActId> SignAsync(
        RegisterBatch batch,
        DossierRow row,
        ActContent content,
        Officer officer,
        UnlockedKey key,
        PartyDirectory directory
    )
    {
        var act = content.Seal(
            await ActTables.LastNumberAsync(batch.Session, content.Dossier, settings.Party, Visibility.Party) + 1,
            batch.Entered,
            [],
            []
        );
        var signed = Must(SignedAct.Parse(key.Sign(SignedAct.Prepare(act, officer.Certificate))));
        await KeepAsync(batch, row, signed, directory);
        return signed.Id;
    }

    /// <summary>Why a draft must wait, or can never be sealed: what is not open, what the law asks, what is not here.</summary>
    public async Task<Refusal?> WhyNotOpenAsync(RegisterBatch batch, DossierFile file, ActContent content) =>
        content.Body is Destroy destroy
            ? await Destruction.WhyNotAsync(batch.Session, content, destroy)
            : file.Dossier.WhyNot(content, batch.Entered)
                ?? assessing.WhyNot(file, content, batch.Entered)
                ?? await WhyNotHeldAsync(batch, content);

    /// <summary>
    /// Why a supply must wait: an exhibit is not whole in our store. The other side comes for it as soon as it is announced.
    /// </summary>
    /// <returns>Nothing, or <c>supply.exhibit-not-held</c>.</returns>
    public static async Task<Refusal?> WhyNotHeldAsync(RegisterBatch batch, ActContent content)
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
                return new Refusal(
                    "supply.exhibit-not-held",
                    new Citation("docs/spec/act.md", "6"),
                    exhibit.Manifest.SealedSha256.ToString()
                );
            }
        }

        return null;
    }

    // What an act says of exhibits is a link of their chains, and how far the chains have got is stated beside it in an act of
    // its own: whoever cuts one later contradicts an entry of the register.
    private async Task KeepCustodyAsync(RegisterBatch batch, DossierRow row, SignedAct signed, PartyDirectory directory)
    {
        using var cipher = DossierKeys.CipherOf(row, keys.AtRest);
        var said = await CustodyKeeping.SayAsync(batch.Session, row, cipher, signed.Act, signed.Id, batch.Entered);
        var heads = new List<CustodyHead>();
        foreach (var exhibit in said)
        {
            heads.Add((await CustodyTables.HeadAsync(batch.Session, cipher, exhibit))!);
        }

        if (heads.Count > 0)
        {
            var from = signed.Act.From;
            var content = new ActContent(signed.Act.Dossier, null, from, from, Visibility.Party, new Custody(heads));
            var number = await ActTables.LastNumberAsync(
                batch.Session,
                content.Dossier,
                settings.Party,
                content.Visibility
            );
            await KeepAsync(
                batch,
                row,
                SealUnder(content.Seal(number + 1, batch.Entered, [], []), directory),
                directory
            );
        }
    }

    private async Task<long> KeepAsync(RegisterBatch batch, DossierRow row, SignedAct signed, PartyDirectory directory)
    {
        var index = await batch.AddAsync(signed.Id.Digest, new LeafEntry.Issued(), directory.Find(settings.Party)!.Id);
        using var cipher = DossierKeys.CipherOf(row, keys.AtRest);
        await ActTables.InsertAsync(batch.Session, signed, cipher, isEntryExpired: false);
        batch.Parsed[signed.Id] = signed;
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

    /// <summary>A draft's content, and the dossier it belongs to.</summary>
    public async Task<(DossierRow Row, ActContent Content)> ReadAsync(RegisterBatch batch, DraftRow draft)
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
}
