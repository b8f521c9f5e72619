// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Commands;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Comity.Parties;
using Microsoft.Data.Sqlite;

namespace Comity.Node.Tests.Setup;

/// <summary>An operator's mistake is said before it does harm.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-mistake").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_node_does_not_run_on_an_empty_database()
    {
        await using var node = await MakeAsync("XA");
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(node.Data, "node.db"));

        var fault = await Assert.ThrowsAsync<NotThisNodeException>(node.StartAsync);

        Assert.StartsWith("the database holds no register", fault.Message);
    }

    [Fact]
    public async Task A_node_does_not_run_with_the_keys_of_another()
    {
        await using var node = await MakeAsync("XA");
        await using var other = await MakeAsync("XB");
        CopyKey(other, node, "register.key");
        CopyKey(other, node, "register.origin");

        var fault = await Assert.ThrowsAsync<NotThisNodeException>(node.StartAsync);

        Assert.StartsWith("register.key", fault.Message);
    }

    [Fact]
    public async Task A_node_does_not_run_with_a_data_key_that_does_not_open_its_database()
    {
        await using var pair = await Pair.StartAsync();
        await pair.A.IssueAsync(pair.ByA(Pair.NewDossier(), Pair.Request(Instruments.Measure.Preservation)));
        await pair.A.StopAsync();
        CopyKey(pair.B, pair.A, "data.key");

        var fault = await Assert.ThrowsAsync<NotThisNodeException>(pair.A.StartAsync);

        Assert.StartsWith("data.key", fault.Message);
    }

    [Theory]
    [InlineData("data", "data", "ada:drafter:Ada", "ben:approver:Ben")]
    [InlineData("data", "data/offline", "ada:drafter:Ada", "ben:approver:Ben")]
    [InlineData("offline/data", "offline", "ada:drafter:Ada", "ben:approver:Ben")]
    [InlineData("data", "offline", "ada:drafter:Ada", "ada:approver:Ada")]
    [InlineData("data", "offline", "ada:drafter:Ada", "ben:drafter:Ben")]
    [InlineData("data", "offline", "ada:drafter,approver:Ada", "ben:assessor:Ben")]
    public async Task A_node_that_could_not_work_or_would_hold_its_own_root_is_not_made(
        string data,
        string offline,
        string first,
        string second
    )
    {
        Assert.Equal(Common.Unusable, await InitAsync(data, offline, first, second));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_node_is_made_in_folders_side_by_side() =>
        Assert.Equal(Common.Ok, await InitAsync("data", "data-offline", "ada:drafter:Ada", "ben:approver:Ben"));

    [Fact]
    public async Task A_file_without_an_end_is_no_entry()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files");
        await using var node = await MakeAsync("XA");

        Assert.Equal(
            Common.NotOk,
            await TrustCommand
                .Create()
                .Parse([
                    "/dev/zero",
                    "--root",
                    node.Entry.Root.ToString(),
                    "--officer",
                    TestNode.Drafter,
                    "--data",
                    node.Data,
                ])
                .InvokeAsync(cancellationToken: Stop)
        );
    }

    [Fact]
    public async Task A_desk_in_the_clear_and_a_key_that_others_can_read_are_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        await using var node = await MakeAsync("XA");
        var settings = NodeSettings.Load(node.Data).Settings!;
        Assert.Empty(Hazards.Of(settings));

        var key = Path.Combine(settings.KeyFolder, "data.key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        Assert.Equal(
            [
                "desk.address is http://desk.example/: without https others on the line read phrases as they are typed",
                $"{key} is a key that other accounts can read: chmod 600",
            ],
            Hazards.Of(settings with { Desk = new Uri("http://desk.example/") })
        );
    }

    private Task<int> InitAsync(string data, string offline, string first, string second) =>
        InitCommand
            .Create()
            .Parse([
                "--party",
                "XA",
                "--name",
                "State XA",
                "--authority",
                "Central Authority",
                "--data",
                Path.Combine(folder, data),
                "--offline",
                Path.Combine(folder, offline),
                "--exchange",
                "https://127.0.0.1:8443",
                "--desk",
                "http://127.0.0.1:8080",
                "--public",
                "http://127.0.0.1:8081",
                "--officer",
                first,
                "--officer",
                second,
            ])
            .InvokeAsync(cancellationToken: Stop);

    private Task<TestNode> MakeAsync(string party) => TestNode.MakeAsync(folder, PartyId.Of(party), "sqlite");

    private static void CopyKey(TestNode from, TestNode to, string name) =>
        File.Copy(Path.Combine(from.Data, "keys", name), Path.Combine(to.Data, "keys", name), overwrite: true);
}
