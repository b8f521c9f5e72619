// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Keys;
using Comity.Node.Register;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>Keeps the receipts a peer gives for what was carried to it.</summary>
internal static class Settling
{
    /// <summary>Takes in the answer to a batch.</summary>
    /// <remarks>
    /// A receipt that does not hold settles nothing: the act is sent again, and a person is told that the peer's register
    /// does not say what the peer says.
    /// </remarks>
    /// <returns>How many acts are settled for good, and why none is when none is.</returns>
    public static Task<Settled> SettleAsync(
        RegisterWriter register,
        AtRest node,
        PartyId peer,
        Push push,
        PushAnswer answer,
        (NoteVerifier Key, string Origin) peerRegister,
        CancellationToken stop
    ) =>
        SettleAsync(
            register,
            node,
            peer,
            [.. push.Acts.Select(a => new Sent(a.Index, Convert.FromBase64String(a.Act))).Zip(answer.Answers)],
            peerRegister,
            stop
        );

    /// <summary>Takes in answers to acts of ours, whichever way they came.</summary>
    /// <inheritdoc cref="SettleAsync(RegisterWriter, AtRest, PartyId, Push, PushAnswer, ValueTuple{NoteVerifier, string}, CancellationToken)"/>
    public static Task<Settled> SettleAsync(
        RegisterWriter register,
        AtRest node,
        PartyId peer,
        IReadOnlyList<(Sent Act, ActAnswer Answer)> answers,
        (NoteVerifier Key, string Origin) peerRegister,
        CancellationToken stop
    ) =>
        register.WriteAsync(
            async batch =>
            {
                var settled = 0;
                var whyNot = "exchange.not-answered";
                Receipt? newest = null;
                foreach (var ((index, bytes), answered) in answers)
                {
                    var id = Digest.Of(bytes);
                    if (answered.Verdict == ActVerdict.Parked && answered.Act == id)
                    {
                        whyNot = "exchange.parked";
                        await Deliveries.ParkAsync(batch.Session, peer.ToString(), index);
                        continue;
                    }

                    if (Verify(answered, id, peerRegister) is not { } receipt)
                    {
                        whyNot = "exchange.receipt-wrong";
                        await AlarmTables.RaiseAsync(batch.Session, whyNot, peer, id.ToString(), null, batch.Entered);
                        continue;
                    }

                    newest = receipt;
                    await PeerTables.KeepReceiptAsync(batch.Session, peer, id, receipt, batch.Entered);
                    await Deliveries.AnswerAsync(batch.Session, peer.ToString(), index);
                    if (receipt.Leaf.Recorded is LeafEntry.NotAdmitted not)
                    {
                        await AlarmTables.RaiseAsync(
                            batch.Session,
                            $"peer.{not.Code}",
                            peer,
                            id.ToString(),
                            null,
                            batch.Entered
                        );
                    }

                    if (SignedAct.Parse(bytes) is Outcome<SignedAct>.Admitted act)
                    {
                        DerivedState.Defer(batch, act.Value.Act.Dossier, node);
                    }

                    settled++;
                }

                await PeerCheckpoints.NoteSeenAsync(
                    batch.Session,
                    peer,
                    newest?.Checkpoint,
                    peerRegister,
                    batch.Entered
                );
                return new Settled(settled, whyNot);
            },
            stop
        );

    private static Receipt? Verify(ActAnswer answer, Digest act, (NoteVerifier Key, string Origin) peerRegister)
    {
        if (answer.Act != act || answer.Receipt is not { } json)
        {
            return null;
        }

        var receipt = Receipt
            .Parse(JsonSerializer.SerializeToUtf8Bytes(json))
            .Then(r => r.VerifyFor(act, peerRegister.Key, peerRegister.Origin));
        var agrees =
            receipt is Outcome<Receipt>.Admitted good
            && good.Value.Leaf.Recorded switch
            {
                LeafEntry.Admitted => answer.Verdict == ActVerdict.Admitted,
                LeafEntry.NotAdmitted => answer.Verdict == ActVerdict.NotAdmitted,
                _ => false,
            };
        return agrees ? ((Outcome<Receipt>.Admitted)receipt).Value : null;
    }
}

/// <summary>An act of ours that was carried to a peer.</summary>
/// <param name="Index">Its index in our register.</param>
/// <param name="Bytes">Its signed bytes.</param>
internal sealed record Sent(long Index, byte[] Bytes);

/// <summary>What a batch came to.</summary>
/// <param name="Acts">Acts settled for good.</param>
/// <param name="WhyNot">A code for why none was, when none was.</param>
internal sealed record Settled(int Acts, string WhyNot);
