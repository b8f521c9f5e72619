// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Instruments;
using Comity.Node.Acts;
using Comity.Node.Checking;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Comity.Node.Storage;
using Comity.Parties;
using Microsoft.Extensions.Logging.Abstractions;

namespace Comity.Node.Tests.Setup;

public sealed class BackupTests : IAsyncLifetime
{
    private Pair pair = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestNode Node => pair.A;

    private string Copy => Path.Combine(pair.Folder, "copy");

    private string Restored => Path.Combine(pair.Folder, "restored-node");

    public async ValueTask InitializeAsync()
    {
        pair = await Desk.DeskPair.MakeAsync();
        await Node.StartAsync();
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task What_is_put_back_is_what_was_copied_with_its_law_and_its_exhibits()
    {
        var dossier = Pair.NewDossier();
        var act = await Node.IssueAsync(pair.ByA(dossier, Pair.Request(Measure.StoredData)));
        var exhibit = await PlaceAsync("an exhibit");

        var (entries, exhibits) = await Backup.MakeAsync(Node.Parts, Copy, Stop);
        Backup.PutBack(Copy, Node.Parts.Settings.KeyFolder, Restored);

        await using var parts = Open();
        Assert.Equal((Databases.Usual == Engine.Sqlite ? 3L : null, 1), (entries, exhibits));
        Assert.Empty((await NodeCheck.RunAsync(parts, Stop)).Faults);
        Assert.NotNull(await parts.Database.ReadAsync(s => ActTables.FindAsync(s, act, parts.Keys.AtRest), Stop));
        await using (var stream = await parts.Evidence.OpenAsync(exhibit, Stop))
        {
            using var reader = new StreamReader(stream!);
            Assert.Equal("an exhibit", await reader.ReadToEndAsync(Stop));
        }

        var law = Comity.Node.Parties.LocalProfiles.Load(parts.Settings);
        Assert.NotNull(law.Of(PartyId.Of("XA")));
        Assert.NotNull(law.Of(PartyId.Of("XB")));
    }

    [Fact]
    public async Task A_copy_opens_nothing_without_the_keys_and_a_restored_node_is_marked()
    {
        await Backup.MakeAsync(Node.Parts, Copy, Stop);
        Backup.PutBack(Copy, Node.Parts.Settings.KeyFolder, Restored);

        Assert.False(Directory.Exists(Path.Combine(Copy, "keys")));
        Assert.DoesNotContain(
            Directory.GetFiles(Copy, "*", SearchOption.AllDirectories),
            f => f.EndsWith(".key", StringComparison.Ordinal)
        );
        Assert.True(Restoration.IsMarked(Restored));
    }

    [Fact]
    public async Task A_restored_node_that_knows_no_peer_appends_nothing_until_a_person_says_that_there_never_was_one()
    {
        var alone = await TestNode.MakeAsync(pair.Folder, PartyId.Of("XC"), Databases.New(Databases.Usual));
        await using (var parts = alone.NewParts())
        {
            await Backup.MakeAsync(parts, Copy, Stop);
        }

        Backup.PutBack(Copy, Path.Combine(alone.Data, "keys"), Restored);
        await using var restored = Open();
        var verdict = await Restoration.AskPeersAsync(restored, Stop);

        Assert.False(verdict.MayAppend);
        Assert.Equal(
            [
                $"no peer can be asked: trust them again, or delete {Path.Combine(Restored, "restored")} if there never was one",
            ],
            verdict.Lines
        );
        Assert.True(Restoration.IsMarked(Restored));
        await alone.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_copied_or_put_back_over_something()
    {
        Directory.CreateDirectory(Copy);
        await File.WriteAllTextAsync(Path.Combine(Copy, "note.txt"), "mine", Stop);

        await Assert.ThrowsAsync<IOException>(() => Backup.MakeAsync(Node.Parts, Copy, Stop));

        File.Delete(Path.Combine(Copy, "note.txt"));
        await Backup.MakeAsync(Node.Parts, Copy, Stop);
        Assert.Throws<IOException>(() => Backup.PutBack(Copy, Node.Parts.Settings.KeyFolder, Node.Data));
    }

    private async Task<Digest> PlaceAsync(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var digest = new Digest(SHA256.HashData(bytes));
        var file = Path.Combine(pair.Folder, "exhibit");
        await File.WriteAllBytesAsync(file, bytes, Stop);
        await Node.Parts.Evidence.PlaceAsync(file, digest, Stop);
        return digest;
    }

    private NodeParts Open()
    {
        var (settings, mistakes) = NodeSettings.Load(Restored);
        Assert.Empty(mistakes);
        return new NodeParts(
            settings!,
            NullLoggerFactory.Instance,
            TimeProvider.System,
            settings!.IsSqlite ? new SqliteDatabase(settings.DatabaseFile) : new PostgresDatabase(settings.Database),
            new FolderEvidenceStore(settings.EvidenceFolder),
            new HttpPeerTransport(NodeKeys.Load(settings), HttpPeerTransport.Patience)
        );
    }
}
