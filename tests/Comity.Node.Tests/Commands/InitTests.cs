// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Tests.Commands;

/// <summary><c>comity-node init</c> and <c>trust</c>, as processes.</summary>
public sealed class InitTests(MadeNodes nodes) : IClassFixture<MadeNodes>
{
    [Fact]
    public void A_node_is_made_and_what_must_be_known_is_shown_once()
    {
        Assert.Equal("", nodes.Made.Error);
        var lines = nodes.Made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"node of XA made in {nodes.A}", lines[0]);
        Assert.Matches("^root fingerprint, to compare with other States by telephone: [0-9a-f]{64}$", lines[1]);
        Assert.Matches("^signing phrase of dana, shown once: ([a-z2-9]{4}-){3}[a-z2-9]{4}$", lines[2]);
        Assert.Matches("^signing phrase of ari, shown once: ([a-z2-9]{4}-){3}[a-z2-9]{4}$", lines[3]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_alone_and_the_root_is_not_on_the_node()
    {
        string[] expected =
        [
            "bag.key",
            "connection.pem",
            "data.key",
            "register.key",
            "register.origin",
            "seal-central.pem",
            "witness.key",
        ];
        var keys = Directory.GetFiles(Path.Combine(nodes.A, "keys"));
        Assert.Equal(expected, keys.Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        var offline = Directory.GetFiles(nodes.PathOf("offline-XA"));
        Assert.All(keys.Concat(offline), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(f)));
        Assert.DoesNotContain(
            "PRIVATE KEY",
            File.ReadAllText(Path.Combine(nodes.A, "root.pem")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_left_as_it_is()
    {
        var before = Snapshot(nodes.A);
        var again = await nodes.InitAsync("XA", ("--offline", nodes.PathOf("elsewhere")));
        Assert.Equal(2, again.Exit);
        Assert.Equal([$"comity-node: {nodes.A} is not empty: a node is made in a folder of its own"], again.Complaints);
        Assert.Equal(before, Snapshot(nodes.A));

        var offline = nodes.PathOf("offline-XA");
        var key = Snapshot(offline);
        again = await nodes.InitAsync("XA", ("--data", nodes.PathOf("fresh")));
        Assert.Equal(2, again.Exit);
        Assert.Equal([$"comity-node: {offline} is not empty: a node is made in a folder of its own"], again.Complaints);
        Assert.Equal(key, Snapshot(offline));
    }

    [Theory]
    [InlineData("--party", "Xanadu", "--party Xanadu is not an ISO 3166 code or XA to XZ")]
    [InlineData("--exchange", "nowhere", "an address looks like https://node.example:8443; for peers it is https")]
    [InlineData(
        "--exchange",
        "http://127.0.0.1:1",
        "an address looks like https://node.example:8443; for peers it is https"
    )]
    [InlineData(
        "--officer",
        "dana:drafter:Dana Draft",
        "--officer is given twice at least, as id:roles:name, each with an id of their own"
    )]
    [InlineData(
        "--officer",
        "dana:king:Dana Draft",
        "--officer is given twice at least, as id:roles:name, each with an id of their own"
    )]
    [InlineData("--database", "postgress", "the database is sqlite, or a PostgreSQL connection string")]
    [InlineData("--database", "Sqlite", "the database is sqlite, or a PostgreSQL connection string")]
    [InlineData("--name", "", "the node's directory entry would not be one: directory.outside-limits (name)")]
    public async Task What_cannot_be_used_is_said_in_a_line_and_nothing_is_made(
        string option,
        string value,
        string line
    )
    {
        var data = nodes.PathOf(Guid.NewGuid().ToString("N"));
        var ended = await nodes.InitAsync("XC", ("--data", data), ("--offline", data + "-offline"), (option, value));
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.Equal([$"comity-node: {line}"], ended.Complaints);
        Assert.False(Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any());
    }

    [Fact]
    public async Task The_same_officer_twice_is_one()
    {
        var data = nodes.PathOf(Guid.NewGuid().ToString("N"));
        var ended = await NodeProgram.RunAsync(
            "init",
            "--party",
            "XC",
            "--name",
            "XC",
            "--authority",
            "C",
            "--data",
            data,
            "--offline",
            data + "-offline",
            "--exchange",
            "https://127.0.0.1:1",
            "--desk",
            "http://127.0.0.1:2",
            "--public",
            "http://127.0.0.1:3",
            "--officer",
            "dana:drafter:Dana Draft",
            "--officer",
            "dana:approver:Dana Draft"
        );
        Assert.Equal(2, ended.Exit);
        Assert.Equal(
            ["comity-node: --officer is given twice at least, as id:roles:name, each with an id of their own"],
            ended.Complaints
        );
    }

    [Fact]
    public async Task A_database_that_holds_a_node_is_not_given_to_another()
    {
        var database = Databases.New(Engine.Postgres);
        var first = await nodes.InitAsync("XD", ("--database", database));
        Assert.Equal(0, first.Exit);

        var second = await nodes.InitAsync("XE", ("--database", database));

        Assert.Equal(2, second.Exit);
        Assert.Equal(["comity-node: the database holds a node already: each has one of its own"], second.Complaints);
        Databases.Drop(database);
    }

    [Fact]
    public async Task Another_State_is_confirmed_by_two_officers_who_compared_its_fingerprint()
    {
        var trusted = await nodes.TrustAsync();
        Assert.Equal((0, ""), (trusted.Exit, trusted.Error));
        Assert.Equal("XB is confirmed, entry version 1\n", trusted.Output);

        // Once more changes nothing.
        Assert.Equal(trusted, await nodes.TrustAsync());
    }

    [Fact]
    public async Task A_fingerprint_that_differs_in_a_digit_confirms_nothing()
    {
        var root = nodes.FingerprintOfB();
        var other = (root[0] == '0' ? '1' : '0') + root[1..];
        var ended = await nodes.TrustAsync(other);
        Assert.Equal(1, ended.Exit);
        Assert.Equal(
            [$"comity-node: the entry is signed by the root {root}, which is not the one read out"],
            ended.Complaints
        );
    }

    [Fact]
    public async Task What_is_no_fingerprint_is_unusable() =>
        Assert.Equal(
            (2, "comity-node: an entry file and a fingerprint of 64 hexadecimal digits are needed"),
            Both(await nodes.TrustAsync("12:34"))
        );

    [Fact]
    public async Task One_officer_twice_is_not_two() =>
        Assert.Equal(
            (1, "comity-node: directory.two-officers (docs/spec/directory.md 4)"),
            Both(await nodes.TrustAsync(null, null, "dana", "dana"))
        );

    [Fact]
    public async Task One_officer_is_not_two() =>
        Assert.Equal(
            (1, "comity-node: directory.two-officers (docs/spec/directory.md 4)"),
            Both(await nodes.TrustAsync(null, null, "dana"))
        );

    [Fact]
    public async Task A_wrong_phrase_confirms_nothing_and_is_not_repeated() =>
        Assert.Equal(
            (1, "comity-node: dana is no officer of this node, or the phrase does not open the key"),
            Both(await nodes.TrustAsync(null, "wrong-phrase-2026"))
        );

    [Fact]
    public async Task Nobody_who_is_no_officer_confirms() =>
        Assert.Equal(
            (1, "comity-node: eve is no officer of this node, or the phrase does not open the key"),
            Both(await nodes.TrustAsync(null, null, "eve", "ari"))
        );

    [Fact]
    public async Task A_sign_in_link_is_printed_for_an_officer_and_for_nobody_else()
    {
        var link = await NodeProgram.RunAsync("sign-in", "dana", "--data", nodes.A);
        Assert.Equal((0, ""), (link.Exit, link.Error));
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/sign-in/[A-Za-z0-9_-]{43}\n$", link.Output);

        Assert.Equal(
            (2, "comity-node: eve is no officer of this node"),
            Both(await NodeProgram.RunAsync("sign-in", "eve", "--data", nodes.A))
        );
    }

    private static (int, string) Both(Ended ended) => (ended.Exit, ended.Error.TrimEnd());

    private static UnixFileMode ModeOf(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        return OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);
    }

    private static string Snapshot(string folder) =>
        string.Join(
            '\n',
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => $"{f} {Digest.Of(File.ReadAllBytes(f))}")
        );
}
