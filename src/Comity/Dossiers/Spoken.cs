// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Parties;

namespace Comity.Dossiers;

/// <summary>Who says what to whom in an act, whether its author signed it or an officer entered it for the author.</summary>
/// <remarks>
/// A transcription has the effect of the act it transcribes (design 17.7). It can only be of what the addressee's own Party
/// said: nobody transcribes itself, and nobody a third State.
/// </remarks>
internal sealed record Spoken(Office Author, PartyId Addressee, ActBody Body, bool IsTranscribed, bool IsCounterparts)
{
    public static Spoken In(Act act) =>
        act.Body is Transcribed transcribed
            ? new Spoken(
                transcribed.Author,
                act.From.Party,
                ActEncoding.ReadBody(transcribed.Kind, transcribed.Version, transcribed.Body)
                    is Outcome<ActBody>.Admitted read
                    ? read.Value
                    : new NotUnderstood(transcribed.Body.GetRawText()),
                IsTranscribed: true,
                IsCounterparts: transcribed.Author.Party == act.To.Party
            )
            : new Spoken(act.From, act.To.Party, act.Body, IsTranscribed: false, IsCounterparts: true);
}
