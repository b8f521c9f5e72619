// SPDX-License-Identifier: EUPL-1.2
using Comity.Files;

namespace Comity.Tests.Files;

public sealed class DurableFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Fact]
    public void Until_it_is_published_there_is_no_file_of_that_name()
    {
        using var file = DurableFile.Create(folder.File("evidence"));
        file.Stream.Write([1, 2, 3]);
        Assert.False(File.Exists(folder.File("evidence")));
        file.Publish();
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.File("evidence")));
        Assert.Equal(["evidence"], folder.Names());
    }

    [Fact]
    public void What_is_given_up_leaves_nothing_behind()
    {
        using (var file = DurableFile.CreatePrivate(folder.File("evidence")))
        {
            file.Stream.Write([1, 2, 3]);
            Assert.Single(folder.Names());
        }

        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_file_that_somebody_made_in_the_meantime_is_not_replaced()
    {
        using (var file = DurableFile.Create(folder.File("evidence")))
        {
            file.Stream.Write([1, 2, 3]);
            folder.Write("evidence", [9]);
            Assert.Throws<IOException>(file.Publish);
        }

        Assert.Equal([9], File.ReadAllBytes(folder.File("evidence")));
        Assert.Equal(["evidence"], folder.Names());
    }

    [Fact]
    public void A_private_file_is_its_owner_s_from_the_first_byte()
    {
        using var file = DurableFile.CreatePrivate(folder.File("key"));
        Assert.True(ScratchFolder.IsOwnerOnly(Directory.EnumerateFiles(folder.Path).Single()));
        file.Publish();
        Assert.True(ScratchFolder.IsOwnerOnly(folder.File("key")));
    }

    public void Dispose() => folder.Dispose();
}
