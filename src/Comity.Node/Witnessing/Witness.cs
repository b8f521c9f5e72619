// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Witnessing;

/// <summary>Cosigns the checkpoints of others: of two that do not follow from one another, never both.</summary>
/// <remarks>
/// Source: C2SP tlog-witness. Judging a checkpoint and remembering it are one transaction, durable before the cosignature is
/// given. A crash after it and before the answer costs the log a repetition: it hears which size was cosigned last, and asks
/// again from there. What proves that a log was forked is handed to <paramref name="onProof"/> in the same transaction.
/// </remarks>
/// <param name="database">Where it remembers.</param>
/// <param name="key">Its key.</param>
/// <param name="time">The clock.</param>
/// <param name="onProof">
/// Keeps what proves that a log went wrong: its code, what it is about, and the two notes.
/// </param>
/// <param name="onGrown">Notes a checkpoint that is about to be cosigned.</param>
internal sealed class Witness(
    IDatabase database,
    Cosigner key,
    TimeProvider time,
    Func<Session, string, string, byte[], Task> onProof,
    Func<Session, SignedNote, Task> onGrown
)
{
    /// <summary>The key by which readers know it.</summary>
    public NoteVerifier Verifier => key.Verifier;

    /// <summary>Takes a submission.</summary>
    /// <param name="submission">Within its limits.</param>
    /// <param name="register">The log's key.</param>
    /// <param name="origin">The origin it is trusted for.</param>
    /// <param name="stop">Gives up waiting; it may have been cosigned.</param>
    public async Task<WitnessAnswer> AddAsync(
        Submission submission,
        NoteVerifier register,
        string origin,
        CancellationToken stop
    )
    {
        while (true)
        {
            // Another replica that has cosigned meanwhile has changed what this one is judged against.
            if (await TryAsync(submission, register, origin, stop) is { } answer)
            {
                return answer;
            }
        }
    }

    private Task<WitnessAnswer?> TryAsync(
        Submission submission,
        NoteVerifier register,
        string origin,
        CancellationToken stop
    ) =>
        database.WriteAsync<WitnessAnswer?>(
            async session =>
            {
                var last = await WitnessTables.LastAsync(session, origin);
                var known = last is null ? null : Stated(last);
                switch (submission.Judge(register, origin, known))
                {
                    case Judgement.Grown grown:
                        var bare = Bare(submission.Checkpoint, register);
                        await onGrown(session, bare);
                        return await CosignAsync(session, bare, grown.Stated, known?.Size);
                    case Judgement.NotTheLast behind:
                        return new WitnessAnswer(409, Line(behind.Known), IsSize: true);
                    case Judgement.Forked forked:
                        await onProof(
                            session,
                            "register.fork",
                            $"size {forked.Known}",
                            Both(last!, submission, register)
                        );
                        return new WitnessAnswer(409, Line(forked.Known), IsSize: true);
                    case Judgement.NotConsistent wrong:
                        if (last is not null && wrong.Stated.Size > known!.Size)
                        {
                            await onProof(
                                session,
                                "register.not-consistent",
                                $"size {known!.Size}",
                                Both(last, submission, register)
                            );
                        }

                        return new WitnessAnswer(422, "register.not-consistent\n", IsSize: false);
                    case Judgement.OutOfOrder:
                        return new WitnessAnswer(400, "register.size-out-of-range\n", IsSize: false);
                    case Judgement.NotItsOwn notItsOwn:
                        return notItsOwn.Why.Code == "register.checkpoint-origin"
                            ? new WitnessAnswer(404, "register.checkpoint-origin\n", IsSize: false)
                            : new WitnessAnswer(403, notItsOwn.Why.Code + "\n", IsSize: false);
                    default:
                        throw new InvalidOperationException("a judgement is one of its cases");
                }
            },
            stop
        );

    private async Task<WitnessAnswer?> CosignAsync(Session session, SignedNote note, Checkpoint stated, long? before)
    {
        var at = Instants.ToSecond(time.GetUtcNow());
        var line = key.Sign(note.Text, at);
        return await WitnessTables.KeepAsync(session, stated.Origin, before, stated.Size, note.With(line), at)
            ? new WitnessAnswer(200, line.ToString(), IsSize: false)
            : null;
    }

    // Of the lines that came with it only the log's own are kept: a stranger's could fill the disk.
    private static SignedNote Bare(SignedNote note, NoteVerifier register) =>
        note
            .Signatures.Where(register.IsNamedBy)
            .Aggregate(SignedNote.Unsigned(note.Text), (bare, line) => bare.With(line));

    private static Checkpoint Stated(SignedNote note) =>
        Checkpoint.Parse(note) is Outcome<Checkpoint>.Admitted stated
            ? stated.Value
            : throw new InvalidDataException("what was cosigned is no checkpoint");

    private static byte[] Both(SignedNote last, Submission submission, NoteVerifier register) =>
        Encoding.UTF8.GetBytes($"{last}\n{Bare(submission.Checkpoint, register)}");

    private static string Line(long size) => size.ToString(CultureInfo.InvariantCulture) + "\n";
}

/// <summary>What a witness answers, as C2SP tlog-witness says it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body: cosignatures at 200, a size when it is one, else a code.</param>
/// <param name="IsSize">Whether the body is the size of the last checkpoint cosigned.</param>
internal sealed record WitnessAnswer(int Status, string Text, bool IsSize);
