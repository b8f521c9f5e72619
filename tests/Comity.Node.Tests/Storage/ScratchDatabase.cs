// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Storage;

namespace Comity.Node.Tests.Storage;

/// <summary>A database of a test's own, empty, that can be opened as often as processes would.</summary>
internal sealed class ScratchDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-database").FullName;
    private readonly string database;

    public ScratchDatabase(Engine engine) => database = Databases.New(engine);

    public IDatabase Open() =>
        database == "sqlite" ? new SqliteDatabase(Path.Combine(folder, "node.db")) : new PostgresDatabase(database);

    public void Dispose()
    {
        Databases.Drop(database);
        Directory.Delete(folder, recursive: true);
    }
}
