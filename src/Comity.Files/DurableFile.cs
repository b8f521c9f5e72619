// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;

namespace Comity.Files;

/// <summary>A file that appears under its name whole and durable, or not at all. Never replaces another.</summary>
/// <remarks>
/// A crash before <see cref="Publish"/> leaves nothing but a file named <c>.comity-*.part</c> beside the target, which no
/// program of ours ever reads: delete it. For a crash inside <see cref="Publish"/> see the steps there. Not thread-safe.
/// </remarks>
public sealed class DurableFile : IDisposable
{
    private readonly string target;
    private readonly string folder;
    private readonly string temporary;
    private readonly FileStream stream;
    private bool isPublished;

    private DurableFile(string target, UnixFileMode mode)
    {
        this.target = Path.GetFullPath(target);
        folder =
            Path.GetDirectoryName(this.target) ?? throw new ArgumentException("a file has a folder", nameof(target));
        temporary = Path.Combine(folder, $".comity-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
        var options = new FileStreamOptions()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        stream = new FileStream(temporary, options);
    }

    /// <summary>Unbuffered; write in large pieces.</summary>
    public Stream Stream => stream;

    /// <summary>Starts a file that others may read, as far as the mask of the process lets them.</summary>
    /// <param name="target">Its name. The folder exists; whether the name is taken shows in <see cref="Publish"/>.</param>
    public static DurableFile Create(string target) =>
        new(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>Starts a file for its owner only, from its first byte: a key, or evidence in the clear.</summary>
    /// <param name="target">Its name. The folder exists; whether the name is taken shows in <see cref="Publish"/>.</param>
    public static DurableFile CreatePrivate(string target) =>
        new(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Gives the file its name. When this returns, the file survives a power failure.</summary>
    /// <exception cref="IOException">
    /// The name is taken, or the disk failed; the target is then as it was, unless only the last step failed.
    /// </exception>
    public void Publish()
    {
        // 1. The bytes. A crash here leaves the temporary file, whole or not.
        stream.Flush(flushToDisk: true);
        stream.Dispose();

        // 2. The name, which the kernel refuses if it is taken. A crash here leaves the file under its name, whole, and
        // perhaps under the temporary name too: both are the same complete file.
        FolderEntries.Claim(temporary, target);
        isPublished = true;

        // 3. The folder. A crash before this ends may leave the folder as it was before step 2, never part of a file.
        FolderEntries.Flush(folder);
    }

    /// <summary>Closes the file, and deletes it unless it was published.</summary>
    public void Dispose()
    {
        stream.Dispose();
        if (!isPublished)
        {
            File.Delete(temporary);
        }
    }
}
