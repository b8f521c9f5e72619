// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Acts;
using static Comity.Tests.Vectors.VectorCase;

namespace Comity.Tests.Vectors;

/// <summary>What <c>vectors/acts/payloads.json</c> says: payloads and what must come of them, written here by hand.</summary>
internal static class PayloadCases
{
    private const string Reason = "\"The account holder has handed the data over.\"";
    private const string Start = "{\n";
    private const string Number = "\"number\": 6";

    private static readonly int Room = Act.MaximumBytes - VectorActs.Good["withdraw"].Signed.Content.Length;

    public static JsonArray All() =>
        [
            .. Good(),
            Malformed("a name doubled in the act", "version", Edit("\"version\": 1", "\"version\": 1, \"version\": 1")),
            Malformed("a name doubled in the body", "body", Edit(Reason, $"{Reason}, \"reason\": \"x\"")),
            Malformed("a name doubled in another spelling", "body", Edit(Reason, $"{Reason}, \"r\\u0065ason\": \"x\"")),
            Malformed("a name unknown in the act", "?", Edit("\"version\": 1", "\"version\": 1, \"vresion\": 1")),
            Malformed("a name unknown in the body", "body.?", Edit("\"reason\"", "\"raeson\"")),
            Malformed("a name in other letters", "?", Edit("\"version\": 1", "\"version\": 1, \"Version\": 1")),
            Malformed("a member missing", "", Edit("\"approvals\": [],", "")),
            Malformed("nothing where something must be", "number", Edit(Number, "\"number\": null")),
            Malformed("nothing in a list", null, Edit("\"approvals\": []", "\"approvals\": [null]")),
            Malformed("a fraction", null, Edit(Number, "\"number\": 6.0")),
            Malformed("an exponent", null, Edit(Number, "\"number\": 6e0")),
            Malformed("minus nought", null, Edit(Number, "\"number\": -0")),
            Malformed("an integer that not every language holds", null, Edit(Number, "\"number\": 9007199254740992")),
            Malformed("a number as text", "number", Edit(Number, "\"number\": \"6\"")),
            Malformed("a name from a list in other letters", "visibility", Edit("\"shared\"", "\"Shared\"")),
            Malformed("an instant with a fraction", "issued", Edit("09:00:00Z", "09:00:00.000Z")),
            Malformed("an instant with an offset", "issued", Edit("09:00:00Z", "09:00:00+00:00")),
            Malformed("a day that no calendar has", "issued", Edit("2026-11-13", "2026-02-30")),
            Malformed("a Party that does not exist", "from", Edit("\"XA/central\"", "\"AA/central\"")),
            Malformed("an id in capitals", "dossier", Edit("c0117fa7e5", "C0117FA7E5")),
            Malformed("half a character, escaped", null, Edit(Reason, "\"\\ud83d\"")),
            Malformed("a comment", null, Edit(Start, "{ // x\n")),
            Malformed("a comma before the end", null, Edit(Reason, $"{Reason},")),
            Malformed("a second value behind the first", null, Append("7b7d")),
            Malformed("a byte order mark", null, Edit(Start, "\ufeff{\n")),
            Malformed("bytes that are not UTF-8", null, new JsonObject { ["find"] = "The account", ["putHex"] = "ff" }),
            Malformed("33 levels", null, Edit(Reason, new string('[', 31) + new string(']', 31))),
            Malformed("a body that is no object", "body", Edit($"{{\n    \"reason\": {Reason}\n  }}", "[]")),
            Taken("white space behind the end", Append("200a")),
            Taken("a character outside the basic plane, escaped", Edit(Reason, "\"\\ud83d\\ude00\"")),
            Taken("nothing for an optional member", Edit(Reason, "null")),
            Taken("as much as there may be", Pad(Start, Room)),
            Refuses("one byte too many", "act.too-large", "", Pad(Start, Room + 1)),
            Taken("a text of 8,000", Edit(Reason, $"\"{new string('x', 8_000)}\"")),
            Outside("a text of 8,001", "body.reason", Edit(Reason, $"\"{new string('x', 8_001)}\"")),
            Outside("a text of white space", "body.reason", Edit(Reason, "\" \"")),
            Outside("a control character", "body.reason", Edit(Reason, "\"a\\u001bb\"")),
            Outside("a character that turns the reading direction", "body.reason", Edit(Reason, "\"a\\u202eb\"")),
            Outside("a number of nought", "number", Edit(Number, "\"number\": 0")),
            Outside("a version of 1,001", "version", Edit("\"version\": 1", "\"version\": 1001")),
            Outside("an addressee at home", "to", Edit("\"XB/central\"", "\"XA/police\"")),
            Outside("kept at home and sent abroad", "visibility", Edit("\"shared\"", "\"party\"")),
            Of(
                "a request that concerns a request",
                "request.json",
                [Edit("\"from\"", $"\"concerns\": \"{new string('0', 64)}\",\n  \"from\"")],
                Refused("act.outside-limits", "concerns")
            ),
            Of(
                "an approval in a form to be sent",
                "approve.json",
                [Edit("\"XA/prosecutor\"", "\"XB/central\""), Edit("\"authority\"", "\"shared\"")],
                Refused("act.outside-limits", "visibility")
            ),
            Of(
                "a transcription of what this build does not understand",
                "transcribed.json",
                [Edit("\"kind\": \"acknowledge\"", "\"kind\": \"salute\"")],
                new JsonObject { ["kind"] = "transcribed" }
            ),
            Of(
                "a transcription of nothing",
                "transcribed.json",
                [Edit("{\n      \"reference\": \"XB-77/2026\"\n    }", "null")],
                Refused("act.outside-limits", "body.body")
            ),
            Of(
                "a transcription of a transcription",
                "transcribed.json",
                [Edit("\"kind\": \"acknowledge\"", "\"kind\": \"transcribed\"")],
                Refused("act.outside-limits", "body.kind")
            ),
        ];

    private static IEnumerable<JsonNode> Good() =>
        VectorActs.Good.Select(g =>
            Of(
                $"a good {g.Key}",
                $"{g.Key}.json",
                [],
                new JsonObject { ["kind"] = g.Key, ["content"] = ActContent.Of(g.Value.Act).Digest().ToString() }
            )
        );

    private static JsonObject Malformed(string name, string? where, JsonObject edit) =>
        Refuses(name, "act.malformed", where, edit);

    private static JsonObject Outside(string name, string where, JsonObject edit) =>
        Refuses(name, "act.outside-limits", where, edit);

    private static JsonObject Refuses(string name, string code, string? where, JsonObject edit) =>
        Of(name, "withdraw.json", [edit], Refused(code, where));

    private static JsonObject Taken(string name, JsonObject edit) =>
        Of(name, "withdraw.json", [edit], new JsonObject { ["kind"] = "withdraw" });
}
