// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using Comity.Node.Parties;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>A peer's register as one push is checked against it: its key read once, each checkpoint in the push verified once.</summary>
/// <remarks>
/// The receipts of a push mostly carry the same checkpoint. What is remembered is the answer for a whole note, signatures
/// included, so nothing is believed that was not verified. Any number of threads may use it.
/// </remarks>
internal sealed class PeerRegister
{
    private readonly NoteVerifier key;
    private readonly string origin;
    private readonly ConcurrentDictionary<string, Outcome<Checkpoint>> opened = new(StringComparer.Ordinal);

    private PeerRegister(NoteVerifier key, string origin) => (this.key, this.origin) = (key, origin);

    /// <summary>The register a Party's directory entry names; nothing without an entry.</summary>
    public static PeerRegister? Of(PartyDirectory directory, PartyId peer) =>
        Directories.RegisterOf(directory, peer) is { } register
            ? new PeerRegister(register.Key, register.Origin)
            : null;

    /// <summary>What <see cref="Receipt.VerifyFor(Digest, NoteVerifier, string)"/> says under this register.</summary>
    public Outcome<Receipt> Verify(Receipt receipt, Digest act) => receipt.VerifyFor(act, Open);

    private Outcome<Checkpoint> Open(SignedNote note) =>
        opened.GetOrAdd(note.ToString(), _ => Checkpoint.Open(note, key, origin));
}
