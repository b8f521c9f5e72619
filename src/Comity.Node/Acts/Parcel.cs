// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Exchange;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Acts;

/// <summary>One pushed act as far as it can be judged without the database.</summary>
/// <param name="Index">Its index in the sender's register, as the sender says.</param>
/// <param name="Bytes">The bytes as they came.</param>
/// <param name="Digest">SHA-256 of the bytes: the act's id, if it is one.</param>
/// <param name="Signed">The act, when the bytes are one.</param>
/// <param name="Receipt">The sender's receipt, when it is good.</param>
/// <param name="VerifiedWith">The pinned certificate whose key made the signature, when one did.</param>
/// <param name="Refusal">Why it can go no further.</param>
/// <param name="ReceiptBytes">The receipt as it came.</param>
internal sealed record Parcel(
    long Index,
    byte[] Bytes,
    Digest Digest,
    SignedAct? Signed,
    Receipt? Receipt,
    Digest? VerifiedWith,
    Refusal? Refusal,
    byte[] ReceiptBytes
)
{
    private static readonly Citation Specification = new("docs/spec/exchange.md", "4");

    /// <summary>Reads a pushed act.</summary>
    /// <param name="pushed">The act as it was pushed.</param>
    /// <param name="directory">Who is who.</param>
    /// <param name="register">The pushing Party's register; nothing when it has no entry.</param>
    /// <param name="keys">Keys of seals, kept ready.</param>
    public static Parcel Read(PushedAct pushed, PartyDirectory directory, PeerRegister? register, PeerKeys keys)
    {
        var receiptBytes = JsonSerializer.SerializeToUtf8Bytes(pushed.Receipt);
        var bytes = Decode(pushed.Act);
        if (bytes is null)
        {
            var text = Encoding.UTF8.GetBytes(pushed.Act);
            return Unreadable(pushed, text, receiptBytes, new Refusal("act.malformed", Specification, "base64"));
        }

        if (bytes.Length > SignedAct.MaximumBytes)
        {
            return Unreadable(pushed, bytes, receiptBytes, new Refusal("act.too-large", Specification));
        }

        if (SignedAct.Parse(bytes) is not Outcome<SignedAct>.Admitted act)
        {
            return Unreadable(pushed, bytes, receiptBytes, ((Outcome<SignedAct>.Refused)SignedAct.Parse(bytes)).Why);
        }

        var signed = act.Value;
        var read = CheckReceipt(receiptBytes, pushed.Index, signed, register);
        return read switch
        {
            Outcome<Receipt>.Admitted receipt => new Parcel(
                pushed.Index,
                bytes,
                signed.Id.Digest,
                signed,
                receipt.Value,
                VerifySeal(signed, directory, keys),
                null,
                receiptBytes
            ),
            _ => Unreadable(pushed, bytes, receiptBytes, ((Outcome<Receipt>.Refused)read).Why),
        };
    }

    // The receipt fixes order and legal time when the sender is the dossier's home, so it is checked before anything else
    // is believed: the sender's register, its proof, this act, this index.
    private static Outcome<Receipt> CheckReceipt(byte[] json, long index, SignedAct signed, PeerRegister? register) =>
        register is null
            ? new Outcome<Receipt>.Refused(new Refusal("act.party-unknown", Specification, "from"))
            : Receipt
                .Parse(json)
                .Then(receipt => register.Verify(receipt, signed.Id.Digest))
                .Then(receipt =>
                    receipt.Index == index && receipt.Leaf.Recorded is LeafEntry.Issued
                        ? (Outcome<Receipt>)new Outcome<Receipt>.Admitted(receipt)
                        : new Outcome<Receipt>.Refused(new Refusal("exchange.receipt-other", Specification, "receipt"))
                );

    private static Digest? VerifySeal(SignedAct signed, PartyDirectory directory, PeerKeys keys)
    {
        var seal = directory
            .Find(signed.Act.From)
            ?.Seals.FirstOrDefault(s => s.Certificate.Id == signed.Signed.Signer.Id);
        return seal is not null && keys.Verifies(signed.Signed, seal.Certificate) ? seal.Certificate.Id : null;
    }

    private static Parcel Unreadable(PushedAct pushed, byte[] bytes, byte[] receipt, Refusal why) =>
        new(pushed.Index, bytes, Digest.Of(bytes), null, null, null, why, receipt);

    private static byte[]? Decode(string base64)
    {
        var buffer = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(base64, buffer, out var written) ? buffer[..written] : null;
    }
}
