// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Demo;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Tests.Commands;

/// <summary>A witness that is nobody's node, run as whoever wants to be one runs it.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-witness").FullName;
    private readonly Uri address = new($"http://127.0.0.1:{FreePorts.Find(1)[0]}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_node_that_names_it_has_its_checkpoints_cosigned_by_it()
    {
        await using var node = await TestNode.MakeAsync(folder, PartyId.Of("XA"), "sqlite");
        await using var parts = node.NewParts();
        await using var witness = await StartAsync("--log", parts.Keys.Register.Verifier.ToString());
        var key = KeyOf(witness.Said);
        node.Adjust = s => s with { Witnesses = [new(key, address)] };
        await node.StartAsync();

        var published = await node.Parts.Publisher.PublishAsync(DateTimeOffset.MaxValue, Stop);

        Assert.Equal(
            "1 of 1 witness, 1 needed",
            new CheckpointPolicy(1, [key]).Count(published!.Note).Admitted().ToString()
        );
    }

    [Fact]
    public async Task Killed_and_started_again_it_is_the_same_one_and_remembers_what_it_cosigned()
    {
        NoteVerifier key;
        await using (var first = await StartAsync("--log", Log.Verifier.ToString()))
        {
            key = KeyOf(first.Said);
            Assert.Equal(200, await SubmitAsync(new Submission(0, MerklePath.Empty, Note(Tree, 8))));
            await first.KillAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal(key, KeyOf(again.Said));
        Assert.Equal(409, await SubmitAsync(new Submission(0, MerklePath.Empty, Note(Tree, 9))));
        Assert.Equal(409, await SubmitAsync(new Submission(8, MerklePath.Empty, Note(Other, 8))));

        var proof = Assert.Single(Directory.GetFiles(Path.Combine(folder, "witness", "proofs")));
        Assert.StartsWith("register.fork ", Path.GetFileName(proof), StringComparison.Ordinal);
        var both = await File.ReadAllTextAsync(proof, Stop);
        Assert.Contains(Note(Tree, 8).Text, both, StringComparison.Ordinal);
        Assert.Contains(Note(Other, 8).ToString(), both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_log_it_does_not_know_it_says_so_and_a_key_without_a_name_is_not_made()
    {
        await using (var witness = await StartAsync())
        {
            Assert.Equal(404, await SubmitAsync(new Submission(0, MerklePath.Empty, Note(Tree, 8))));
        }

        var nameless = await NodeProgram.RunAsync("witness", "--data", Path.Combine(folder, "other"));
        Assert.Equal(2, nameless.Exit);
        Assert.Contains("name the new one with --name", nameless.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "other")));
    }

    private static LogSigner Log { get; } = new("log.example/1", [.. Enumerable.Repeat((byte)9, 32)]);

    private static MemoryTree Tree { get; } =
        MemoryTree.Of([.. Enumerable.Range(0, 9).Select(i => TreeHash.OfLeaf(Digest.Of([(byte)i])))]);

    private static MemoryTree Other { get; } =
        MemoryTree.Of([.. Enumerable.Range(1, 9).Select(i => TreeHash.OfLeaf(Digest.Of([(byte)i])))]);

    private static SignedNote Note(MemoryTree tree, long size)
    {
        var text = Checkpoint.Of(Log.Verifier.Name, tree.Edge(size)).ToString();
        return SignedNote.Unsigned(text).With(Log.Sign(text));
    }

    private static NoteVerifier KeyOf(string said) =>
        NoteVerifier.Parse(said.Split(" key ")[1].Split('\n')[0]).Admitted();

    private async Task<Served> StartAsync(params string[] more)
    {
        string[] always =
        [
            "witness",
            "--data",
            Path.Combine(folder, "witness"),
            "--name",
            "witness.example/w1",
            "--address",
            address.ToString(),
        ];
        var witness = NodeProgram.Begin([.. always, .. more]);
        await witness.ReadyAsync();
        return witness;
    }

    private async Task<int> SubmitAsync(Submission submission)
    {
        using var client = new HttpClient();
        using var body = new ByteArrayContent(submission.ToBytes());
        using var response = await client.PostAsync(new Uri(address, "add-checkpoint"), body, Stop);
        Assert.NotEmpty(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Stop)));
        return (int)response.StatusCode;
    }
}
