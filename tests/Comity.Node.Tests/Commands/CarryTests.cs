// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Instruments;
using Comity.Node.Tests.Bags;

namespace Comity.Node.Tests.Commands;

/// <summary>The command as an operator runs it, beside the nodes that serve.</summary>
public sealed class CarryTests : IAsyncLifetime
{
    private BagPair pair = null!;

    private string Bag => Path.Combine(pair.Pair.Folder, "bag");

    private string Back => Path.Combine(pair.Pair.Folder, "back");

    public async ValueTask InitializeAsync() => pair = await BagPair.StartAsync();

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task Out_in_and_the_answer_back_while_both_nodes_serve()
    {
        var dossier = Pair.NewDossier();
        await pair.A.IssueAsync(pair.Pair.ByA(dossier, Pair.Request(Measure.Preservation)));

        var dry = await OutAsync("--dry-run");
        var packed = await OutAsync("--json");
        var over = await OutAsync();
        var read = await NodeProgram.RunAsync("carry", "in", Bag, "--dry-run", "--json", "--data", pair.B.Data);
        var taken = await NodeProgram.RunAsync("carry", "in", Bag, "--answer", Back, "--json", "--data", pair.B.Data);
        var back = await NodeProgram.RunAsync("carry", "in", Back, "--data", pair.A.Data);
        var nothing = await NodeProgram.RunAsync(
            "carry",
            "out",
            Path.Combine(pair.Pair.Folder, "third"),
            "--to",
            "XB",
            "--data",
            pair.A.Data
        );

        Assert.Equal((0, "due to XB: 1 acts, 0 answers, 0 exhibits of 0 bytes"), (dry.Exit, dry.Output.Trim()));
        Assert.Equal((0, "packed", 1), (packed.Exit, Outcome(packed.Output), Number(packed.Output, "acts")));
        Assert.Equal(2, over.Exit);
        Assert.Equal((0, "holds"), (read.Exit, Outcome(read.Output)));
        var lines = taken.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "taken-in", 1), (taken.Exit, Outcome(lines[0]), Number(lines[0], "admitted")));
        Assert.Equal(("packed", 1), (Outcome(lines[1]), Number(lines[1], "answers")));
        Assert.Equal(0, back.Exit);
        Assert.StartsWith("from XB: 0 acts admitted, 0 not admitted, 0 parked; 1 answers", back.Output);
        Assert.Equal((0, "nothing is due to XB"), (nothing.Exit, nothing.Output.Trim()));
        await pair.AreAlikeAsync(dossier);
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_a_line()
    {
        await pair.A.IssueAsync(pair.Pair.ByA(Pair.NewDossier(), Pair.Request(Measure.Preservation)));
        var since = await OutAsync("--since", "yesterday");
        var packed = await OutAsync("--since", "all");
        await File.AppendAllTextAsync(Path.Combine(Bag, "letters", "1.age"), "x", Stop);
        var changed = await NodeProgram.RunAsync("carry", "in", Bag, "--json", "--data", pair.B.Data);
        var none = await NodeProgram.RunAsync("carry", "in", pair.Pair.Folder, "--data", pair.B.Data);

        Assert.Equal((2, 0), (since.Exit, packed.Exit));
        Assert.Equal((1, "refused"), (changed.Exit, Outcome(changed.Output)));
        Assert.Contains("\"code\":\"bag.file-differs\"", changed.Output, StringComparison.Ordinal);
        Assert.Contains("\"where\":\"letters/1.age\"", changed.Output, StringComparison.Ordinal);
        Assert.Equal(
            "comity-node: nothing was taken in: bag.file-missing, bag.age (docs/spec/bag.md 3)",
            Assert.Single(none.Complaints)
        );
    }

    private Task<Ended> OutAsync(params IReadOnlyList<string> more) =>
        NodeProgram.RunAsync(["carry", "out", Bag, "--to", "XB", "--data", pair.A.Data, .. more]);

    private static string? Outcome(string json) => JsonElement.Parse(json).GetProperty("outcome").GetString();

    private static int Number(string json, string member) => JsonElement.Parse(json).GetProperty(member).GetInt32();
}
