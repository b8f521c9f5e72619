// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Storage;
using Comity.Node.Tests.Faults;
using Comity.Node.Witnessing;
using Comity.Register;

namespace Comity.Node.Tests.Witnessing;

/// <summary>A node as a witness of others' registers, asked on each database: C2SP tlog-witness.</summary>
public abstract class WitnessTests(Engine engine) : Register.RegisterTests(engine)
{
    private const string Origin = "log.example/xb";

    private static readonly LogSigner Log = new(Origin, [.. Enumerable.Repeat((byte)5, 32)]);

    private static readonly MemoryTree Tree = MemoryTree.Of([
        .. Enumerable.Range(0, 40).Select(i => TreeHash.OfLeaf(Digest.Of([(byte)i]))),
    ]);

    private static readonly MemoryTree Other = MemoryTree.Of([
        .. Enumerable.Range(0, 40).Select(i => TreeHash.OfLeaf(Digest.Of([(byte)(i + 1)]))),
    ]);

    private readonly List<(string Code, string Subject, string Notes)> proofs = [];

    private Witness Witness => NewWitness(Parts.Database);

    [Fact]
    public async Task A_log_that_only_grew_is_cosigned_each_time()
    {
        foreach (var (old, now) in new[] { (0, 3), (3, 3), (3, 8), (8, 40) })
        {
            var answer = await AddAsync(Tree, old, now);

            Assert.Equal((200, false), (answer.Status, answer.IsSize));
            Assert.Equal(1, Counted(Note(Tree, now), answer.Text));
        }
    }

    [Fact]
    public async Task From_another_size_it_hears_the_last_that_was_cosigned()
    {
        await AddAsync(Tree, 0, 8);

        Assert.Equal(new WitnessAnswer(409, "8\n", IsSize: true), await AddAsync(Tree, 3, 40));
        Assert.Equal(new WitnessAnswer(409, "8\n", IsSize: true), await AddAsync(Tree, 0, 3));
        Assert.Empty(proofs);
    }

    [Fact]
    public async Task Two_roots_of_one_size_are_never_both_cosigned_and_both_notes_are_kept()
    {
        await AddAsync(Tree, 0, 8);

        Assert.Equal(new WitnessAnswer(409, "8\n", IsSize: true), await AddAsync(Other, 8, 8));
        var (code, subject, notes) = Assert.Single(proofs);
        Assert.Equal(("register.fork", "size 8"), (code, subject));
        ShowsBoth(notes, 8, 8);
    }

    [Fact]
    public async Task A_register_that_went_another_way_is_not_cosigned_and_both_notes_are_kept()
    {
        await AddAsync(Tree, 0, 8);

        Assert.Equal((422, false), await StatusAsync(Other, 8, 40));
        var (code, subject, notes) = Assert.Single(proofs);
        Assert.Equal(("register.not-consistent", "size 8"), (code, subject));
        ShowsBoth(notes, 8, 40);
        Assert.Equal(200, (await AddAsync(Tree, 8, 40)).Status);
    }

    [Fact]
    public async Task What_is_not_the_logs_own_is_refused_and_leaves_nothing()
    {
        var stranger = new LogSigner(Origin, new byte[32]);
        var text = Checkpoint.Of(Origin, Tree.Edge(3)).ToString();
        var forged = SignedNote.Unsigned(text).With(stranger.Sign(text));

        Assert.Equal(403, (await AddAsync(new Submission(0, MerklePath.Empty, forged))).Status);
        Assert.Equal(400, (await AddAsync(new Submission(9, MerklePath.Empty, Note(Tree, 3)))).Status);
        Assert.Equal(200, (await AddAsync(Tree, 0, 3)).Status);
    }

    [Fact]
    public async Task Of_many_that_submit_at_once_the_cosigned_ones_follow_from_one_another()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(_ => AddAsync(Tree, 0, 8)).Append(AddAsync(Other, 0, 8))
        );

        var last = await Parts.Database.ReadAsync(s => WitnessTables.LastAsync(s, Origin), Stop);
        var root = Checkpoint.Parse(last!).Admitted().Root;
        Assert.All(answers.Where(a => a.Status == 200), a => Assert.Equal(1, Counted(last!, a.Text)));
        Assert.Contains(root, new[] { Tree.Root(8), Other.Root(8) });
        Assert.Contains(answers, a => a.Status == 200);
    }

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public async Task A_write_that_fails_gives_no_cosignature_and_the_log_goes_on_from_where_it_got(Form form)
    {
        await AddAsync(Tree, 0, 3);
        var database = new FaultingDatabase(Parts.Database);
        database.FailNext(form);
        var faulty = NewWitness(database);

        await Assert.ThrowsAsync<InjectedFault>(() => faulty.AddAsync(Between(Tree, 3, 8), Log.Verifier, Origin, Stop));
        var again = await AddAsync(Tree, 3, 8);
        Assert.Equal(form == Form.Failed ? 200 : 409, again.Status);
        Assert.Equal(200, (await AddAsync(Tree, 8, 8)).Status);
    }

    [Fact]
    public async Task Strangers_lines_under_a_checkpoint_are_not_kept()
    {
        var note = Note(Tree, 3);
        for (byte i = 1; i < 60; i++)
        {
            note = note.With(new LogSigner("stranger", [.. Enumerable.Repeat(i, 32)]).Sign(note.Text));
        }

        await AddAsync(new Submission(0, MerklePath.Empty, note));

        var last = await Parts.Database.ReadAsync(s => WitnessTables.LastAsync(s, Origin), Stop);
        Assert.Equal([Origin, Witness.Verifier.Name], last!.Signatures.Select(s => s.Name));
    }

    private Witness NewWitness(IDatabase database) =>
        new(
            database,
            Parts.Keys.Witness!,
            Time,
            (_, code, subject, notes) =>
            {
                proofs.Add((code, subject, Encoding.UTF8.GetString(notes)));
                return Task.CompletedTask;
            },
            (_, _) => Task.CompletedTask
        );

    private async Task<(int Status, bool IsSize)> StatusAsync(MemoryTree tree, long old, long now)
    {
        var answer = await AddAsync(tree, old, now);
        return (answer.Status, answer.IsSize);
    }

    private Task<WitnessAnswer> AddAsync(MemoryTree tree, long old, long now) => AddAsync(Between(tree, old, now));

    private Task<WitnessAnswer> AddAsync(Submission submission) =>
        Witness.AddAsync(submission, Log.Verifier, Origin, Stop);

    private int Counted(SignedNote note, string lines)
    {
        var whole = SignedNote.Parse(Encoding.UTF8.GetBytes($"{note.Text}\n{lines}")).Admitted();
        return Cosignature.Read(whole, [Witness.Verifier]).Admitted().Length;
    }

    private static void ShowsBoth(string notes, params long[] sizes)
    {
        var parts = notes.Split($"\n\n{Origin}\n");
        var read = new[] { parts[0] + "\n", $"{Origin}\n{parts[1]}" }
            .Select(n => SignedNote.Parse(Encoding.UTF8.GetBytes(n)).Admitted())
            .Select(n => Checkpoint.Open(n, Log.Verifier, Origin).Admitted().Size);
        Assert.Equal(sizes, read);
    }

    private static Submission Between(MemoryTree tree, long old, long now) =>
        new(old, tree.Consistency(old, now).Admitted(), Note(tree, now));

    private static SignedNote Note(MemoryTree tree, long size)
    {
        var text = Checkpoint.Of(Origin, tree.Edge(size)).ToString();
        return SignedNote.Unsigned(text).With(Log.Sign(text));
    }
}

/// <summary>A witness that remembers in SQLite.</summary>
public sealed class SqliteWitnessTests() : WitnessTests(Engine.Sqlite);

/// <summary>A witness that remembers in PostgreSQL.</summary>
public sealed class PostgresWitnessTests() : WitnessTests(Engine.Postgres);
