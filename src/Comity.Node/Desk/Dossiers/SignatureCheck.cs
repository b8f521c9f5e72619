// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Exchange;
using Comity.Node.Officers;
using Comity.Parties;

namespace Comity.Node.Desk.Dossiers;

/// <summary>What is known of a signature when a page is shown: it is checked again each time, from the exact bytes.</summary>
public enum SignatureCheck
{
    /// <summary>The seal of the authority, or the key of the officer, made it.</summary>
    Good,

    /// <summary>Its certificate is no longer in the directory. It was checked when the act was admitted.</summary>
    CheckedAtAdmission,

    /// <summary>The key did not make it. What the database holds was changed.</summary>
    Wrong,
}

/// <summary>Checks signatures for pages.</summary>
internal static class SignatureChecks
{
    /// <summary>Checks an act's seal against the directory.</summary>
    public static SignatureCheck Of(SignedAct signed, PartyDirectory directory, PeerKeys keys) =>
        directory.Find(signed.Act.From)?.Seals.FirstOrDefault(s => s.Certificate.Id == signed.Signed.Signer.Id)
            is not { } seal
            ? SignatureCheck.CheckedAtAdmission
        : keys.Verifies(signed.Signed, seal.Certificate) ? SignatureCheck.Good
        : SignatureCheck.Wrong;

    /// <summary>Checks an officer's signature.</summary>
    public static SignatureCheck Of(SignedAct signed, Officer? officer, PeerKeys keys) =>
        officer is null ? SignatureCheck.CheckedAtAdmission
        : keys.Verifies(signed.Signed, officer.Certificate) ? SignatureCheck.Good
        : SignatureCheck.Wrong;
}
