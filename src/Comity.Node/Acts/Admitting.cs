// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Bags;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Acts;

/// <summary>Takes in what peers push: each act is admitted once, or not admitted and kept, or parked.</summary>
/// <remarks>
/// A whole push is one piece of work of the register, so that the acts, everything derived from them and the cursor are
/// durable together and before the peer hears a word. Pushed again, the same acts give the same answers.
/// </remarks>
internal sealed class Admitting(
    RegisterWriter register,
    Directories directories,
    NodeKeys keys,
    NodeSettings settings,
    PeerKeys peerKeys,
    NodeMeters meters
)
{
    /// <summary>Most acts of one peer that wait for a predecessor. One more is not admitted: kept, and shown to a person.</summary>
    public const int MostParked = 256;

    /// <summary>
    /// Most acts of one Party in a dossier, and most bytes of them. What a dossier says is folded anew at each act, in the
    /// register's turn, so a dossier without a bound would be one Party's means to hold up all others.
    /// </summary>
    public const int MostActs = 1_000;

    /// <inheritdoc cref="MostActs"/>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Takes in a push.</summary>
    /// <param name="peer">The Party whose connection it came over, by its certificate.</param>
    /// <param name="push">The push, within its limits.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <param name="isByBag">Whether it came in a bag: then its answers are owed by bag too, and that is noted with it.</param>
    /// <returns>The cursor and one arrival an act, durable.</returns>
    public async Task<(long Cursor, IReadOnlyList<Arrival> Arrivals)> TakeAsync(
        PartyId peer,
        Push push,
        CancellationToken stop,
        bool isByBag = false
    )
    {
        var directory = await directories.CurrentAsync(stop);
        var parcels = Read(peer, push, directory);
        var result = await register.WriteAsync(
            async batch =>
            {
                // First of all: the push that shows a forked register is itself not taken at its word.
                await PeerCheckpoints.NoteSeenAsync(
                    batch.Session,
                    peer,
                    parcels.Select(p => p.Receipt?.Checkpoint).LastOrDefault(c => c is not null),
                    Directories.RegisterOf(directory, peer),
                    batch.Entered
                );
                // Asked once for a push: what its own receipts show on the way counts from the next one.
                var isTrusted = await PeerTrust.StoppedAsync(batch.Session, peer) is null;
                var arrivals = new List<Arrival>(parcels.Count);
                foreach (var parcel in parcels)
                {
                    arrivals.Add(await TakeAsync(batch, directory, peer, parcel, isTrusted));
                }

                if (isByBag)
                {
                    await BagTables.OweAsync(batch.Session, peer, push, arrivals);
                }

                var cursor = await PeerTables.AdvanceAsync(batch.Session, peer, push.Acts.Max(a => a.Index));
                return (cursor, (IReadOnlyList<Arrival>)arrivals);
            },
            stop
        );
        foreach (var arrival in result.Item2)
        {
            meters.Arrived(arrival.Verdict, arrival.Code);
        }

        return result;
    }

    /// <summary>Takes a peer at its word again, because a person has decided so, and takes in what was held meanwhile.</summary>
    /// <returns>Whether it was not before.</returns>
    public async Task<bool> ResumeAsync(PartyId peer, CancellationToken stop)
    {
        var directory = await directories.CurrentAsync(stop);
        return await register.WriteAsync(
            async batch =>
            {
                var resumed = await PeerTrust.ResumeAsync(batch.Session, peer);
                await ReleaseAsync(batch, directory, peer, PeerTrust.Held);
                return resumed;
            },
            stop
        );
    }

    // Everything that needs no database, on every core at once: parsing, the sender's receipt, the seal.
    private List<Parcel> Read(PartyId peer, Push push, PartyDirectory directory)
    {
        var register = PeerRegister.Of(directory, peer);
        return
        [
            .. push
                .Acts.AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount))
                .Select(p => Parcel.Read(p, directory, register, peerKeys)),
        ];
    }

    private async Task<Arrival> TakeAsync(
        RegisterBatch batch,
        PartyDirectory directory,
        PartyId peer,
        Parcel parcel,
        bool isTrusted
    )
    {
        if (parcel.Refusal is { } unreadable)
        {
            return await KeepAsync(batch, directory, peer, parcel, unreadable);
        }

        // Before anything is said of what is here: a Party learns nothing of another's acts, nor of ours, by sending them.
        var signed = parcel.Signed!;
        if (signed.Act.From.Party != peer)
        {
            return await KeepAsync(batch, directory, peer, parcel, Refuse("act.other-sender", "from"));
        }

        if (await RegisterTables.FindAsync(batch.Session, parcel.Digest) is { } known)
        {
            await KeepReceiptAsync(batch, peer, parcel);
            return new Arrival(parcel.Digest, ActVerdict.Admitted, known.Index, "");
        }

        if (await BeforeAdmission.WaitsForAsync(batch, signed.Act) is { } missing)
        {
            await PeerTrust.TellOfWaitingAsync(batch, peer, parcel.Digest);
            return await ParkAsync(batch, peer, parcel, missing.ToString())
                ?? await KeepAsync(batch, directory, peer, parcel, Refuse("act.too-many-parked", "follows"));
        }

        var measure = await BeforeAdmission.MeasureAsync(batch, signed.Act);
        if (!isTrusted && await PeerTrust.HoldsAsync(batch, keys.AtRest, peer, signed, measure))
        {
            // Without room for it, the sender keeps it: what is held is never refused.
            return await ParkAsync(batch, peer, parcel, PeerTrust.Held)
                ?? new Arrival(parcel.Digest, ActVerdict.Parked, null, "");
        }

        var dossier = await DossierKeys.FindAsync(batch.Session, signed.Act.Dossier);
        var checkedAct = await BeforeAdmission.WhyNotAsync(batch, peer, signed.Act, dossier) is { } why
            ? new Outcome<Authenticated>.Refused(why)
            : Admission.Check(
                signed,
                directory,
                settings.Party,
                measure,
                batch.Entered,
                (_, seal) => parcel.VerifiedWith == seal.Id
            );
        return checkedAct switch
        {
            Outcome<Authenticated>.Admitted admitted => await AdmitAsync(
                batch,
                directory,
                peer,
                parcel,
                admitted.Value,
                dossier
            ),
            Outcome<Authenticated>.Refused refused => await KeepAsync(batch, directory, peer, parcel, refused.Why),
            _ => throw new InvalidOperationException("an outcome is admitted or refused"),
        };
    }

    private async Task<Arrival> AdmitAsync(
        RegisterBatch batch,
        PartyDirectory directory,
        PartyId peer,
        Parcel parcel,
        Authenticated authenticated,
        DossierRow? dossier
    )
    {
        var signed = parcel.Signed!;
        var index = await batch.AddAsync(signed.Id.Digest, new LeafEntry.Admitted(), authenticated.Entry);
        dossier ??= await DossierKeys.OpenAsync(
            batch.Session,
            keys.AtRest,
            signed.Act.Dossier,
            peer,
            isHome: true,
            batch.Entered
        );
        using (var cipher = DossierKeys.CipherOf(dossier, keys.AtRest))
        {
            await ActTables.InsertAsync(batch.Session, signed, cipher, authenticated.IsEntryExpired);
        }

        await KeepReceiptAsync(batch, peer, parcel);
        if (authenticated.IsEntryExpired)
        {
            await AlarmTables.RaiseAsync(
                batch.Session,
                "directory.expired",
                peer,
                signed.Id.ToString(),
                null,
                batch.Entered
            );
        }

        batch.Parsed[signed.Id] = signed;
        DerivedState.Defer(batch, signed.Act.Dossier, keys.AtRest);
        await ReleaseAsync(batch, directory, peer, signed.Id.ToString());
        return new Arrival(parcel.Digest, ActVerdict.Admitted, index, "");
    }

    private async Task ReleaseAsync(RegisterBatch batch, PartyDirectory directory, PartyId peer, string waitedFor)
    {
        foreach (var waiting in await ParkedTables.ReleaseAsync(batch, keys.AtRest, peer, waitedFor))
        {
            var register = PeerRegister.Of(directory, peer);
            var isTrusted = await PeerTrust.StoppedAsync(batch.Session, peer) is null;
            await TakeAsync(batch, directory, peer, Parcel.Read(waiting, directory, register, peerKeys), isTrusted);
        }
    }

    // An act that waits for one that never came, or that was not admitted, would wait in silence: pushed again after a
    // while it is shown to a person.
    private async Task<Arrival?> ParkAsync(RegisterBatch batch, PartyId peer, Parcel parcel, string missing)
    {
        if (await ParkedTables.ParkAsync(batch, keys.AtRest, peer, parcel, missing) is not { } since)
        {
            return null;
        }

        if (batch.Entered - since > TimeSpan.FromHours(settings.UndeliveredHours))
        {
            var act = parcel.Digest.ToString();
            await AlarmTables.RaiseAsync(batch.Session, "act.parked-long", peer, act, null, batch.Entered);
        }

        return new Arrival(parcel.Digest, ActVerdict.Parked, null, "");
    }

    // A machine does not refuse a State: the bytes are kept as they came, entered in the register, and shown to a person.
    private async Task<Arrival> KeepAsync(
        RegisterBatch batch,
        PartyDirectory directory,
        PartyId peer,
        Parcel parcel,
        Refusal refusal
    )
    {
        if (
            await NotAdmittedTables.FindAsync(batch.Session, parcel.Digest, peer) is { } before
            && before.Code == refusal.Code
        )
        {
            return new Arrival(parcel.Digest, ActVerdict.NotAdmitted, before.Idx, refusal.Code);
        }

        var entry = directory.Find(peer)?.Id ?? default;
        var index = await batch.AddAsync(parcel.Digest, new LeafEntry.NotAdmitted(refusal.Code), entry);
        await NotAdmittedTables.KeepAsync(batch, keys.AtRest, peer, parcel, refusal, index);
        await AlarmTables.RaiseAsync(batch.Session, refusal.Code, peer, parcel.Digest.ToString(), null, batch.Entered);
        return new Arrival(parcel.Digest, ActVerdict.NotAdmitted, index, refusal.Code);
    }

    private static Task KeepReceiptAsync(RegisterBatch batch, PartyId peer, Parcel parcel) =>
        parcel.Receipt is { } receipt
            ? PeerTables.KeepReceiptAsync(batch.Session, peer, parcel.Digest, receipt, batch.Entered)
            : Task.CompletedTask;

    internal static Refusal Refuse(string code, string where) =>
        new(code, new Citation("docs/spec/exchange.md", "4"), where);
}

/// <summary>What became of one pushed act.</summary>
/// <param name="Act">Its id, or the digest of bytes that are no act.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Index">Its entry in our register, unless parked.</param>
/// <param name="Code">The code, when not admitted.</param>
internal sealed record Arrival(Digest Act, ActVerdict Verdict, long? Index, string Code);
