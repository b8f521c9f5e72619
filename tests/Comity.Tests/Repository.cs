// SPDX-License-Identifier: EUPL-1.2
using System.Text;

namespace Comity.Tests;

/// <summary>The repository's own files, for tests that hold documents against the code.</summary>
/// <remarks>With <c>COMITY_UPDATE=1</c> in the environment a generated file is written instead of compared.</remarks>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("COMITY_UPDATE") == "1";

    public static string PathOf(string path) => System.IO.Path.Combine(Root, path);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));

    public static string Text(params string[] parts) => File.ReadAllText(Path(parts));

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static bool Has(string path) => File.Exists(PathOf(path));

    /// <summary>Paths of the files below a folder whose names end so, in order.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending) =>
        [
            .. Directory
                .EnumerateFiles(PathOf(folder), $"*{ending}", SearchOption.AllDirectories)
                .Select(f => System.IO.Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Fails when a generated file is not what the code generates now.</summary>
    public static void Holds(string path, string generated)
    {
        if (IsUpdating && (!Has(path) || Read(path) != generated))
        {
            Write(path, Encoding.UTF8.GetBytes(generated));
        }

        Assert.Equal(generated, Has(path) ? Read(path) : "no such file; run the tests with COMITY_UPDATE=1");
    }

    /// <summary>Fails when the part of a document between two marks is not what the code generates now.</summary>
    /// <param name="path">A Markdown document.</param>
    /// <param name="mark">The mark's name: the part stands between <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c>.</param>
    /// <param name="generated">The part.</param>
    public static void HoldsPart(string path, string mark, string generated)
    {
        var (begin, end) = ($"<!-- begin {mark} -->\n", $"<!-- end {mark} -->");
        var text = Read(path);
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"{path} has no part {mark}");
        Holds(path, string.Concat(text.AsSpan(0, from + begin.Length), generated, text.AsSpan(to)));
    }

    // By a rename, as other tests read these files while one writes them.
    public static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(path))!);
        var draft = $"{PathOf(path)}.{Guid.NewGuid():N}";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, PathOf(path), overwrite: true);
    }

    private static string Find(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "Comity.slnx"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new InvalidOperationException("not inside the repository"));
}
