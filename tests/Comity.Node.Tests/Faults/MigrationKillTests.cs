// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;
using Comity.Node.Tests.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Comity.Node.Tests.Faults;

/// <summary>A node that is killed while it brings its schema up to date has the old one or the new one, and then the new one.</summary>
public sealed class MigrationKillTests(MadeNodes nodes) : IClassFixture<MadeNodes>
{
    [Fact]
    public async Task Killed_at_any_moment_of_it_a_node_has_the_old_schema_or_the_new_one_and_goes_on()
    {
        var scripts = SchemaScripts.Of("sqlite");
        var whole = Schema(Path.Combine(nodes.A, "node.db"));
        var old = new HashSet<int> { 1, scripts.Count };
        var random = new Random(42);
        for (var round = 0; round < 10; round++)
        {
            var data = Aged(round);
            await using (var process = NodeProgram.Begin("sign-in", "dana", "--data", data))
            {
                // Where the log of the database appears, the schema is about to be changed.
                while (!process.HasEnded && !File.Exists(Path.Combine(data, "node.db-wal")))
                {
                    await Task.Yield();
                }

                await Task.Delay(random.Next(80), Stop);
                await process.KillAsync();
            }

            Assert.Contains(ScriptsRun(data), old);
            var ended = await NodeProgram.RunAsync("sign-in", "dana", "--data", data);
            Assert.DoesNotContain(ended.Complaints, l => l.Contains("database", StringComparison.Ordinal));
            Assert.Equal(scripts.Count, ScriptsRun(data));
            Assert.Equal(whole, Schema(Path.Combine(data, "node.db")));
        }
    }

    // A node's folder whose database is as the first version of the schema left it.
    private string Aged(int round)
    {
        var data = nodes.PathOf($"aged-{round}");
        foreach (var file in Directory.GetFiles(nodes.A, "*", SearchOption.AllDirectories))
        {
            if (!Path.GetFileName(file).StartsWith("node.db", StringComparison.Ordinal))
            {
                var target = Path.Combine(data, Path.GetRelativePath(nodes.A, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        var database = new SqliteDatabase(Path.Combine(data, "node.db"));
        database.Migrate([.. SchemaScripts.Of("sqlite").Take(1)]);
        SqliteConnection.ClearAllPools();
        Assert.False(File.Exists(Path.Combine(data, "node.db-wal")));
        return data;
    }

    private static int ScriptsRun(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "node.db")};Pooling=False");
        return connection.ExecuteScalar<int>("select count(*) from SchemaVersions");
    }

    private static IReadOnlyList<string> Schema(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return [.. connection.Query<string>("select coalesce(sql, name) from sqlite_master order by name")];
    }
}
