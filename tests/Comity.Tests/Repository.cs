// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Tests;

/// <summary>The files of this repository, for tests that hold documents and samples to the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));

    public static string Text(params string[] parts) => File.ReadAllText(Path(parts));

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Comity.slnx"))
            ? folder
            : Find(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("Comity.slnx"));
}
