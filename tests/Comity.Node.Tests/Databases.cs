// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;
using Dapper;
using Npgsql;

namespace Comity.Node.Tests;

/// <summary>The databases a node runs on. Whatever a node promises it promises on each.</summary>
public enum Engine
{
    /// <summary>One file beside the node.</summary>
    Sqlite,

    /// <summary>A server, named by <c>COMITY_TEST_POSTGRES</c>.</summary>
    Postgres,
}

/// <summary>Makes databases for tests, each test its own.</summary>
internal static class Databases
{
    private const string Prefix = "comity_test_";

    private static string? Server => Environment.GetEnvironmentVariable("COMITY_TEST_POSTGRES");

    /// <summary>
    /// What a test runs on that does not name an engine: SQLite, or PostgreSQL when <c>COMITY_TEST_DATABASE</c> says so, as it
    /// does in the second pass of <c>./test</c>.
    /// </summary>
    public static Engine Usual { get; } =
        Environment.GetEnvironmentVariable("COMITY_TEST_DATABASE") switch
        {
            null or "" or "sqlite" => Engine.Sqlite,
            "postgres" => Engine.Postgres,
            var other => throw new InvalidOperationException(
                $"COMITY_TEST_DATABASE is {other}, and can be sqlite or postgres"
            ),
        };

    /// <summary>Whether tests on an engine can run here.</summary>
    public static bool IsThere(Engine engine) => engine == Engine.Sqlite || Server is not null;

    /// <summary>Skips the test, saying why, where its engine is not. A class fixture cannot skip: its tests do.</summary>
    public static void SkipUnlessThere(Engine engine) =>
        Assert.SkipUnless(
            IsThere(engine),
            "COMITY_TEST_POSTGRES names no PostgreSQL server: ./test starts one where it is installed"
        );

    /// <summary>For a node's settings: what each Party's node keeps its data in.</summary>
    public static Func<PartyId, string> On(Engine engine) => _ => New(engine);

    /// <summary>A database nobody has used. Skips the test where there is no server.</summary>
    public static string New(Engine engine)
    {
        if (engine == Engine.Sqlite)
        {
            return "sqlite";
        }

        SkipUnlessThere(engine);
        var name = Prefix + Guid.NewGuid().ToString("N");
        using var connection = new NpgsqlConnection(Server);
        connection.Execute($"create database {name}");
        return new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();
    }

    /// <summary>Throws a database away, when it is one on the server.</summary>
    public static void Drop(string database)
    {
        if (database != "sqlite" && new NpgsqlConnectionStringBuilder(database).Database is { } name)
        {
            Assert.StartsWith(Prefix, name, StringComparison.Ordinal);
            using var connection = new NpgsqlConnection(Server);
            connection.Execute($"drop database if exists {name} with (force)");
        }
    }
}
