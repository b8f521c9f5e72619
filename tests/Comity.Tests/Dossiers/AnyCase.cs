// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;
using CsCheck;

namespace Comity.Tests.Dossiers;

/// <summary>
/// Draws what a register may hold under one dossier's id: acts of either Party, of third ones, transcribed, of unknown kinds,
/// numbered twice, kept at home, of another dossier, about a request that is there or is not.
/// </summary>
internal static class AnyCase
{
    private static readonly Gen<ActBody> AnyMove = Gen.OneOf(
        Gen.OneOf(Moves.All.Values.ToArray()),
        Gen.OneOf<ActBody>(
            new Supplement([new Answer("q1", "The first.")], [], [], [], []),
            new Supply([], true, "Nothing more."),
            new Supply([Some.Exhibit("a")], false, null),
            new Confirm([new ExhibitReceived(Some.Digest("sealed b"), ExhibitVerdict.Whole)], null),
            new Keep("A note.", null),
            new NotUnderstood("{}")
        )
    );

    private static readonly Gen<Told> AnyTold =
        from body in AnyMove
        from isRequest in Gen.Int[0, 7]
        from measure in Gen.Enum<Measure>()
        from author in Gen.Frequency((20, Some.XaCentral), (20, Some.XbCentral), (1, Office.Of("XC/central")))
        from toThird in Gen.Int[0, 30]
        from about in Gen.Int[0, 2]
        from repeats in Gen.Int[0, 15]
        from hours in Gen.Int[0, 300]
        from transcribed in Gen.Int[0, 9]
        from elsewhere in Gen.Int[0, 30]
        select new Told(
            isRequest == 0 ? Some.Request(measure) : body,
            author,
            toThird == 0 ? Office.Of("XD/central")
                : author == Some.XaCentral ? Some.XbCentral
                : Some.XaCentral,
            about,
            repeats == 0,
            hours,
            transcribed == 0,
            elsewhere
        );

    /// <summary>A request that opens the case, then anything at all.</summary>
    public static readonly Gen<IReadOnlyList<Entered>> All =
        from measure in Gen.Enum<Measure>()
        from told in AnyTold.Array[0, 40]
        select Register(
            told.Prepend(new Told(Some.Request(measure), Some.XaCentral, Some.XbCentral, 0, false, 0, false, 9))
        );

    private static IReadOnlyList<Entered> Register(IEnumerable<Told> told)
    {
        var acts = new List<Entered>();
        var numbers = new Dictionary<PartyId, int>();
        var requests = new List<ActId>();
        var at = Some.Day(0);
        foreach (var next in told)
        {
            at = at.AddHours(next.Hours);
            var id = Some.Id($"act {acts.Count}");
            var number = numbers.GetValueOrDefault(next.From.Party) + (next.RepeatsNumber ? 0 : 1);
            numbers[next.From.Party] = number;
            var act = next.In(requests.ElementAtOrDefault(next.About), number, requests.FirstOrDefault());
            if (next.Body is Request)
            {
                requests.Add(id);
            }

            acts.Add(new Entered(id, act, acts.Count * 3, at));
        }

        return acts;
    }

    private sealed record Told(
        ActBody Body,
        Office From,
        Office To,
        int About,
        bool RepeatsNumber,
        int Hours,
        bool IsTranscribed,
        int Elsewhere
    )
    {
        public Act In(ActId? concerns, int number, ActId? first)
        {
            var body =
                Body is Request request && first is not null
                    ? request with
                    {
                        Earlier = [new EarlierRequest(RequestRelation.FollowsPreservation, first, null)],
                    }
                    : Body;
            var act =
                body is NotUnderstood
                    ? Some.Act(new Withdraw(null), From, To, Math.Max(number, 1)) with
                    {
                        Kind = "salute",
                        Body = body,
                    }
                    : Some.Act(IsTranscribed ? Transcribe(body) : body, From, To, Math.Max(number, 1));
            return act with
            {
                Concerns = body is Request ? null : concerns,
                Dossier = Elsewhere == 0 ? DossierId.From(new byte[16]) : Some.Dossier,
                Visibility = Elsewhere == 1 ? Visibility.Party : Visibility.Shared,
            };
        }

        private Transcribed Transcribe(ActBody body) =>
            new(
                Channel.Oral,
                To,
                Some.Day(0),
                new Attachment("note.pdf", Some.Digest("note"), 1),
                "Called back.",
                ActKind.Of(body).Name,
                1,
                ActEncoding.ToElement(body)
            );
    }
}
