// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

/// <summary>What a log asks of a witness, and what a witness makes of it (C2SP tlog-witness).</summary>
public sealed class SubmissionTests
{
    [Fact]
    public void A_submission_is_read_as_it_was_written() =>
        Gen.Select(Gen.Int[0, Some.LargestSize], Gen.Int[0, Some.LargestSize])
            .Sample(
                (a, b) =>
                {
                    var submission = Between(Math.Min(a, b), Math.Max(a, b));
                    Assert.Equal(submission, Submission.Parse(submission.ToBytes()).Value());
                }
            );

    [Fact]
    public void The_body_is_that_of_the_specification()
    {
        var submission = Between(3, 7);
        var hashes = string.Concat(Some.Tree.Consistency(3, 7).Value().ToBase64().Select(h => h + "\n"));

        Assert.Equal($"old 3\n{hashes}\n{Note(7)}", Encoding.UTF8.GetString(submission.ToBytes()));
    }

    [Theory]
    [InlineData("", "register.submission-malformed", "")]
    [InlineData("old 0\n", "register.submission-malformed", "")]
    [InlineData("old 00\n\n", "register.submission-malformed", "line 1")]
    [InlineData("old -1\n\n", "register.submission-malformed", "line 1")]
    [InlineData("new 0\n\n", "register.submission-malformed", "line 1")]
    [InlineData("old 1\nAAAA\n\n", "register.proof-malformed", "hash 1")]
    [InlineData("old 0\n\n", "register.note-malformed", "")]
    public void What_is_none_is_refused(string body, string code, string where)
    {
        var why = Submission.Parse(Encoding.UTF8.GetBytes(body)).Why();

        Assert.Equal((code, where), (why.Code, why.Where));
    }

    [Fact]
    public void Sixty_four_hashes_are_one_too_many_and_a_body_has_a_bound()
    {
        var hash = Convert.ToBase64String(new byte[32]);
        var many = $"old 1\n{string.Concat(Enumerable.Repeat(hash + "\n", 64))}\n{Note(7)}";

        Assert.Equal("register.proof-malformed", Submission.Parse(Encoding.UTF8.GetBytes(many)).Why().Code);
        Assert.Equal(
            "register.submission-too-large",
            Submission.Parse(new byte[Submission.MaximumBytes + 1]).Why().Code
        );
    }

    [Fact]
    public void A_log_that_only_grew_is_cosigned_from_whatever_size_was_cosigned_last() =>
        Gen.Select(Gen.Int[0, Some.LargestSize], Gen.Int[0, Some.LargestSize])
            .Sample(
                (a, b) =>
                {
                    var (old, now) = (Math.Min(a, b), Math.Max(a, b));
                    Assert.Equal(
                        new Judgement.Grown(At(now)),
                        Between(old, now).Judge(Some.Log.Verifier, Some.Origin, old == 0 ? null : At(old))
                    );
                }
            );

    [Fact]
    public void From_another_size_than_the_last_it_hears_the_last() =>
        Assert.Equal(new Judgement.NotTheLast(At(7), 5), Judge(Between(3, 7), At(5)));

    [Fact]
    public void A_log_that_is_smaller_than_what_was_cosigned_hears_the_last() =>
        Assert.Equal(new Judgement.NotTheLast(At(4), 5), Judge(Between(3, 4), At(5)));

    [Fact]
    public void Another_root_of_the_same_size_is_a_fork_whatever_size_it_names_as_old()
    {
        var forked = Forked(7);

        foreach (var old in new[] { 0, 3, 7 })
        {
            Assert.Equal(
                new Judgement.Forked(Checkpoint.Parse(forked).Value(), 7),
                Judge(new Submission(old, MerklePath.Empty, forked), At(7))
            );
        }
    }

    [Fact]
    public void A_larger_one_without_a_proof_that_it_grew_is_not_consistent()
    {
        var forked = Forked(7);
        var proof = Some.Tree.Consistency(5, 7).Value();

        Assert.Equal(
            new Judgement.NotConsistent(Checkpoint.Parse(forked).Value()),
            Judge(new Submission(5, proof, forked), At(5))
        );
        Assert.Equal(new Judgement.NotConsistent(At(7)), Judge(new Submission(5, MerklePath.Empty, Note(7)), At(5)));
    }

    [Fact]
    public void An_old_size_beyond_the_new_one_is_out_of_order() =>
        Assert.Equal(new Judgement.OutOfOrder(At(4)), Judge(new Submission(5, MerklePath.Empty, Note(4)), At(5)));

    [Fact]
    public void What_another_key_has_signed_is_nobodys()
    {
        var text = At(7).ToString();
        var stranger = new LogSigner(Some.Origin, new byte[32]);
        var note = SignedNote.Unsigned(text).With(stranger.Sign(text));

        var judged = Assert.IsType<Judgement.NotItsOwn>(Judge(new Submission(0, MerklePath.Empty, note), null));
        Assert.Equal("register.checkpoint-unsigned", judged.Why.Code);
    }

    [Fact]
    public void No_bytes_make_a_witness_throw() =>
        Gen.Select(Gen.Int[0, Some.LargestSize], Gen.Byte, Gen.Double[0, 1])
            .Sample(
                (size, value, where) =>
                {
                    var bytes = Between(0, size).ToBytes();
                    bytes[(int)(where * (bytes.Length - 1))] = value;
                    if (Submission.Parse(bytes) is Outcome<Submission>.Admitted submission)
                    {
                        submission.Value.Judge(Some.Log.Verifier, Some.Origin, At(5));
                    }
                }
            );

    [Fact]
    public void A_policy_counts_each_witness_once_and_says_whether_they_are_enough()
    {
        var (one, two, none) = (Witness(1), Witness(2), Witness(3));
        var at = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var note = Note(7).With(one.Sign(At(7).ToString(), at)).With(one.Sign(At(7).ToString(), at.AddHours(1)));
        note = note.With(two.Sign(At(7).ToString(), at));
        var policy = new CheckpointPolicy(2, [one.Verifier, one.Verifier, two.Verifier, none.Verifier]);

        var counted = policy.Count(note).Value();
        Assert.Equal((true, "2 of 3 witnesses, 2 needed"), (counted.IsEnough, counted.ToString()));
        Assert.False((policy with { Needed = 3 }).Count(note).Value().IsEnough);
        Assert.Equal("0 of 0 witnesses, 0 needed", new CheckpointPolicy(0, []).Count(note).Value().ToString());
    }

    private static Cosigner Witness(byte seed) => new($"witness-{seed}", [.. Enumerable.Repeat(seed, 32)]);

    private static Judgement Judge(Submission submission, Checkpoint? last) =>
        submission.Judge(Some.Log.Verifier, Some.Origin, last);

    private static Submission Between(long old, long now) =>
        new(old, Some.Tree.Consistency(old, now).Value(), Note(now));

    private static SignedNote Note(long size) => Some.Signed(At(size));

    private static Checkpoint At(long size) => Checkpoint.Of(Some.Origin, Some.Tree.Edge(size));

    private static SignedNote Forked(int size)
    {
        var tree = MemoryTree.Of([.. Some.Leaves[..(size - 1)], Some.Leaves[size]]);
        return Some.Signed(Checkpoint.Of(Some.Origin, tree.Edge(size)));
    }
}
