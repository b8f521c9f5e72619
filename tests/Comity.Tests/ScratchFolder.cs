// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Tests;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("comity-test-");

    /// <summary>Its path.</summary>
    public string Path => folder.FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file in it and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>The names of all files in it, sorted.</summary>
    public string[] Names() =>
        [.. Directory.EnumerateFiles(Path).Select(f => System.IO.Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>Whether nobody but its owner can read or write a file. Skips the test where files have no modes.</summary>
    public static bool IsOwnerOnly(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        return !OperatingSystem.IsWindows()
            && System.IO.File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
