// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
using Comity.Node.Hosting;
using Comity.Node.Settings;
using Microsoft.AspNetCore.Connections;
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
    public static async Task<int> WithNodeAsync(string data, Func<NodeParts, Task<int>> work)
    {
        var (settings, mistakes) = NodeSettings.Load(data);
        if (settings is null)
        {
            return Complain(Unusable, mistakes);
        }

        try
        {
            await using var node = new NodeParts(settings, NullLoggerFactory.Instance, TimeProvider.System);
            node.Database.Migrate();
            return await work(node);
        }
        catch (Exception fault) when (LineOf(fault) is { } line)
        {
            return Complain(Unusable, line);
        }
    }

    /// <summary>What an operator is told of a fault that is not the program's: a key, an address, the database. Nothing for others.</summary>
    public static string? LineOf(Exception fault) =>
        fault switch
        {
            Keys.KeyMissingException missing => missing.Message,
            IOException { InnerException: AddressInUseException } taken => taken.Message,
            SocketException address => $"an address cannot be listened at: {address.Message}",
            DbException database => $"the database cannot be used: {database.Message}",
            InvalidOperationException { InnerException: DbException inner } schema =>
                $"{schema.Message}: {inner.Message}",
            _ => null,
        };
}
