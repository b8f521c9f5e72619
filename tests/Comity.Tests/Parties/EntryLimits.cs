// SPDX-License-Identifier: EUPL-1.2
using Comity.Register;
using Comity.Tests.Acts;
using static Comity.Tests.Acts.Limit;

namespace Comity.Tests.Parties;

/// <summary>Every limit on the size of a member of a directory entry.</summary>
internal static class EntryLimits
{
    private const string Entry = BodyJson.Entry;

    public static IReadOnlyList<Limit> All { get; } =
    [
        Text(Entry, "name", 200),
        new Limit(Entry, "version", "whole number, 1 to 2,147,483,647", [2, int.MaxValue], [0]),
        new Limit(
            Entry,
            "languages[0]",
            "two or three small letters",
            ["en", "arb"],
            ["", "e", "engl", "EN", "e1", "zh-Hans"]
        ),
        new Limit(
            Entry,
            "endpoints.exchange",
            "https address, 1 to 300, no user, query or fragment",
            ["https://node.example", "https://node.example:8443/x", Address("https", 300)],
            [
                "http://node.example/",
                "https://user@node.example/",
                "https://node.example/?a",
                "https://node.example/#a",
                " https://node.example/",
                "https://node.example/ ",
                "https://nøde.example/",
                "node.example",
                "",
                Address("https", 301),
            ]
        ),
        new Limit(
            Entry,
            "endpoints.public",
            "http or https address, 1 to 300, no user, query or fragment",
            ["http://node.example/", "https://node.example/", Address("http", 300)],
            ["ftp://node.example/", "http://user@node.example/", "http://node.example/?a", "", Address("http", 301)]
        ),
        Text(Entry, "register.origin", 200),
        Text(Entry, "register.key", 300),
        List(Entry, "tls", 1, 8, Whole(Specimens.Entry.Tls[0].ToString())),
        List(Entry, "authorities", 1, 64, Numbered("id", "a"), says: "1 to 64, each `id` once"),
        new Limit(
            Entry,
            "authorities[0].id",
            "short name, 1 to 32, not beginning with a hyphen",
            ["a", "0-", new string('x', 32)],
            ["", "-a", "A", "a_b", new string('x', 33)]
        ),
        Text(Entry, "authorities[0].name", 200),
        List(Entry, "authorities[0].competences", 0, 256, (_, _) => { }),
        List(Entry, "authorities[0].competences[0].may", 1, 2, Whole("answer")),
        List(Entry, "authorities[0].evidence", 0, 8, Whole("age1examplerecipient")),
        Text(Entry, "authorities[0].evidence[0]", 4_000),
        Text(Entry, "authorities[0].contact.name", 200),
        Text(Entry, "authorities[0].contact.functions", 200),
        Text(Entry, "authorities[0].contact.telephone", 40),
        Text(Entry, "authorities[0].contact.mail", 200),
        Text(Entry, "authorities[0].contact.hours", 200),
        new Limit(
            Entry,
            "kinds[0]",
            "`kind/version`",
            ["withdraw-not/1", "request/2", "request/1000", $"{new string('a', 32)}/1"],
            [
                "request",
                "request/",
                "/1",
                "request/01",
                "request/0",
                "request/1/1",
                "Request/1",
                "a b/1",
                "request/10000",
            ]
        ),
        List(Entry, "declarations", 0, 256, (_, _) => { }),
        Text(Entry, "declarations[0].provision", 40),
        Text(Entry, "declarations[0].text", 8_000),
        new Limit(
            Entry,
            "witness",
            "a witness's verifier key",
            [WitnessKey(0x04)],
            ["", "xa.example/witness", WitnessKey(0x01)]
        ),
        List(Entry, "timestampRoots", 0, 8, Whole(Specimens.Entry.Tls[0].ToString())),
        new Limit(
            Entry,
            "bag",
            "recipient in the `age` form",
            ["age1pfmytavp3m7v364dmx7rx8l2c377g03xxuxtpw9m2u940y8hupdsfs3sdu"],
            ["", "age1", "AGE1PFMYTAVP3M7V364DMX7RX8L2C377G03XXUXTPW9M2U940Y8HUPDSFS3SDU", "passphrase"]
        ),
    ];

    private static string WitnessKey(byte type) =>
        type == 0x04
            ? new Cosigner("xa.example/witness", new byte[32]).Verifier.ToString()
            : new LogSigner("xa.example/witness", new byte[32]).Verifier.ToString();

    private static string Address(string scheme, int length) => $"{scheme}://node.example/".PadRight(length, 'x');
}
