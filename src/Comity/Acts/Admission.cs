// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Acts;

/// <summary>Whether a well-formed act is what it claims to be: from whom, by whose seal, within whose competence.</summary>
/// <remarks>
/// Checked against the newest directory at the instant of admission (design 15.3). What fails is not admitted, which is a
/// technical finding and never an answer to a State: the bytes are kept, registered and shown to a duty officer (17.4).
/// </remarks>
public static class Admission
{
    private static readonly Citation Specification = new("docs/spec/act.md", "5");

    /// <summary>Checks an act that arrived from a peer.</summary>
    /// <param name="signed">The act.</param>
    /// <param name="directory">The newest directory.</param>
    /// <param name="self">The Party whose node asks.</param>
    /// <param name="measure">The measure of the request it is or concerns, or nothing for an act about no request.</param>
    /// <param name="now">The instant of admission, UTC.</param>
    /// <param name="import">Imports a pinned certificate's key; the caller keeps keys, as importing is slow.</param>
    /// <returns>
    /// What was found, or a refusal: <c>act.internal</c>, <c>act.wrong-addressee</c>, <c>act.party-unknown</c>,
    /// <c>act.authority-unknown</c>, <c>act.signer-unknown</c>, <c>act.certificate-replaced</c>,
    /// <c>act.certificate-expired</c>, <c>act.certificate-not-yet-valid</c>, <c>act.signature-wrong</c>,
    /// <c>act.not-competent</c>, <c>act.in-the-future</c> or <c>act.directory-expired</c>.
    /// </returns>
    public static Outcome<Authenticated> Check(
        SignedAct signed,
        PartyDirectory directory,
        PartyId self,
        Measure? measure,
        DateTimeOffset now,
        Func<CertificateText, PinnedKey?> import
    ) => Check(signed, directory, self, measure, now, (bytes, seal) => Verifies(bytes, seal, import));

    /// <summary>Checks an act whose signature was looked at before, by many workers at once.</summary>
    /// <param name="signed">The act.</param>
    /// <param name="directory">The newest directory.</param>
    /// <param name="self">The Party whose node asks.</param>
    /// <param name="measure">The measure of the request it is or concerns, or nothing for an act about no request.</param>
    /// <param name="now">The instant of admission, UTC.</param>
    /// <param name="verifies">Whether a pinned certificate's key made the signature.</param>
    /// <returns>As the other form.</returns>
    public static Outcome<Authenticated> Check(
        SignedAct signed,
        PartyDirectory directory,
        PartyId self,
        Measure? measure,
        DateTimeOffset now,
        Func<SignedBytes, CertificateText, bool> verifies
    )
    {
        var act = signed.Act;
        // A transcription speaks for a counterpart that has no node. From outside it would let a Party say what we said.
        if (act.Visibility != Visibility.Shared || act.Body is Transcribed)
        {
            return Refuse("act.internal", "visibility");
        }

        if (act.To.Party != self || directory.Find(act.To) is null)
        {
            return Refuse("act.wrong-addressee", "to");
        }

        if (directory.Find(act.From.Party) is not { } entry)
        {
            return Refuse("act.party-unknown", "from");
        }

        if (entry.Entry.Find(act.From.Authority) is not { } authority)
        {
            return Refuse("act.authority-unknown", "from");
        }

        return CheckSeal(signed.Signed, authority, now, verifies) is { } refusal
                ? new Outcome<Authenticated>.Refused(refusal)
            : !IsCompetent(act, authority, measure) ? Refuse("act.not-competent", "from")
            : act.Issued > now + Instants.Tolerance ? Refuse("act.in-the-future", "issued")
            : entry.Entry.Expires > now ? Admit(entry, isEntryExpired: false)
            // Preserve first: data vanish while a directory is being renewed (design 15.8, 17.5).
            : measure == Measure.Preservation ? Admit(entry, isEntryExpired: true)
            : Refuse("act.directory-expired", "from");
    }

    /// <summary>Checks only that an authority's seal made the signature and was in use: for our own acts and for exports.</summary>
    /// <param name="signed">The signed bytes.</param>
    /// <param name="authority">The authority, from its Party's entry.</param>
    /// <param name="at">The instant for which it is asked.</param>
    /// <param name="import">Imports a pinned certificate's key.</param>
    /// <returns>Nothing when all is well, or one of the certificate and signature refusals of the check of an act.</returns>
    public static Refusal? CheckSeal(
        SignedBytes signed,
        Authority authority,
        DateTimeOffset at,
        Func<CertificateText, PinnedKey?> import
    ) => CheckSeal(signed, authority, at, (bytes, seal) => Verifies(bytes, seal, import));

    private static bool Verifies(SignedBytes signed, CertificateText seal, Func<CertificateText, PinnedKey?> import) =>
        import(seal) is { } key && signed.VerifiesWith(key);

    private static Refusal? CheckSeal(
        SignedBytes signed,
        Authority authority,
        DateTimeOffset at,
        Func<SignedBytes, CertificateText, bool> verifies
    )
    {
        var seal = authority.Seals.FirstOrDefault(s => s.Certificate.Id == signed.Signer.Id);
        var code =
            seal is null ? "act.signer-unknown"
            : seal.Replaced <= at ? "act.certificate-replaced"
            : seal.Certificate.NotAfter < at ? "act.certificate-expired"
            : seal.Certificate.NotBefore > at + Instants.Tolerance ? "act.certificate-not-yet-valid"
            : verifies(signed, seal.Certificate) ? null
            : "act.signature-wrong";
        return code is null ? null : new Refusal(code, Specification, "signature");
    }

    private static bool IsCompetent(Act act, Authority authority, Measure? measure) =>
        ActKind.Find(act.Kind, act.Version) is not { } kind
        || kind.By switch
        {
            Side.Requesting => measure is { } asked && authority.May(asked, Power.Request),
            Side.Requested => measure is { } answered && authority.May(answered, Power.Answer),
            Side.Either => measure is { } either
                && (authority.May(either, Power.Request) || authority.May(either, Power.Answer)),
            _ => false,
        };

    private static Outcome<Authenticated> Admit(SignedEntry entry, bool isEntryExpired) =>
        new Outcome<Authenticated>.Admitted(new Authenticated(entry.Id, isEntryExpired));

    private static Outcome<Authenticated> Refuse(string code, string where) =>
        new Outcome<Authenticated>.Refused(new Refusal(code, Specification, where));
}

/// <summary>An act was found authentic.</summary>
/// <param name="Entry">SHA-256 of the signed directory entry it was checked against; the register records it.</param>
/// <param name="IsEntryExpired">Whether that entry had expired and the act was let in as a preservation all the same.</param>
public sealed record Authenticated(Digest Entry, bool IsEntryExpired);
