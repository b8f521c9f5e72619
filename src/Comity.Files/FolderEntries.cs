// SPDX-License-Identifier: EUPL-1.2
using System.Runtime.InteropServices;

namespace Comity.Files;

/// <summary>Names in folders, given without replacing anything and made durable: the framework has no call for either.</summary>
public static partial class FolderEntries
{
    private const int ReadOnly = 0;
    private const int AlreadyExists = 17;
    private const int InvalidArgument = 22;

    /// <summary>Moves a file to a name that is free, in the same folder, in one step.</summary>
    /// <exception cref="IOException">The name is taken; nothing has changed.</exception>
    public static void Claim(string from, string to)
    {
        // The framework's own Move looks first and renames then, and would replace a file made between the two.
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: false);
        }
        else if (Link(from, to) == 0)
        {
            File.Delete(from);
        }
        else if (Marshal.GetLastPInvokeError() == AlreadyExists)
        {
            throw new IOException($"{to} exists already");
        }
        else
        {
            // A file system without hard links, such as a memory stick's: looking first is the best there is.
            File.Move(from, to, overwrite: false);
        }
    }

    /// <summary>Returns when every name made in the folder so far survives a power failure.</summary>
    /// <param name="folder">An existing folder. On Windows nothing needs doing: NTFS journals names itself.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open the folder {folder}: error {Marshal.GetLastPInvokeError()}");
        }

        var result = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);

        // Some network and FUSE file systems have no such call on folders; they promise nothing, so nothing is lost.
        if (result != 0 && error != InvalidArgument)
        {
            throw new IOException($"cannot flush the folder {folder}: error {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
