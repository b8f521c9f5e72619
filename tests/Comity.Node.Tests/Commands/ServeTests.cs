// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Comity.Node.Tests.Commands;

/// <summary><c>comity-node serve</c>, as a process: what it says when it cannot, and how it ends.</summary>
public sealed class ServeTests(MadeNodes nodes) : IClassFixture<MadeNodes>
{
    [Fact]
    public async Task A_node_says_when_it_listens_and_ends_at_once_when_it_is_told_to()
    {
        await using var node = await NodeProgram.ServeAsync(nodes.A);
        using var client = new HttpClient();
        var line = node.Said.Split('\n').Single(l => l.Contains(" ready: ", StringComparison.Ordinal));
        Assert.Matches("^XA ready: desk http://\\S+ public http://\\S+ exchange https://\\S+$", line);
        var address = line.Split(' ')[5];

        Assert.Equal("live\n", await client.GetStringAsync(new Uri(address + "health/live"), Stop));
        Assert.Equal("ready\n", await client.GetStringAsync(new Uri(address + "health/ready"), Stop));

        // The client's connection is still open.
        var (exit, took) = await node.TerminateAsync();
        Assert.Equal(0, exit);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_folder_without_a_node_is_said_to_be_one() =>
        Assert.Equal(
            (
                2,
                $"comity-node: {nodes.PathOf("none")}/node.json is not there: make a node with 'comity-node init --data {nodes.PathOf("none")}'"
            ),
            await EndAsync(nodes.PathOf("none"))
        );

    [Fact]
    public async Task Every_mistake_in_the_settings_is_a_line_of_its_own()
    {
        var file = Path.Combine(nodes.A, "node.json");
        var ended = await NodeProgram.RunAsync(
            [
                ("COMITY_NODE_PARTY", "Xanadu"),
                ("COMITY_NODE_DESK__VISITHOURS", "25"),
                ("COMITY_NODE_EXCHANGE__REQUESTSPERMINUTE", "many"),
                ("COMITY_NODE_EXCHANGE__ADDRESS", "http://127.0.0.1:1"),
                ("COMITY_NODE_EXCHANGE__TRANSFER", "4"),
            ],
            ["serve", "--data", nodes.A]
        );

        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.Equal(
            [
                $"comity-node: {file}: desk.visitHours is a whole number from 1 to 24",
                $"comity-node: {file}: exchange.TRANSFER is not a setting",
                $"comity-node: {file}: exchange.address is an address such as https://127.0.0.1:8443",
                $"comity-node: {file}: exchange.requestsPerMinute is a whole number from 1 to 100000",
                $"comity-node: {file}: party is the Party's two-letter code, for example XA",
            ],
            ended.Complaints.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("desk:visitHours", "1", "24", "0", "25")]
    [InlineData("desk:nightReviewHours", "1", "72", "0", "73")]
    [InlineData("exchange:requestsPerMinute", "1", "100000", "0", "100001")]
    [InlineData("exchange:transfers", "1", "64", "0", "65")]
    [InlineData("exchange:firstRetrySeconds", "1", "3600", "0", "3601")]
    [InlineData("exchange:undeliveredHours", "1", "720", "0", "721")]
    [InlineData("desk:largestExhibit", "1", "9223372036854775807", "0", "9223372036854775808")]
    public void A_number_is_taken_within_its_limits_and_no_further(
        string name,
        string least,
        string most,
        string less,
        string more
    )
    {
        Assert.Empty(MistakesWith(name, least));
        Assert.Empty(MistakesWith(name, most));
        Assert.Single(MistakesWith(name, less));
        Assert.Single(MistakesWith(name, more));
        Assert.Single(MistakesWith(name, "-1"));
        Assert.Single(MistakesWith(name, "1.5"));
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_are_unusable()
    {
        var data = Copy("broken");
        await File.WriteAllTextAsync(Path.Combine(data, "node.json"), "{ \"party\": ", Stop);
        var (exit, line) = await EndAsync(data);
        Assert.Equal(2, exit);
        Assert.StartsWith($"comity-node: {data}/node.json: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [InlineData("data.key")]
    [InlineData("register.key")]
    [InlineData("connection.pem")]
    public async Task A_key_that_is_missing_or_is_none_is_named_and_not_shown(string key)
    {
        var data = Copy($"keyless-{key}");
        var file = Path.Combine(data, "keys", key);
        var expected =
            $"comity-node: {file} is missing or is not a key file: restore it from where the node's keys are kept";

        await File.WriteAllTextAsync(file, "not a key", Stop);
        Assert.Equal((2, expected), await EndAsync(data));
        File.Delete(file);
        Assert.Equal((2, expected), await EndAsync(data));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var ended = await NodeProgram.RunAsync(
            [("COMITY_NODE_PUBLIC__ADDRESS", address)],
            ["serve", "--data", nodes.B]
        );
        Assert.Equal(2, ended.Exit);
        Assert.Equal(
            $"comity-node: Failed to bind to address {address}: address already in use.",
            ended.Error.TrimEnd()
        );
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_unusable()
    {
        var ended = await NodeProgram.RunAsync(
            [("COMITY_NODE_PUBLIC__ADDRESS", "http://192.0.2.1:8080")],
            ["serve", "--data", nodes.B]
        );
        Assert.Equal(2, ended.Exit);
        Assert.StartsWith("comity-node: an address cannot be listened at: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Complaints);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    [InlineData("sign-in")]
    public async Task A_file_that_is_no_database_is_said_to_be_none(string command)
    {
        var data = Copy($"garbage-{command}");
        await File.WriteAllTextAsync(Path.Combine(data, "node.db"), new string('x', 8192), Stop);
        var ended = await NodeProgram.RunAsync([
            command,
            .. command == "sign-in" ? new[] { "dana" } : [],
            "--data",
            data,
        ]);
        Assert.Equal(2, ended.Exit);
        Assert.Equal(
            "comity-node: the database cannot be used: SQLite Error 26: 'file is not a database'.",
            ended.Error.TrimEnd()
        );
    }

    [Fact]
    public async Task A_database_server_that_is_not_there_is_said_not_to_be()
    {
        var ended = await NodeProgram.RunAsync(
            [("COMITY_NODE_DATABASE", "Host=127.0.0.1;Port=1;Username=nobody;Password=secret-word;Timeout=5")],
            ["serve", "--data", nodes.B]
        );
        Assert.Equal(2, ended.Exit);
        Assert.StartsWith("comity-node: the database cannot be used: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Complaints);
    }

    private static async Task<(int Exit, string Line)> EndAsync(string data)
    {
        var ended = await NodeProgram.RunAsync("serve", "--data", data);
        Assert.Equal("", ended.Output);
        return (ended.Exit, ended.Error.TrimEnd());
    }

    private IReadOnlyList<string> MistakesWith(string name, string value)
    {
        var data = nodes.PathOf("settings");
        Directory.CreateDirectory(data);
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(nodes.A, "node.json")))!.AsObject();
        var (section, member) = (name.Split(':')[0], name.Split(':')[1]);
        settings[section]!.AsObject()[member] = value;
        File.WriteAllText(Path.Combine(data, "node.json"), settings.ToJsonString());
        return Settings.NodeSettings.Load(data).Mistakes;
    }

    // The node's folder, to be spoilt.
    private string Copy(string name)
    {
        var copy = nodes.PathOf(name);
        foreach (var file in Directory.GetFiles(nodes.B, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(nodes.B, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
