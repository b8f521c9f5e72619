// SPDX-License-Identifier: EUPL-1.2
using Comity.Files;
using Comity.Node.Hosting;
using Microsoft.Data.Sqlite;

namespace Comity.Node.Setup;

/// <summary>Copies a node and puts the copy back.</summary>
internal static class Backup
{
    private const string Profiles = "profiles";
    private const string Database = "node.db";

    private static readonly string[] Small = ["node.json", "root.pem", "entry.p7m"];

    /// <summary>Copies a node into an empty folder.</summary>
    /// <remarks>
    /// The database first, as one consistent state, then the evidence: a file that is named in the copy's database was
    /// placed before the copy began, so it is there to be copied. What is placed meanwhile is copied too and harms nobody.
    /// A PostgreSQL server has tools of its own for its database, whose copy must be made first for the same reason.
    /// </remarks>
    /// <param name="node">The node.</param>
    /// <param name="to">An empty folder, or none.</param>
    /// <param name="stop">Gives up; what was copied stays.</param>
    /// <returns>The entries of the register that was copied, none with PostgreSQL, and the exhibits.</returns>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    public static async Task<(long? Entries, int Exhibits)> MakeAsync(NodeParts node, string to, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(to).FullName;
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty");
        }

        long? entries = node.Settings.IsSqlite
            ? CopyDatabase(node.Settings.DatabaseFile, Path.Combine(folder, Database))
            : null;
        var exhibits = 0;
        await foreach (var digest in node.Evidence.ListAsync(stop))
        {
            var name = digest.ToString();
            var shelf = Directory.CreateDirectory(Path.Combine(folder, "evidence", name[..2])).FullName;
            await using var source = (await node.Evidence.OpenAsync(digest, stop))!;
            using var copy = DurableFile.CreatePrivate(Path.Combine(shelf, name));
            await source.CopyToAsync(copy.Stream, 1 << 20, stop);
            copy.Publish();
            exhibits++;
        }

        foreach (var name in Small)
        {
            CopyFile(Path.Combine(node.Settings.Data, name), Path.Combine(folder, name));
        }

        CopyFolder(node.Settings.ProfileFolder, Path.Combine(folder, Profiles));
        FlushAll(folder);
        return (entries, exhibits);
    }

    /// <summary>Puts a copy back into an empty data folder, marked as restored.</summary>
    /// <remarks>
    /// A copy without a database is one of a node on PostgreSQL, whose database was put back before. When this returns, all of
    /// it survives a power failure: the mark may be lifted, and the node may acknowledge acts, right after.
    /// </remarks>
    /// <exception cref="IOException">A folder is not what it should be, or the disk failed.</exception>
    public static void PutBack(string from, string keys, string data)
    {
        if (!File.Exists(Path.Combine(from, Small[0])) || !File.Exists(Path.Combine(keys, "data.key")))
        {
            throw new IOException("--from is a folder that backup made, and --keys the folder with data.key");
        }

        var folder = Directory.CreateDirectory(data).FullName;
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty");
        }

        // The mark before the database: a crash in between leaves a folder that cannot append, never one that forgot why.
        Restoration.Mark(folder);
        CopyFolder(keys, Path.Combine(folder, "keys"));
        CopyFolder(Path.Combine(from, "evidence"), Path.Combine(folder, "evidence"));
        CopyFolder(Path.Combine(from, Profiles), Path.Combine(folder, Profiles));
        foreach (var name in Small.Append(Database).Where(n => n != Database || File.Exists(Path.Combine(from, n))))
        {
            CopyFile(Path.Combine(from, name), Path.Combine(folder, name));
        }

        FlushAll(folder);
    }

    private static void CopyFile(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var copy = DurableFile.CreatePrivate(to);
        source.CopyTo(copy.Stream, 1 << 20);
        copy.Publish();
    }

    // A file makes its own folder durable; the folders that hold nothing but folders are left.
    private static void FlushAll(string folder)
    {
        foreach (var each in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            FolderEntries.Flush(each);
        }
    }

    private static long CopyDatabase(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Mode=ReadWrite;Pooling=False");
        using var copy = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
        using var count = copy.CreateCommand();
        count.CommandText = "select size from register_head";
        return (long)count.ExecuteScalar()!;
    }

    // A node without exhibits, or without law beside it, has no such folder.
    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            CopyFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
