// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;

namespace Comity.Safeguards;

/// <summary>What is known of who sent a request. The nested cases are the only ones.</summary>
/// <remarks>Identity is the directory's key, never an address a message came from.</remarks>
public abstract record SenderVerification
{
    private SenderVerification() { }

    /// <summary>Nobody has looked: a file on a disk, for example.</summary>
    public sealed record NotChecked : SenderVerification;

    /// <summary>Signed with a seal that the directory gives to an authority competent for the measure.</summary>
    /// <param name="Entry">What <see cref="Admission"/> found.</param>
    public sealed record BySeal(Authenticated Entry) : SenderVerification;

    /// <summary>Not admitted: the seal, the competence or the directory entry did not hold.</summary>
    /// <param name="Why">What <see cref="Admission"/> said.</param>
    public sealed record NotAdmitted(Refusal Why) : SenderVerification;

    /// <summary>Recorded by an officer from what came another way (<see cref="Transcribed"/>).</summary>
    /// <param name="Channel">How it came.</param>
    /// <param name="Authenticity">How its authenticity was checked, as recorded.</param>
    public sealed record Recorded(Channel Channel, string Authenticity) : SenderVerification;
}
