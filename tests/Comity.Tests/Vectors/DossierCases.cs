// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;
using Comity.Tests.Dossiers;

namespace Comity.Tests.Vectors;

/// <summary>What <c>vectors/dossiers/dossiers.json</c> says: whole cases, told act by act, with what the fold gives.</summary>
/// <remarks>That the fold is right is for the tests of dossiers; that it stays so, and is so in other languages, for these.</remarks>
internal static class DossierCases
{
    private static readonly DateTimeOffset End = Moves.SixtyDays.Until;
    private static readonly Question Q1 = new("q1", "Which account?");

    public static JsonArray All() =>
        [
            Of(
                "a preservation, extended in time, and closed",
                Asked(Measure.Preservation)
                    .XbSays(Moves.All["acknowledge"], Some.Day(1))
                    .XbSays(Moves.All["grant"], Some.Day(1, hour: 10))
                    .XaSays(Moves.All["extend"], End)
                    .XbSays(Moves.All["extend"], Some.Day(62))
                    .XaSays(Moves.All["close"], Some.Day(100)),
                Some.Day(99)
            ),
            Of("a preservation that runs out", Granted(days: 60), End, End.AddSeconds(1)),
            Of("a preservation that is too short by a day", Granted(days: 59)),
            Of("longer asked for a second too late", Granted(60).XaSays(Moves.All["extend"], End.AddSeconds(1))),
            Of("an extension that is none", Granted(60).XbSays(new Extend(End, null), Some.Day(30))),
            Of(
                "a grant that does not say for how long",
                Asked(Measure.Preservation).XbSays(new Grant(null, null, [], [], null, null), Some.Day(1))
            ),
            Of("data kept for a request that follows", Followed(End), End.AddSeconds(1), Some.Day(400)),
            Of("a request that follows a second too late", Followed(End.AddSeconds(1)), End.AddSeconds(1)),
            Of(
                "data kept until the request that follows is decided",
                Followed(End) is var kept ? kept.XbSays(Moves.All["grant"], Some.Day(70), kept.Last.Id) : kept,
                Some.Day(71)
            ),
            Of("a request that overtakes the grant of the preservation", Overtaking(), Some.Day(400)),
            Of("a prejudice that is warned of, and a withdrawal", Warned(), Some.Day(3)),
            Of("stored data, the whole way", TheWholeWay(), Some.Day(6), Some.Day(20)),
            Of(
                "a search that found nothing",
                Asked(Measure.StoredData)
                    .XbSays(Moves.All["grant"], Some.Day(1))
                    .XbSays(new Supply([], true, "The server was wiped before the search."), Some.Day(2))
            ),
            Of(
                "a refusal after consultation, and nothing after it",
                Asked(Measure.StoredData)
                    .XbSays(Moves.All["consult"], Some.Day(1))
                    .XbSays(Moves.All["refuse"], Some.Day(2))
                    .XbSays(Moves.All["grant"], Some.Day(3))
                    .XaSays(Moves.All["withdraw"], Some.Day(3))
            ),
            Of(
                "a postponement whose end has passed, and one whose end has not",
                Asked(Measure.StoredData)
                    .XbSays(new Postpone(Some.Day(1), "A search.", null), Some.Day(1))
                    .XbSays(Moves.All["postpone"], Some.Day(2)),
                Some.Day(90),
                Some.Day(91)
            ),
            Of("a supplement that answers what nobody asked, and one misnumbered", Misnumbered()),
            Of("acts that have no part in the case", NoPart()),
            Of("a request and its answer on paper", OnPaper(), Some.Day(2)),
        ];

    private static Story Asked(Measure measure) => new Story().XaAsks(Brief(measure), Some.Day(0));

    private static Story Granted(int days) =>
        Asked(Measure.Preservation)
            .XbSays(
                new Grant(null, null, [], [], null, new PreservedPeriod(Some.Day(1), Some.Day(1 + days))),
                Some.Day(1)
            );

    private static Story Followed(DateTimeOffset at)
    {
        var story = Granted(60);
        return story.XaAsks(Following(story.Request), at);
    }

    private static Story Overtaking()
    {
        var story = Asked(Measure.Preservation);
        return story.XaAsks(Following(story.Request), Some.Day(1)).XbSays(Moves.All["grant"], Some.Day(2));
    }

    private static Story Warned() =>
        Granted(60).XbSays(Moves.All["warn of prejudice"], Some.Day(2)).XaSays(new Withdraw(null), Some.Day(4));

    private static Story TheWholeWay() =>
        Asked(Measure.StoredData)
            .XbSays(Moves.All["acknowledge"], Some.Day(1))
            .XbSays(Moves.All["ask for information"], Some.Day(2))
            .XaSays(new Supplement([new Answer("q1", "The first.")], [], [], [], []), Some.Day(3))
            .XbSays(Moves.All["grant on conditions"], Some.Day(4))
            .XaSays(new Accept(["c1", "c2"]), Some.Day(5))
            .XaSays(Moves.All["accept"], Some.Day(5, hour: 10))
            .XbSays(new Supply([Some.Exhibit("a")], false, null), Some.Day(6))
            .XbSays(new Supply([Some.Exhibit("a")], true, null), Some.Day(7))
            .XbSays(Moves.All["supply all"], Some.Day(8))
            .XaSays(Moves.All["confirm"], Some.Day(9))
            .XaSays(
                new Confirm([new ExhibitReceived(Some.Digest("sealed z"), ExhibitVerdict.Whole)], null),
                Some.Day(10)
            )
            .XaSays(Moves.All["close"], Some.Day(11));

    private static Story Misnumbered() =>
        Asked(Measure.StoredData)
            .XbSays(new Ask(AskPurpose.Information, [Q1], null), Some.Day(1))
            .XaSays(new Supplement([new Answer("q9", "Yes.")], [], [], [], []), Some.Day(2))
            .XaSays(new Supplement([new Answer("q1", "Yes.")], [new Fact(7, "More.")], [], [], []), Some.Day(3));

    private static Story NoPart()
    {
        var third = Office.Of("XC/central");
        var story = Asked(Measure.StoredData);
        var salute = Some.Act(new Withdraw(null), Some.XbCentral, Some.XaCentral, number: 2, concerns: story.Request);
        return story
            .XbSays(Moves.All["grant"], Some.Day(1), Some.Id("no request"))
            .Take(salute with { Kind = "salute", Body = new NotUnderstood("{}") }, Some.Day(2))
            .Take(salute with { Kind = "grant", Body = Moves.All["grant"] }, Some.Day(3))
            .Tell(Some.XbCentral, Some.XaCentral, Brief(Measure.StoredData), Some.Day(4), null)
            .Tell(third, Some.XbCentral, new Withdraw(null), Some.Day(5), story.Request)
            .XaSays(OnPaper(Some.XaCentral, Moves.All["grant"]), Some.Day(6));
    }

    private static Story OnPaper()
    {
        var story = new Story().Tell(
            Some.XbCentral,
            Some.XaCentral,
            OnPaper(Some.XaCentral, Brief(Measure.Preservation)),
            Some.Day(0),
            null
        );
        return story.XbSays(Moves.All["grant"], Some.Day(1));
    }

    private static Transcribed OnPaper(Office author, ActBody body) =>
        new(
            Channel.Letter,
            author,
            Some.Day(0),
            new Attachment("letter.pdf", Some.Digest("letter"), 48_213),
            "Call-back to the number in the Secretary-General's register.",
            ActKind.Of(body).Name,
            1,
            ActEncoding.ToElement(body)
        );

    private static Request Following(ActId preservation) =>
        Brief(Measure.StoredData) with
        {
            Earlier = [new EarlierRequest(RequestRelation.FollowsPreservation, preservation, null)],
        };

    // As short as a request can be, so that the file can be read.
    private static Request Brief(Measure measure) =>
        new(
            measure,
            "XA-2026-0001",
            new LegalBasis(Convention.Slug, OffenceBasis.ConventionOffence, null, null),
            new Contact("Central Authority of Examplia", null, null, null, null),
            null,
            [],
            [new Fact(1, "On 1 November 2026 the hospital's servers were encrypted.")],
            [],
            [],
            [],
            [],
            null,
            null,
            measure == Measure.Preservation ? new Intention("A request will follow", Some.Day(40)) : null,
            null,
            null,
            null,
            measure == Measure.StoredData ? new Secrecy("Risk of deletion", Some.Day(180), true) : null,
            [],
            [],
            "en",
            []
        );

    private static JsonObject Of(string name, Story story, params DateTimeOffset[] instants)
    {
        var dossier = story.Dossier;
        return new JsonObject
        {
            ["name"] = name,
            ["dossier"] = Some.Dossier.ToString(),
            ["acts"] = new JsonArray([
                .. story.Acts.Select(a =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["id"] = a.Id.ToString(),
                            ["index"] = a.Index,
                            ["at"] = Instants.Format(a.At),
                            ["act"] = JsonNode.Parse(ActEncoding.Write(a.Act)),
                        }
                ),
            ]),
            ["expect"] = DossierJson.Of(dossier, instants),
        };
    }
}
