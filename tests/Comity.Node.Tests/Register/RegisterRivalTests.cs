// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Register;
using Comity.Register;

namespace Comity.Node.Tests.Register;

/// <summary>Two writers on one register, and a writer that stops: nothing is lost, doubled or half done.</summary>
public abstract class RegisterRivalTests(Engine engine) : RegisterTests(engine)
{
    [Fact]
    public async Task Two_writers_on_one_register_lose_nothing_and_double_nothing()
    {
        var other = Node.NewParts();
        await other.Register.StartAsync(Stop);

        var indices = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => (i % 2 == 0 ? Parts : other).Register.WriteAsync(batch => AddAsync(batch, 1), Stop))
        );

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), indices.Select(i => i[0]).Order());
        await other.Register.StopAsync(Stop);
        await other.DisposeAsync();
        await HoldsAsync(200);
    }

    [Fact]
    public async Task Two_writers_that_enter_the_same_act_enter_it_once()
    {
        var other = Node.NewParts();
        await other.Register.StartAsync(Stop);
        var act = NewDigest();

        var outcomes = await Task.WhenAll(
            new[] { Parts, other }.Select(async p =>
            {
                try
                {
                    await p.Register.WriteAsync(b => b.AddAsync(act, new LeafEntry.Admitted(), default), Stop);
                    return "entered";
                }
                catch (System.Data.Common.DbException)
                {
                    return "refused by the schema";
                }
            })
        );

        Assert.Equal(["entered", "refused by the schema"], outcomes.Order());
        await other.Register.StopAsync(Stop);
        await other.DisposeAsync();
        await HoldsAsync(1);
    }

    [Fact]
    public async Task A_batch_built_on_a_head_that_is_no_longer_the_head_is_refused_whole()
    {
        var stale = (await Parts.Database.ReadAsync(RegisterTables.HeadAsync, Stop))!;
        await Parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Parts.Database.WriteAsync(
                async session =>
                {
                    var growth = TreeEdge.Empty.Append([TreeHash.OfLeaf(NewDigest())]);
                    await RegisterTables.GrowAsync(session, stale, Time.Now, growth, stale.Checkpoint);
                    return 0;
                },
                Stop
            )
        );

        Assert.Contains("another writer", fault.Message, StringComparison.Ordinal);
        await HoldsAsync(1);
    }

    [Fact]
    public async Task Whoever_waits_when_the_node_stops_is_told_so_and_nothing_is_half_done()
    {
        using var held = new SemaphoreSlim(0, 1);
        var begun = new TaskCompletionSource();
        var under = Parts.Register.WriteAsync(
            async batch =>
            {
                begun.SetResult();
                await held.WaitAsync(Stop);
                return await AddAsync(batch, 1);
            },
            Stop
        );
        await begun.Task;
        var waiting = Parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        var stopping = Parts.Register.StopAsync(Stop);
        held.Release();
        await stopping;

        Assert.Equal(0, (await under).Single());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Parts.Register.WriteAsync(batch => AddAsync(batch, 1), Stop)
        );
        await HoldsAsync(1);
    }

    [Fact]
    public async Task Whoever_waits_on_a_register_that_stops_before_it_ran_is_told_so()
    {
        await using var idle = Node.NewParts();
        var waiting = idle.Register.WriteAsync(batch => AddAsync(batch, 1), Stop);

        await idle.Register.StopAsync(Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            waiting.WaitAsync(TimeSpan.FromSeconds(20), Stop)
        );
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteRegisterRivalTests() : RegisterRivalTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRegisterRivalTests() : RegisterRivalTests(Engine.Postgres);
