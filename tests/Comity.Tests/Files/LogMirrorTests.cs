// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;

namespace Comity.Tests.Files;

/// <summary>A copy of a register grows with it, and keeps what it had when the register goes another way.</summary>
public sealed class LogMirrorTests
{
    [Fact]
    public async Task A_copy_goes_on_where_it_ended_and_is_the_log_each_time()
    {
        using ScratchFolder scratch = new();
        foreach (var size in new[] { 0, 3, 300, 300, 700 })
        {
            await PublishedLog.WriteAsync(scratch.File($"log-{size}"), size);

            var copied = await CopyAsync(scratch.File($"log-{size}"), scratch.File("copy"));

            Assert.Equal(size, copied.Value().Checkpoint.Size);
            Assert.Equal(size, (await PublishedLog.VerifyAsync(scratch.File("copy"))).Value().Checkpoint.Size);
        }
    }

    [Fact]
    public async Task Of_a_register_that_went_another_way_the_copy_keeps_what_it_had()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("log"), 300);
        await PublishedLog.WriteAsync(scratch.File("forked"), 700, otherAt: 17);
        await CopyAsync(scratch.File("log"), scratch.File("copy"));

        var forked = await CopyAsync(scratch.File("forked"), scratch.File("copy"));

        Assert.StartsWith("register.tile-", forked.Code(), StringComparison.Ordinal);
        Assert.Equal(300, (await PublishedLog.VerifyAsync(scratch.File("copy"))).Value().Checkpoint.Size);
    }

    [Fact]
    public async Task A_log_that_does_not_hold_is_not_shown_by_a_copy()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("log"), 300);
        var file = scratch.File("log/tile/0/000");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var copied = await CopyAsync(scratch.File("log"), scratch.File("copy"));

        Assert.Equal(("register.tile-wrong", "tile/0/000"), copied.CodeAndPlace());
        Assert.False(File.Exists(scratch.File("copy/checkpoint")));
    }

    private static Task<Outcome<VerifiedLog>> CopyAsync(string from, string to) =>
        LogMirror.CopyAsync(
            new TileFolder(from),
            new TileFolder(to),
            PublishedLog.Key.Verifier,
            PublishedLog.Key.Verifier.Name,
            4,
            null,
            TestContext.Current.CancellationToken
        );
}
