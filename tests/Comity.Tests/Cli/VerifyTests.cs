// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Tests.Files;

namespace Comity.Tests.Cli;

public sealed class VerifyTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task A_dossier_that_holds_ends_with_zero_and_one_that_does_not_with_one()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        await File.WriteAllTextAsync(
            scratch.File("roots.pem"),
            ExportedCase.RootsPem,
            TestContext.Current.CancellationToken
        );

        var good = await RunAsync("verify", scratch.File("dossier"), "--roots", scratch.File("roots.pem"));
        File.Delete(scratch.File("dossier/acts/003-supply.p7m"));
        var bad = await RunAsync("verify", scratch.File("dossier"), "--roots", scratch.File("roots.pem"));

        Assert.Equal((0, ""), (good.Exit, good.Error));
        Assert.EndsWith(" checked, 0 could not be checked\n", good.Text);
        Assert.Equal((1, ""), (bad.Exit, bad.Error));
        Assert.Contains("NOT          acts/003-supply.p7m is there: verify.file-missing", bad.Text);
        Assert.EndsWith("DOES NOT HOLD: 1 of 17\n", bad.Text);
    }

    [Fact]
    public async Task An_act_is_held_to_its_id()
    {
        using ScratchFolder scratch = new();
        var act = Case.Acts[0];
        await File.WriteAllBytesAsync(
            scratch.File("act.p7m"),
            act.Signed.Encoded.ToArray(),
            TestContext.Current.CancellationToken
        );

        var right = await RunAsync("verify", scratch.File("act.p7m"), "--id", act.Id.ToString());
        var wrong = await RunAsync("verify", scratch.File("act.p7m"), "--id", Case.Acts[1].Id.ToString());
        var nonsense = await RunAsync("verify", scratch.File("act.p7m"), "--id", "ABC");

        Assert.Equal(0, right.Exit);
        Assert.Equal(1, wrong.Exit);
        Assert.Contains($"act.id-differs: it is {act.Id}", wrong.Text);
        Assert.Equal(
            (2, "", "comity: --id is 64 lower-case hexadecimal digits (cli.arguments)\nhint: see comity --help\n"),
            nonsense.Shown
        );
    }

    [Fact]
    public async Task What_is_no_act_does_not_hold_and_what_is_not_there_is_unusable()
    {
        using ScratchFolder scratch = new();
        await File.WriteAllTextAsync(scratch.File("letter.txt"), "Dear Sirs", TestContext.Current.CancellationToken);

        Assert.Equal(1, (await RunAsync("verify", scratch.File("letter.txt"))).Exit);
        Assert.Equal(2, (await RunAsync("verify", scratch.File("nothing"))).Exit);
        Assert.Equal(
            2,
            (await RunAsync("verify", scratch.File("letter.txt"), "--roots", scratch.File("letter.txt"))).Exit
        );
    }

    [Fact]
    public async Task The_json_has_the_same_lines()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));

        var told = await RunAsync("verify", scratch.File("dossier"), "--json");
        var json = JsonElement.Parse(told.Text);

        Assert.Equal(0, told.Exit);
        Assert.Equal("holds", json.GetProperty("outcome").GetString());
        Assert.Equal(
            ["not-checked", "not-checked"],
            json.GetProperty("lines")
                .EnumerateArray()
                .Select(l => l.GetProperty("result").GetString())
                .Where(r => r != "holds")
        );
    }

    [Fact]
    public async Task Inspecting_shows_an_act_and_says_that_nothing_was_verified()
    {
        using ScratchFolder scratch = new();
        var act = Case.Acts[0];
        await File.WriteAllBytesAsync(
            scratch.File("act.p7m"),
            act.Signed.Encoded.ToArray(),
            TestContext.Current.CancellationToken
        );

        var shown = await RunAsync("inspect", scratch.File("act.p7m"));

        Assert.Equal(0, shown.Exit);
        Assert.StartsWith(
            $"signed act, not verified\n  id: {act.Id}\n  kind: request/1\n  from: XA/central\n",
            shown.Text
        );
        Assert.Contains("\"measure\": \"stored-data\"", shown.Text);
    }

    [Fact]
    public async Task The_same_entry_given_twice_is_given_once()
    {
        using ScratchFolder scratch = new();
        var act = scratch.Write("act.p7m", Case.Acts[0].Signed.Encoded.ToArray());
        var entry = scratch.Write("entry.p7m", Case.EntryA.Signed.Encoded.ToArray());

        Assert.Equal(
            (await RunAsync("verify", act, "--entry", entry)).Shown,
            (await RunAsync("verify", act, "--entry", entry, "--entry", entry)).Shown
        );
    }

    [Fact]
    public async Task A_name_of_a_file_cannot_move_the_cursor_or_begin_a_line()
    {
        using ScratchFolder scratch = new();
        await Case.WriteAsync(scratch.File("dossier"));
        scratch.Write("dossier/x\e[2J\nholds        everything", []);

        var told = await RunAsync("verify", scratch.File("dossier"));

        Assert.Contains("NOT          x\uFFFD[2J\uFFFDholds        everything is named in the list", told.Text);
        Assert.DoesNotContain('\e', told.Text);
    }

    [Fact]
    public async Task A_State_cannot_put_a_fingerprint_of_its_own_into_what_inspecting_shows()
    {
        using ScratchFolder scratch = new();
        var entry = Some.A.Sign(Case.EntryA.Entry with { Name = "State\n  root: 0000" });

        var told = await RunAsync("inspect", scratch.Write("entry.p7m", entry.Signed.Encoded.ToArray()));

        Assert.Contains("  party: XA, State\\u000a  root: 0000\n", told.Text);
        Assert.Single(told.Text.Split('\n'), l => l.StartsWith("  root: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_none_is_said_to_be_none()
    {
        Assert.Equal((2, "", "comity: no such file (cli.no-such-file)\n"), (await RunAsync("keygen", "-o", "")).Shown);
    }

    private static Task<Finished> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Comity, arguments);
}
