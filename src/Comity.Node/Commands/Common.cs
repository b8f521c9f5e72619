// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Comity.Node.Hosting;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Microsoft.Extensions.Logging.Abstractions;

namespace Comity.Node.Commands;

/// <summary>What the commands share: exit codes, the data folder, one way to say what went wrong.</summary>
internal static class Common
{
    /// <summary>Everything held.</summary>
    public const int Ok = 0;

    /// <summary>Something did not hold: a check failed, a peer was not trusted.</summary>
    public const int NotOk = 1;

    /// <summary>The input cannot be used: a folder, a setting, an argument.</summary>
    public const int Unusable = 2;

    /// <summary>The data folder every command but <c>init</c> works on.</summary>
    public static Option<string> Data { get; } =
        new("--data") { Description = "The node's data folder", Required = true };

    /// <summary>Asks for one JSON object on standard output in place of lines.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object about the result" };

    /// <summary>Prints a result as one line of JSON.</summary>
    public static void Print<T>(T result) => Console.WriteLine(JsonSerializer.Serialize(result));

    /// <summary>Says what went wrong, one line each, and gives the exit code.</summary>
    public static int Complain(int code, params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine($"comity-node: {line}");
        }

        return code;
    }

    /// <summary>Runs work on a node that is not being served, with its schema up to date.</summary>
    /// <param name="data">The node's data folder.</param>
    /// <param name="work">What to do.</param>
    /// <param name="writes">Not for work that must leave everything as it is: then no schema is changed and no file made.</param>
    public static async Task<int> WithNodeAsync(string data, Func<NodeParts, Task<int>> work, bool writes = true)
    {
        var (settings, mistakes) = NodeSettings.Load(data);
        if (settings is null)
        {
            return Complain(Unusable, mistakes);
        }

        if (!writes && settings.IsSqlite && !File.Exists(settings.DatabaseFile))
        {
            return Complain(Unusable, $"{settings.DatabaseFile} is not there: mount it, or put a copy back");
        }

        try
        {
            await using var node = new NodeParts(settings, NullLoggerFactory.Instance, TimeProvider.System);
            if (writes)
            {
                node.Database.Migrate();
            }

            return await work(node);
        }
        catch (Exception bad) when (WhyUnusable(bad) is { } why)
        {
            return Complain(Unusable, why);
        }
    }

    /// <summary>What an operator can put right, in a sentence; nothing for a fault of ours, which shows where it happened.</summary>
    public static string? WhyUnusable(Exception bad) =>
        bad switch
        {
            DbException => $"the database cannot be used: {bad.Message}",
            InvalidOperationException { InnerException: DbException inner } => $"{bad.Message}: {inner.Message}",
            SocketException => $"an address cannot be listened at: {bad.Message}",
            KeyMissingException or NotThisNodeException => bad.Message,
            InvalidDataException or IOException or UnauthorizedAccessException => bad.Message,
            _ => null,
        };
}
