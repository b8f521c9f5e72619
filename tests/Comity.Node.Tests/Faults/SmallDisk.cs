// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;

namespace Comity.Node.Tests.Faults;

/// <summary>A folder on a disk of its own that is really full when it is full. Skips the test where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts a disk in memory over a folder, which is made if it is not there.</summary>
    public static SmallDisk Mount(string folder, int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has tmpfs");
        Directory.CreateDirectory(folder);
        var problem = Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", folder);
        Assert.SkipWhen(problem is not null, $"no small disk can be mounted here: {problem}");
        return new SmallDisk(folder);
    }

    /// <summary>Makes it larger or smaller.</summary>
    public void Resize(int kilobytes) => Assert.Null(Run("mount", "-o", $"remount,size={kilobytes}k", Folder));

    /// <summary>Leaves so much room, and no more.</summary>
    public void FillBut(int kilobytes)
    {
        var free = new DriveInfo(Folder).AvailableFreeSpace - (kilobytes * 1024L);
        using var filler = File.Create(Path.Combine(Folder, "filler"));
        filler.Write(new byte[Math.Max(0, free)]);
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(Path.Combine(Folder, "filler"));

    public void Dispose() => Run("umount", "-l", Folder);

    private static string? Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
