// SPDX-License-Identifier: EUPL-1.2
using System.Net;

namespace Comity.Node.Settings;

/// <summary>What works and is seldom meant: said to the operator at every start, and left to them.</summary>
internal static class Hazards
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The hazards of a node, a sentence each.</summary>
    public static IEnumerable<string> Of(NodeSettings settings)
    {
        if (settings.Desk.Scheme == Uri.UriSchemeHttp && !IsOnlyHere(settings.Desk))
        {
            yield return $"desk.address is {settings.Desk}: without https others on the line read phrases as they are typed";
        }

        if (OperatingSystem.IsWindows() || !Directory.Exists(settings.KeyFolder))
        {
            yield break;
        }

        foreach (var file in Directory.GetFiles(settings.KeyFolder).Order(StringComparer.Ordinal))
        {
            if ((File.GetUnixFileMode(file) & Others) != 0)
            {
                yield return $"{file} is a key that other accounts can read: chmod 600";
            }
        }
    }

    private static bool IsOnlyHere(Uri address) =>
        address.Host is "localhost"
        || address.Host.EndsWith(".localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
