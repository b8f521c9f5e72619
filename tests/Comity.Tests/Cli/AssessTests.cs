// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;

namespace Comity.Tests.Cli;

public sealed class AssessTests
{
    private static readonly string Profiles = Repository.Path("samples", "profiles");

    [Fact]
    public async Task The_abusive_sample_is_named_for_what_it_is_with_its_provisions()
    {
        var told = await AssessAsync("abusive-illegal-access");

        Assert.Equal((1, ""), (told.Exit, told.Error));
        Assert.Contains(
            "not-met: The conduct lacks an element of every provision of the requested Party's law. [UNCC art. 35 (para. 3, unconfirmed)]",
            told.Text
        );
        Assert.Contains("[UNCC art. 6(2)]", told.Text);
        Assert.Contains("AGAINST IT: sg-2, sg-3;", told.Text);
    }

    [Theory]
    [InlineData("ransomware-preservation")]
    [InlineData("ransomware-stored-data")]
    public async Task The_honest_samples_pass_with_what_is_still_open(string sample)
    {
        var told = await AssessAsync(sample);

        Assert.Equal((0, ""), (told.Exit, told.Error));
        Assert.Contains("nothing speaks against it; 7 questions are open\n", told.Text);
    }

    [Fact]
    public async Task Without_profiles_what_needs_them_is_unknown_and_never_met()
    {
        var told = await RunAsync("assess", Repository.Path("samples", "ransomware-stored-data.json"), "--json");
        var verdicts = JsonElement
            .Parse(told.Text)
            .GetProperty("findings")
            .EnumerateArray()
            .ToDictionary(f => f.GetProperty("safeguard").GetString()!, f => f.GetProperty("verdict").GetString());

        Assert.Equal(("unknown", "unknown"), (verdicts["sg-1"], verdicts["sg-2"]));
    }

    [Fact]
    public async Task A_request_that_is_none_is_unusable_and_says_where()
    {
        using ScratchFolder scratch = new();
        await File.WriteAllTextAsync(
            scratch.File("request.json"),
            "{ \"measure\": \"arrest\" }",
            TestContext.Current.CancellationToken
        );

        var told = await RunAsync("assess", scratch.File("request.json"));

        Assert.Equal((2, ""), (told.Exit, told.Text));
        Assert.Contains("(act.malformed, body.measure)", told.Error);
    }

    [Fact]
    public async Task A_new_draft_says_what_it_lacks_and_is_never_written_over()
    {
        using ScratchFolder scratch = new();
        var path = scratch.File("draft.json");

        var begun = await RunAsync("draft", path, "--new", "preservation");
        var again = await RunAsync("draft", path, "--new", "preservation");
        var complete = await RunAsync("draft", Repository.Path("samples", "ransomware-preservation.json"));

        Assert.Equal(1, begun.Exit);
        Assert.StartsWith($"{path}: preservation, 1 of 9 said\n", begun.Text);
        Assert.Contains("A provider can only keep what it can find.", begun.Text);
        Assert.Equal(2, again.Exit);
        Assert.Equal((0, ""), (complete.Exit, complete.Error));
    }

    private static Task<Finished> AssessAsync(string sample) =>
        RunAsync(
            "assess",
            Repository.Path("samples", $"{sample}.json"),
            "--requesting",
            Path.Combine(Profiles, "XA.json"),
            "--requested",
            Path.Combine(Profiles, "XB.json"),
            "--on",
            "2026-11-24T12:00:00Z"
        );

    private static Task<Finished> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Comity, arguments);
}
