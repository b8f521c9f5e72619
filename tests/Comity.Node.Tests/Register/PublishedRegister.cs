// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Node.Hosting;

namespace Comity.Node.Tests.Register;

/// <summary>A node's published register, read as anyone would.</summary>
internal static class PublishedRegister
{
    /// <summary>Verifies all of it; the test fails with the refusal when it does not hold.</summary>
    public static async Task<VerifiedLog> VerifyAsync(NodeParts parts, ITileSource? source = null)
    {
        var key = parts.Keys.Register.Verifier;
        var verified = await LogVerification.VerifyAsync(
            source ?? new TileFolder(parts.Settings.RegisterFolder),
            key,
            key.Name,
            2,
            null,
            Stop
        );
        return verified.Admitted();
    }

    /// <summary>Every file of a folder, by its path in it.</summary>
    public static Dictionary<string, string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                f => Path.GetRelativePath(folder, f),
                f => Digest.Of(File.ReadAllBytes(f)).ToString(),
                StringComparer.Ordinal
            );
}
