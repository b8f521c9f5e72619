// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Requests;
using Dapper;

namespace Comity.Node.Exchange;

/// <summary>Whether a peer is taken at its word.</summary>
/// <remarks>
/// A register that was forked or put back no longer proves what was sent and when. What such a peer sends is then held, not
/// refused, until a person has decided; preservations and emergencies enter all the same, with an alarm each (design 15.6,
/// 17.4). The proof is kept with the alarm that stopped it.
/// </remarks>
internal static class PeerTrust
{
    /// <summary>Stops taking a peer at its word, and keeps why.</summary>
    /// <param name="session">A write.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="code">What its register did.</param>
    /// <param name="subject">Where, named by what was known before: what comes after has many forms.</param>
    /// <param name="notes">The two notes that show it.</param>
    /// <param name="now">When.</param>
    public static async Task StopAsync(
        Session session,
        PartyId peer,
        string code,
        string subject,
        byte[] notes,
        DateTimeOffset now
    )
    {
        // The same proof again, after a person has decided on it, changes nothing; nor does more of it while nobody has.
        if (
            await AlarmTables.IsRaisedAsync(session, code, peer, subject)
            || await StoppedAsync(session, peer) is not null
        )
        {
            return;
        }

        await PeerTables.OpenAsync(session, peer);
        await AlarmTables.RaiseAsync(session, code, peer, subject, notes, now);
        await session.Connection.ExecuteAsync(
            "update peer set distrusted = @Now where party = @Peer and distrusted is null",
            new { Peer = peer.ToString(), Now = now.ToUnixTimeSeconds() },
            session.Transaction
        );
    }

    /// <summary>What acts that are held wait for, in place of an act's id.</summary>
    public const string Held = "a person's decision";

    /// <summary>Whether an act is held because its sender is not taken at its word.</summary>
    /// <remarks>One that enters all the same, as it cannot wait, raises an alarm of its own.</remarks>
    public static async Task<bool> HoldsAsync(
        RegisterBatch batch,
        AtRest node,
        PartyId peer,
        SignedAct signed,
        Measure? measure
    )
    {
        if (await StoppedAsync(batch.Session, peer) is null)
        {
            return false;
        }

        var act = signed.Act;
        var cannotWait =
            measure == Measure.Preservation
            || IsEmergency(act)
            || (await DossierFile.ReadAsync(batch.Session, act.Dossier, node))?.Acts.Any(a => IsEmergency(a.Signed.Act))
                == true;
        var code = cannotWait ? "register.admitted-untrusted" : "register.held";
        await AlarmTables.RaiseAsync(batch.Session, code, peer, signed.Id.ToString(), null, batch.Entered);
        return !cannotWait;
    }

    /// <summary>Tells a person of an act that builds on one not here, when that one may be held.</summary>
    public static async Task TellOfWaitingAsync(RegisterBatch batch, PartyId peer, Digest act)
    {
        if (await StoppedAsync(batch.Session, peer) is not null)
        {
            await AlarmTables.RaiseAsync(batch.Session, "register.held", peer, act.ToString(), null, batch.Entered);
        }
    }

    private static bool IsEmergency(Act act) => act.Body is Request { Urgency.Level: UrgencyLevel.Emergency };

    /// <summary>Since when a peer is not taken at its word; nothing when it is.</summary>
    public static async Task<DateTimeOffset?> StoppedAsync(Session session, PartyId peer) =>
        await session.Connection.ExecuteScalarAsync<long?>(
            "select distrusted from peer where party = @Peer",
            new { Peer = peer.ToString() },
            session.Transaction
        )
            is { } since
            ? DateTimeOffset.FromUnixTimeSeconds(since)
            : null;

    /// <summary>The peers that are not taken at their word, and since when.</summary>
    public static async Task<IReadOnlyList<(PartyId Peer, DateTimeOffset Since)>> AllStoppedAsync(Session session) =>
        [
            .. (
                await session.Connection.QueryAsync<(string Party, long Since)>(
                    "select party, distrusted from peer where distrusted is not null order by party",
                    transaction: session.Transaction
                )
            ).Select(r => (PartyId.Of(r.Party), DateTimeOffset.FromUnixTimeSeconds(r.Since))),
        ];

    /// <summary>How many acts of a peer are held.</summary>
    public static Task<long> HeldAsync(Session session, PartyId peer) =>
        session.Connection.ExecuteScalarAsync<long>(
            "select count(*) from parked where peer = @Peer and waits_for = @Held",
            new { Peer = peer.ToString(), Held },
            session.Transaction
        );

    /// <summary>Takes a peer at its word again, because a person has decided so.</summary>
    /// <remarks>
    /// What its register says from now on is held against what it says next, no longer against what it went back on. As a
    /// witness this node still cosigns only what continues what it has cosigned.
    /// </remarks>
    /// <returns>Whether it was not before.</returns>
    public static async Task<bool> ResumeAsync(Session session, PartyId peer) =>
        await session.Connection.ExecuteAsync(
            "update peer set distrusted = null, checkpoint = '', seen = '' where party = @Peer and distrusted is not null",
            new { Peer = peer.ToString() },
            session.Transaction
        ) > 0;
}
