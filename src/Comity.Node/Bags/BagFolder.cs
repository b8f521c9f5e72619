// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Exchange;
using Comity.Files;

namespace Comity.Node.Bags;

/// <summary>A folder that is a diplomatic bag, or becomes one. Names are ours: nothing a bag says is ever a path.</summary>
/// <remarks>
/// <c>bag.age</c> is written last: a folder without it is no bag, whatever else a crash has left in it, and packing into it
/// goes on. What the manifest does not list is not read.
/// </remarks>
internal sealed class BagFolder(string path)
{
    /// <summary>The sealed manifest.</summary>
    public const string Manifest = "bag.age";

    private const string Letters = "letters";
    private const string Exhibits = "exhibits";

    private static readonly Citation Specification = new("docs/spec/bag.md", "3");

    private readonly string folder = Path.GetFullPath(path);

    /// <summary>The folder, absolute.</summary>
    public string FullPath => folder;

    /// <summary>Whether a whole bag lies here.</summary>
    public bool IsPacked => File.Exists(PathOf(Manifest));

    /// <summary>A letter's name in the bag.</summary>
    /// <param name="place">Its place in the manifest, from 0.</param>
    public static string LetterName(int place) => $"{Letters}/{place + 1}.age";

    /// <summary>An exhibit's name in the bag.</summary>
    public static string ExhibitName(Digest sealedFile) => $"{Exhibits}/{sealedFile}.age";

    /// <summary>Makes the folder ready to be packed, or to go on being packed: exhibits that lie in it stay.</summary>
    /// <exception cref="IOException">It holds a bag, or something that is none of ours; nothing was changed.</exception>
    public void Prepare()
    {
        Directory.CreateDirectory(folder);
        if (IsPacked)
        {
            throw new IOException($"{folder} holds a bag already: take another folder");
        }

        var foreign = Directory
            .EnumerateFileSystemEntries(folder)
            .Select(e => Path.GetFileName(e))
            .FirstOrDefault(n => n is not (Letters or Exhibits) && !IsPart(n));
        if (foreign is not null)
        {
            throw new IOException($"{folder} is not empty: {foreign} is not a bag's");
        }

        // Letters are made anew, as their receipts are newer now; a part is what a crash left.
        var letters = PathOf(Letters);
        if (Directory.Exists(letters))
        {
            Directory.Delete(letters, recursive: true);
        }

        Directory.CreateDirectory(letters);
        Directory.CreateDirectory(PathOf(Exhibits));
        foreach (var part in Directory.GetFiles(folder, "*.part", SearchOption.AllDirectories))
        {
            if (IsPart(Path.GetFileName(part)))
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Starts a file of the bag. It appears whole or not at all.</summary>
    public DurableFile Create(string name) => DurableFile.Create(PathOf(name));

    /// <summary>Deletes a file that is not what it should be, if it is there.</summary>
    public void Discard(string name) => File.Delete(PathOf(name));

    /// <summary>Makes the folders durable that hold nothing but folders.</summary>
    public void Flush()
    {
        FolderEntries.Flush(folder);
        if (Path.GetDirectoryName(folder) is { } parent)
        {
            FolderEntries.Flush(parent);
        }
    }

    /// <summary>Opens a file of the bag if it has this size and is a file, not a link to one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">The size the manifest says, or nothing for the manifest.</param>
    /// <returns>The stream, or <c>bag.file-missing</c> or <c>bag.file-differs</c>.</returns>
    public Outcome<FileStream> Open(string name, long? size)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Exists || file.LinkTarget is not null)
        {
            return Refuse<FileStream>("bag.file-missing", name);
        }

        // A pipe or a device has no length: it is never opened, as reading it might not end.
        return file.Length == 0 || (size is { } listed && file.Length != listed)
            ? Refuse<FileStream>("bag.file-differs", name)
            : new Outcome<FileStream>.Admitted(
                new FileStream(
                    file.FullName,
                    new FileStreamOptions
                    {
                        BufferSize = 0,
                        Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
                    }
                )
            );
    }

    /// <summary>Reads a small file of the bag whole, and compares it with its listing.</summary>
    /// <returns>The bytes, or <c>bag.file-missing</c> or <c>bag.file-differs</c>.</returns>
    public async Task<Outcome<byte[]>> ReadAsync(string name, BagFile listed, CancellationToken stop)
    {
        if (Open(name, listed.Size) is not Outcome<FileStream>.Admitted opened)
        {
            return Refuse<byte[]>(((Outcome<FileStream>.Refused)Open(name, listed.Size)).Why.Code, name);
        }

        await using var stream = opened.Value;
        var bytes = new byte[listed.Size + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return read == listed.Size && Digest.Of(bytes.AsSpan(0, read)) == listed.Sha256
            ? new Outcome<byte[]>.Admitted(bytes[..read])
            : Refuse<byte[]>("bag.file-differs", name);
    }

    /// <summary>Reads a file of the bag through, of any size, and compares it with its listing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="listed">What the manifest says of it.</param>
    /// <param name="into">Takes the bytes as they come, or nothing.</param>
    /// <param name="progress">Told how many bytes were read.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Nothing when it is what is listed, or <c>bag.file-missing</c> or <c>bag.file-differs</c>.</returns>
    public async Task<Refusal?> PassAsync(
        string name,
        BagFile listed,
        Stream? into,
        IProgress<long>? progress,
        CancellationToken stop
    )
    {
        var outcome = Open(name, listed.Size);
        if (outcome is Outcome<FileStream>.Refused refused)
        {
            return refused.Why;
        }

        await using var stream = ((Outcome<FileStream>.Admitted)outcome).Value;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        long total = 0;
        int read;
        while (total <= listed.Size && (read = await stream.ReadAsync(buffer, stop)) > 0)
        {
            total += read;
            hash.AppendData(buffer, 0, read);
            if (into is not null)
            {
                await into.WriteAsync(buffer.AsMemory(0, read), stop);
            }

            progress?.Report(total);
        }

        return total == listed.Size && new Digest(hash.GetHashAndReset()) == listed.Sha256
            ? null
            : new Refusal("bag.file-differs", Specification, name);
    }

    /// <summary>A refusal of this format.</summary>
    public static Outcome<T> Refuse<T>(string code, string where) =>
        new Outcome<T>.Refused(new Refusal(code, Specification, where));

    private static bool IsPart(string name) =>
        name.StartsWith(".comity-", StringComparison.Ordinal) && name.EndsWith(".part", StringComparison.Ordinal);

    private string PathOf(string name) => Path.Combine(folder, name);
}
