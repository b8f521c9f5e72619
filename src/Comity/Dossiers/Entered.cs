// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;

namespace Comity.Dossiers;

/// <summary>An act and what the dossier's home register says of it: its place, and the instant that counts in law.</summary>
/// <remarks>
/// The home register is the requested Party's (design 15.1). An act it has not receipted is pending and is not folded: what
/// its author states of time and order has no effect.
/// </remarks>
/// <param name="Id">The act's id.</param>
/// <param name="Act">The act, authentic.</param>
/// <param name="Index">Its index in the home register.</param>
/// <param name="At">The instant at which that register took it in.</param>
public sealed record Entered(ActId Id, Act Act, long Index, DateTimeOffset At);

/// <summary>What became of an act where it arrived.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>It was open, and the dossier went on.</summary>
    /// <param name="Source">The paragraph that opens it.</param>
    /// <param name="Remarks">
    /// What the law asks of such an act that this one does not keep to: shown, and a question for a person. The same
    /// remark stops one's own draft.
    /// </param>
    public sealed record Took(Citation Source, IReadOnlyList<Refusal> Remarks) : Effect;

    /// <summary>It was not open. It stays in the dossier, with the rule that closed it.</summary>
    public sealed record None(Refusal Why) : Effect;
}

/// <summary>One line of a dossier: an act, where it stands, and what became of it.</summary>
/// <param name="Entered">The act as the register holds it.</param>
/// <param name="Effect">What became of it.</param>
/// <param name="IsTranscribed">Whether an officer entered it for a counterpart without a node.</param>
public sealed record DossierLine(Entered Entered, Effect Effect, bool IsTranscribed);
