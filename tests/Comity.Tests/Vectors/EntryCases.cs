// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Parties;
using static Comity.Tests.Vectors.VectorCase;

namespace Comity.Tests.Vectors;

/// <summary>What <c>vectors/directory/entries.json</c> and <c>directories.json</c> say, written here by hand.</summary>
internal static class EntryCases
{
    public static JsonArray Entries() =>
        [
            Read("xa-1", "a first entry"),
            Read("xa-2", "one that announces another root"),
            Read("xa-3", "one under that root"),
            Read("xb-1", "another Party's"),
            Of("an entry cut by one byte", "xa-1.p7m", [Cut(1)], Refused("signature.malformed")),
            Of(
                "another letter in it",
                "xa-1.p7m",
                [Edit("State XA", "State XB")],
                Refused("signature.attributes-differ")
            ),
            Of(
                "a signature that is not the root's",
                "xa-1.p7m",
                [Flip(at: -1)],
                Refused("directory.signature-wrong", "")
            ),
            Of(
                "a signature that states another time",
                "xa-time-differs.p7m",
                [],
                Refused("directory.time-differs", "issued")
            ),
            Of("members missing", "xa-malformed.p7m", [], Refused("directory.malformed", "")),
            Of("a life of 401 days", "xa-too-long.p7m", [], Refused("directory.outside-limits", "expires")),
            Read("xa-year-9999", "issued in the last second but one of time"),
            Of("an act", "../acts/withdraw.p7m", [], Refused("directory.malformed", "?")),
        ];

    public static JsonArray Directories() =>
        [
            Told(
                "a root is confirmed and entries follow one another",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-1"),
                Accept("xa-2", "2026-11-12T09:00:00Z"),
                Accept("xa-3", "2026-11-22T09:00:00Z"),
                Accept("xa-3", "2026-11-22T09:00:00Z")
            ),
            Told("nobody confirmed the root", Accept("xa-1", code: "directory.root-unknown")),
            Told(
                "one officer twice",
                Confirm("XA", "xa-1", "directory.two-officers", officers: ["officer 1", "officer 1"])
            ),
            Told(
                "a second confirmation of another root",
                Confirm("XA", "xa-1"),
                Confirm("XA", "xa-1"),
                Confirm("XA", "xa-3", "directory.root-known")
            ),
            Told(
                "an older entry",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-2", "2026-11-12T09:00:00Z"),
                Accept("xa-1", code: "directory.rollback")
            ),
            Told(
                "the same version in other words",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-1-fork", code: "directory.fork")
            ),
            Told(
                "a next version that names another before it",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-2-fork", "2026-11-12T09:00:00Z", "directory.fork")
            ),
            Told(
                "a root that was not announced",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-2-not-announced", "2026-11-12T09:00:00Z", "directory.root-unknown")
            ),
            Told(
                "an announced root, but the entry that announced it was missed",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-3", "2026-11-22T09:00:00Z", "directory.root-unknown")
            ),
            Told(
                "the old root once the new one has signed",
                Confirm("XA", "xa-1"),
                Accept("xa-1"),
                Accept("xa-2", "2026-11-12T09:00:00Z"),
                Accept("xa-3", "2026-11-22T09:00:00Z"),
                Accept("xa-3-old-root", "2026-11-22T09:00:00Z", "directory.root-unknown")
            ),
            Told("an entry in its last second", Confirm("XA", "xa-1"), Accept("xa-short", "2026-11-03T08:59:59Z")),
            Told(
                "an entry that has expired",
                Confirm("XA", "xa-1"),
                Accept("xa-short", "2026-11-03T09:00:00Z", "directory.expired")
            ),
            Told("five minutes ahead", Confirm("XA", "xa-1"), Accept("xa-1", "2026-11-01T08:55:00Z")),
            Told(
                "five minutes and a second ahead",
                Confirm("XA", "xa-1"),
                Accept("xa-1", "2026-11-01T08:54:59Z", "directory.in-the-future")
            ),
        ];

    private static JsonObject Read(string file, string name)
    {
        var entry = SignedEntry.Parse(VectorEntries.All[file]).Admitted();
        return Of(
            name,
            $"{file}.p7m",
            [],
            new JsonObject
            {
                ["id"] = entry.Id.ToString(),
                ["root"] = entry.Root.ToString(),
                ["party"] = entry.Entry.Party.ToString(),
                ["version"] = entry.Entry.Version,
            }
        );
    }

    private static JsonObject Told(string name, params JsonNode[] steps) =>
        new() { ["name"] = name, ["steps"] = new JsonArray(steps) };

    private static JsonObject Accept(string file, string at = "2026-11-03T09:00:00Z", string? code = null) =>
        new()
        {
            ["accept"] = $"{file}.p7m",
            ["at"] = at,
            ["expect"] = code is null ? new JsonObject { ["newest"] = $"{file}.p7m" } : Refused(code),
        };

    private static JsonObject Confirm(
        string party,
        string rootOf,
        string? code = null,
        IReadOnlyList<string>? officers = null
    ) =>
        new()
        {
            ["confirm"] = party,
            ["root"] = SignedEntry.Parse(VectorEntries.All[rootOf]).Admitted().Root.ToString(),
            ["by"] = new JsonArray([
                .. (officers ?? ["officer 1", "officer 2"]).Select(o => (JsonNode)Some.Digest(o).ToString()),
            ]),
            ["expect"] = code is null ? new JsonObject() : Refused(code),
        };
}
