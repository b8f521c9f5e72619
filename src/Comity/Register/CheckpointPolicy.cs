// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;

namespace Comity.Register;

/// <summary>How many of which witnesses have to cosign a checkpoint before a reader takes it as witnessed.</summary>
/// <remarks>
/// A Party's own choice, and the reader's: a court may ask for others than the node did. A witness counts once, by its key.
/// </remarks>
/// <param name="Needed">How many, from 0.</param>
/// <param name="Witnesses">Which: keys of type <see cref="NoteKeyType.Cosigner"/>.</param>
public sealed record CheckpointPolicy(int Needed, ImmutableArray<NoteVerifier> Witnesses)
{
    /// <summary>Counts the witnesses that have cosigned a note.</summary>
    /// <param name="note">The note; the register's own signature is a different question.</param>
    /// <returns>The count, or one of the refusals of <see cref="Cosignature.Read"/>.</returns>
    public Outcome<Witnessed> Count(SignedNote note) =>
        Cosignature.Read(note, Witnesses).Map(found => new Witnessed(found, Needed, Witnesses.Distinct().Count()));
}

/// <summary>What a policy says of a checkpoint.</summary>
/// <param name="By">The cosignatures that hold, one a witness.</param>
/// <param name="Needed">How many the policy asks for.</param>
/// <param name="Of">How many witnesses it knows.</param>
public sealed record Witnessed(ImmutableArray<Cosignature> By, int Needed, int Of)
{
    /// <summary>Whether they are enough.</summary>
    public bool IsEnough => By.Length >= Needed;

    /// <summary>For people: <c>1 of 2 witnesses, 1 needed</c>.</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{By.Length} of {Of} {(Of == 1 ? "witness" : "witnesses")}, {Needed} needed"
        );
}
