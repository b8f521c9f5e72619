// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Register;

namespace Comity.Tests.Files;

/// <summary>A published register holds whole or not at all, and two copies agree or are shown where they part.</summary>
public sealed class LogVerificationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public async Task A_register_of_any_size_that_was_published_holds(int size)
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, size);

        Assert.Equal(size, (await PublishedLog.VerifyAsync(scratch.Path)).Value().Checkpoint.Size);
    }

    [Fact]
    public async Task Every_single_changed_byte_of_every_file_is_found()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 300);
        foreach (var file in Directory.EnumerateFiles(scratch.Path, "*", SearchOption.AllDirectories).ToList())
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

            // Of the two large tiles some bytes: they are checked by the same comparison.
            for (var i = 0; i < bytes.Length; i += bytes.Length > 2_000 ? 61 : 1)
            {
                bytes[i] ^= 1;
                await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
                Assert.IsType<Outcome<VerifiedLog>.Refused>(await PublishedLog.VerifyAsync(scratch.Path));
                bytes[i] ^= 1;
            }

            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        (await PublishedLog.VerifyAsync(scratch.Path)).Value();
    }

    [Theory]
    [InlineData("tile/0/000", "register.tile-malformed")]
    [InlineData("tile/entries/001.p/44", "register.tile-malformed")]
    [InlineData("tile/1/000.p/1", "register.tile-malformed")]
    public async Task A_file_that_is_cut_off_or_too_long_is_named(string path, string code)
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 300);
        var bytes = await File.ReadAllBytesAsync(scratch.File(path), TestContext.Current.CancellationToken);
        foreach (var wrong in new[] { bytes[..^1], [.. bytes, 0] })
        {
            await File.WriteAllBytesAsync(scratch.File(path), wrong, TestContext.Current.CancellationToken);
            var why = (await PublishedLog.VerifyAsync(scratch.Path)).CodeAndPlace();
            Assert.Equal((code, path), why);
        }
    }

    [Theory]
    [InlineData("tile/0/000", "tile/0/000")]
    [InlineData("tile/entries/000", "tile/entries/000")]
    [InlineData("checkpoint", "checkpoint")]
    public async Task A_file_that_is_missing_is_named(string path, string where)
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 300);
        File.Delete(scratch.File(path));

        var why = (await PublishedLog.VerifyAsync(scratch.Path)).CodeAndPlace();
        Assert.Equal(("register.tile-missing", where), why);
    }

    [Fact]
    public async Task A_partial_tile_may_have_given_way_to_the_full_one()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("old"), 300);
        await PublishedLog.WriteAsync(scratch.File("new"), 600);
        foreach (var path in new[] { "tile/0/001", "tile/entries/001" })
        {
            Directory.Delete(scratch.File($"old/{path}.p"), recursive: true);
            File.Copy(scratch.File($"new/{path}"), scratch.File($"old/{path}"));
        }

        Assert.Equal(300, (await PublishedLog.VerifyAsync(scratch.File("old"))).Value().Checkpoint.Size);
    }

    [Fact]
    public async Task A_register_signed_by_another_key_is_not_read_further()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 3);
        var other = new LogSigner(PublishedLog.Key.Verifier.Name, new byte[32]).Verifier;

        var verified = await LogVerification.VerifyAsync(
            new TileFolder(scratch.Path),
            other,
            other.Name,
            1,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("register.checkpoint-unsigned", verified.Code());
    }

    [Fact]
    public async Task Files_that_are_one_tree_under_another_trees_checkpoint_do_not_hold()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("one"), 300);
        await PublishedLog.WriteAsync(scratch.File("other"), 300, otherAt: 299);
        File.Copy(scratch.File("other/checkpoint"), scratch.File("one/checkpoint"), overwrite: true);

        var why = (await PublishedLog.VerifyAsync(scratch.File("one"))).CodeAndPlace();
        Assert.Equal(("register.root-wrong", "checkpoint"), why);
    }

    [Theory]
    [InlineData(300, 300, null, null)]
    [InlineData(300, 700, null, null)]
    [InlineData(700, 300, null, null)]
    [InlineData(0, 300, null, null)]
    [InlineData(300, 300, 299, 299L)]
    [InlineData(300, 700, 0, 0L)]
    [InlineData(700, 300, 256, 256L)]
    [InlineData(300, 700, 300, null)]
    public async Task Two_copies_agree_or_are_shown_where_they_part(int first, int second, int? otherAt, long? differ)
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("a"), first);
        await PublishedLog.WriteAsync(scratch.File("b"), second, otherAt);

        var compared = await LogComparison.CompareAsync(
            new TileFolder(scratch.File("a")),
            new TileFolder(scratch.File("b")),
            PublishedLog.Key.Verifier,
            PublishedLog.Key.Verifier.Name,
            2,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(differ, compared.Value().FirstDifference);
    }

    [Fact]
    public async Task What_was_published_is_never_written_over()
    {
        using ScratchFolder scratch = new();
        var store = new TileFolder(scratch.Path);
        await store.PlaceAsync("tile/0/000.p/1", new byte[32], TestContext.Current.CancellationToken);
        await store.PlaceAsync("tile/0/000.p/1", new byte[32], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() =>
            store.PlaceAsync("tile/0/000.p/1", new byte[31], TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            new byte[32],
            await File.ReadAllBytesAsync(scratch.File("tile/0/000.p/1"), TestContext.Current.CancellationToken)
        );
    }
}
