// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Node.Setup;
using Comity.Node.Tests.Faults;
using Comity.Register;
using Dapper;

namespace Comity.Node.Tests.Register;

/// <summary>What a node gives to the public of its register: all of it, padded, and never less than before.</summary>
public abstract class PublisherTests(Engine engine) : RegisterTests(engine)
{
    [Fact]
    public async Task What_is_published_is_a_whole_log_that_anyone_can_verify()
    {
        foreach (var count in new[] { 1, 40, 300, 255, 1 })
        {
            await AddAsync(count);
            var published = await PublishAsync();

            var log = await PublishedRegister.VerifyAsync(Parts);
            Assert.Equal((published.Size, published.Note), (log.Checkpoint.Size, log.Note));
        }

        await HoldsAsync(640);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public async Task The_log_grows_in_steps_whatever_happened_and_never_by_nothing(int entries, int grown)
    {
        await AddAsync(5);
        await PublishAsync();
        await AddAsync(entries);

        Assert.Equal(16 + grown, (await PublishAsync()).Size);
    }

    [Fact]
    public async Task What_enters_in_the_same_batch_as_a_checkpoint_does_not_show_in_its_size()
    {
        await PublishAsync();
        var writes = Enumerable.Range(0, 40).Select(_ => AddAsync(1)).ToList();
        var published = await PublishAsync();
        await Task.WhenAll(writes);

        Assert.Equal(0, published.Size % 16);
    }

    [Fact]
    public async Task Padding_is_in_the_tree_and_has_no_receipt()
    {
        await PublishAsync();

        await HoldsAsync(16);
        var entries = await Parts.Database.ReadAsync(s => RegisterTables.EntriesAsync(s, 0, 16), Stop);
        Assert.All(entries, e => Assert.Null(e.Leaf));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Parts.Database.ReadAsync(s => Receipts.MakeAsync(s, entries), Stop)
        );
    }

    [Fact]
    public async Task Published_once_it_is_not_published_again_for_the_same_interval()
    {
        var first = await PublishAsync();
        var again = await Parts.Publisher.PublishAsync(first.At, Stop);

        Assert.Equal(first.Size, again!.Size);
    }

    [Fact]
    public async Task A_folder_that_is_lost_is_made_again_the_same()
    {
        await AddAsync(700);
        await PublishAsync();
        var before = PublishedRegister.Files(Parts.Settings.RegisterFolder);
        Directory.Delete(Parts.Settings.RegisterFolder, recursive: true);

        await Parts.Publisher.PublishAsync(DateTimeOffset.MinValue, Stop);

        Assert.Equal(before, PublishedRegister.Files(Parts.Settings.RegisterFolder));
    }

    [Fact]
    public async Task A_checkpoint_that_was_lost_or_spoilt_is_put_back()
    {
        await PublishAsync();
        var file = Path.Combine(Parts.Settings.RegisterFolder, "checkpoint");
        var before = await File.ReadAllBytesAsync(file, Stop);
        await File.WriteAllTextAsync(file, "spoilt\n", Stop);

        await Parts.Publisher.PublishAsync(DateTimeOffset.MinValue, Stop);

        Assert.Equal(before, await File.ReadAllBytesAsync(file, Stop));
    }

    [Fact]
    public async Task A_tile_that_was_changed_on_the_disk_is_found_by_whoever_checks()
    {
        await PublishAsync();
        var file = Path.Combine(Parts.Settings.RegisterFolder, "tile/0/000.p/16");
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        var key = Parts.Keys.Register.Verifier;
        var folder = new TileFolder(Parts.Settings.RegisterFolder);
        var why = (await LogVerification.VerifyAsync(folder, key, key.Name, 1, null, Stop)).Refused();
        Assert.Equal(("register.tile-wrong", "tile/0/000.p/16"), (why.Code, why.Where));
    }

    [Fact]
    public async Task Every_step_may_fail_or_be_reported_failed_and_the_next_attempt_publishes_a_whole_log()
    {
        foreach (var form in Enum.GetValues<Form>())
        {
            for (var step = 1; ; step++)
            {
                var tiles = new FaultyTiles(new TileFolder(Parts.Settings.RegisterFolder)) { };
                await using var parts = Node.NewParts(tiles);
                await parts.Register.StartAsync(Stop);
                await parts.Register.WriteAsync(batch => AddAsync(batch, 150), Stop);
                tiles.Plan = call => call == step ? form : null;
                var broke = await Record.ExceptionAsync(() =>
                    parts.Publisher.PublishAsync(DateTimeOffset.MaxValue, Stop)
                );

                if (broke is not null)
                {
                    Assert.IsType<IOException>(broke);
                    await ShownIsWholeAsync(parts);
                }

                tiles.Plan = _ => null;
                await parts.Publisher.PublishAsync(DateTimeOffset.MinValue, Stop);
                var newest = await parts.Database.ReadAsync(PublicationTables.NewestAsync, Stop);
                Assert.Equal(newest!.Size, (await PublishedRegister.VerifyAsync(parts)).Checkpoint.Size);
                await parts.Register.StopAsync(CancellationToken.None);
                if (broke is null)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task A_database_older_than_what_was_published_is_not_served()
    {
        await PublishAsync();
        await Parts.Database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    "update register_head set size = 0, root = @Root",
                    new { Root = TreeHash.EmptyTree.ToString() },
                    s.Transaction
                ),
            Stop
        );

        var why = await Assert.ThrowsAsync<NotThisNodeException>(() => Belonging.CheckAsync(Parts, Stop));
        Assert.Contains("has published a register of 16 entries and its database holds 0", why.Message);
    }

    [Fact]
    public async Task A_database_that_went_another_way_than_what_was_published_is_not_served()
    {
        await PublishAsync();
        await Parts.Database.WriteAsync(
            s =>
                s.Connection.ExecuteAsync(
                    "update register_node set hash = @Hash where level = 4",
                    new { Hash = new byte[32] },
                    s.Transaction
                ),
            Stop
        );

        var why = await Assert.ThrowsAsync<NotThisNodeException>(() => Belonging.CheckAsync(Parts, Stop));
        Assert.Contains("(register.fork)", why.Message);
    }

    private static async Task ShownIsWholeAsync(NodeParts parts)
    {
        if (File.Exists(Path.Combine(parts.Settings.RegisterFolder, "checkpoint")))
        {
            await PublishedRegister.VerifyAsync(parts);
        }
    }

    private Task AddAsync(int count) => Parts.Register.WriteAsync(batch => AddAsync(batch, count), Stop);

    private async Task<Publication> PublishAsync() =>
        (await Parts.Publisher.PublishAsync(DateTimeOffset.MaxValue, Stop))!;
}

/// <summary>Publishing from SQLite.</summary>
public sealed class SqlitePublisherTests() : PublisherTests(Engine.Sqlite);

/// <summary>Publishing from PostgreSQL.</summary>
public sealed class PostgresPublisherTests() : PublisherTests(Engine.Postgres);
