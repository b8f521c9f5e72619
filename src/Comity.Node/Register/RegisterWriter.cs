// SPDX-License-Identifier: EUPL-1.2
using System.Threading.Channels;
using Comity.Node.Keys;
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Register;

/// <summary>The one that appends: gathers work into batches, each batch one transaction and one signature.</summary>
/// <remarks>
/// <para>
/// An entry is <em>sequenced</em> when it has an index, <em>integrated</em> when root and checkpoint cover it, and durable
/// when the transaction has committed. Here the three happen at once: no caller learns of an index before the commit. It is
/// <em>published</em> later, at an interval, when the folder of tiles shows a checkpoint that covers it
/// (<see cref="Publisher"/>); nobody waits for that.
/// </para>
/// <para>
/// One writer at a time, fenced: the head is changed only if it is still the one the batch was built on (size, root and
/// epoch), so of two replicas that both believe they write, one fails and appends nothing.
/// </para>
/// </remarks>
internal sealed class RegisterWriter : BackgroundService
{
    /// <summary>Most pieces of work in a batch. Bounds the time a commit holds other writers up.</summary>
    private const int LargestBatch = 512;

    private readonly IDatabase database;
    private readonly NodeKeys keys;
    private readonly Halt halt;
    private readonly TimeProvider time;
    private readonly NodeMeters meters;
    private readonly ILogger<RegisterWriter> log;

    // Bounded, so that a flood waits at the door instead of in memory.
    private readonly Channel<IWork> waiting = Channel.CreateBounded<IWork>(4 * LargestBatch);
    private TreeEdge edge = TreeEdge.Empty;

    public RegisterWriter(
        IDatabase database,
        NodeKeys keys,
        Halt halt,
        TimeProvider time,
        NodeMeters meters,
        ILogger<RegisterWriter> log
    ) =>
        (this.database, this.keys, this.halt, this.time, this.meters, this.log) = (
            database,
            keys,
            halt,
            time,
            meters,
            log
        );

    /// <summary>Does a piece of work in the register's next batch, and returns when it is durable.</summary>
    /// <param name="work">Reads and writes through the batch's session, and adds entries. May be run again after a failure.</param>
    /// <param name="stop">Gives up waiting. The work may still be done.</param>
    /// <exception cref="Exception">
    /// The work's own, which undid only that work; or the database's, after which the whole batch may or may not have
    /// persisted: repeat, the work finds what it did.
    /// </exception>
    public async Task<T> WriteAsync<T>(Func<RegisterBatch, Task<T>> work, CancellationToken stop)
    {
        var item = new Work<T>(work);
        try
        {
            await waiting.Writer.WriteAsync(item, stop);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("the node is stopping");
        }

        return await item.Done.WaitAsync(stop);
    }

    /// <summary>Finishes the batch under way, takes no more, and tells whoever still waits, also when nothing ever ran.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        while (waiting.Reader.TryRead(out var late))
        {
            late.Fail(new OperationCanceledException("the node is stopping"));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<IWork>(LargestBatch);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < LargestBatch && waiting.Reader.TryRead(out var work))
                {
                    batch.Add(work);
                }

                await AppendAsync(batch);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node is stopping: whoever still waits is told so when it has.
        }
    }

    private async Task AppendAsync(List<IWork> batch)
    {
        try
        {
            var appended = await database.WriteAsync(session => AppendAsync(session, batch), CancellationToken.None);

            // Durable from here on. A crash before the callers hear of it costs them a repetition, nothing else.
            edge = appended.Edge;
            meters.Appended(appended.Entries, batch.Count);
            foreach (var work in batch)
            {
                work.Complete();
            }
        }
        catch (Exception fault)
        {
            // The head in the database decides what happened; the next batch reads it again.
            edge = TreeEdge.Empty;
            RegisterLog.BatchFailed(log, batch.Count, fault);
            foreach (var work in batch)
            {
                work.Fail(fault);
            }
        }
    }

    private async Task<(TreeEdge Edge, int Entries)> AppendAsync(Session session, List<IWork> works)
    {
        halt.ThrowIfSet();
        var head =
            await RegisterTables.HeadAsync(session)
            ?? throw new InvalidOperationException("the register has no head: the node was not initialised");
        var known = await EdgeAsync(session, head);

        // The clock may jump back; the register does not.
        var entered = Instants.ToSecond(time.GetUtcNow());
        var batch = new RegisterBatch(session, head.Size, entered < head.Entered ? head.Entered : entered);
        foreach (var work in works)
        {
            var before = batch.Entries.Count;
            await session.Transaction!.SaveAsync("work");
            try
            {
                await work.DoAsync(batch);
                await batch.EndAsync();
                await session.Transaction.ReleaseAsync("work");
            }
            catch (Exception fault)
            {
                await session.Transaction.RollbackAsync("work");
                batch.ForgetAfter(before);
                work.Undone(fault);
            }
        }

        await batch.PadAsync();
        if (batch.Entries.Count == 0)
        {
            await batch.PublishAsync(Checkpoint.Of(keys.Register.Verifier.Name, known), head.Checkpoint);
            return (known, 0);
        }

        var growth = known.Append([.. batch.Entries.Select(e => e.Hash)]);
        var checkpoint = Checkpoint.Of(keys.Register.Verifier.Name, growth.After);
        var unsigned = checkpoint.ToNote();
        var note = unsigned.With(keys.Register.Sign(unsigned.Text));
        await RegisterTables.GrowAsync(session, head, batch.Entered, growth, note);
        await batch.PublishAsync(checkpoint, note);
        return (growth.After, batch.Entries.Count);
    }

    private async Task<TreeEdge> EdgeAsync(Session session, RegisterHead head)
    {
        if (edge.Size == head.Size && edge.Root() == head.Root)
        {
            return edge;
        }

        var hashes = await RegisterTables.HashesAsync(session, TreeEdge.Subtrees(head.Size));
        var read = TreeEdge.Of(head.Size, hashes);

        // Never build on tiles that do not add up to the root that was signed.
        return read.Root() == head.Root
            ? read
            : throw new InvalidOperationException(
                "the register's nodes do not add up to its root: run 'comity-node check'"
            );
    }

    private interface IWork
    {
        Task DoAsync(RegisterBatch batch);

        void Undone(Exception fault);

        void Complete();

        void Fail(Exception fault);
    }

    private sealed class Work<T>(Func<RegisterBatch, Task<T>> work) : IWork
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? undone;

        public Task<T> Done => done.Task;

        public async Task DoAsync(RegisterBatch batch)
        {
            undone = null;
            result = await work(batch);
        }

        public void Undone(Exception fault) => undone = fault;

        public void Complete()
        {
            if (undone is null)
            {
                done.TrySetResult(result!);
            }
            else
            {
                done.TrySetException(undone);
            }
        }

        public void Fail(Exception fault) => done.TrySetException(fault);
    }
}

/// <summary>What the register's writer logs: counts and causes, never what was written.</summary>
internal static partial class RegisterLog
{
    [LoggerMessage(1, LogLevel.Error, "a batch of {Works} was not appended; each caller was told and may repeat")]
    public static partial void BatchFailed(ILogger logger, int works, Exception fault);
}
