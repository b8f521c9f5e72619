// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Text;

namespace Comity.Files.Dossiers;

/// <summary>Writes files one by one and keeps the list of their digests.</summary>
internal sealed class FolderWriter(string root, IProgress<string>? progress)
{
    private readonly StringBuilder manifest = new();

    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = DurableFile.Create(PathOf(name));
        file.Stream.Write(bytes);
        file.Publish();
        Note(name, Digest.Of(bytes));
    }

    public async Task CopyAsync(string name, Stream source, CancellationToken stop)
    {
        using var file = DurableFile.Create(PathOf(name));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await source.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.Stream.WriteAsync(buffer.AsMemory(0, read), stop).ConfigureAwait(false);
        }

        file.Publish();
        Note(name, new Digest(hash.GetHashAndReset()));
    }

    /// <summary>Writes the list, and with it makes the folder whole.</summary>
    public void Finish()
    {
        using var file = DurableFile.Create(PathOf(DossierFolder.Manifest));
        file.Stream.Write(Encoding.UTF8.GetBytes(manifest.ToString()));
        file.Publish();
    }

    private string PathOf(string name)
    {
        var path = Path.Combine(root, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Note(string name, Digest digest)
    {
        manifest.Append(digest).Append("  ").Append(name).Append('\n');
        progress?.Report(name);
    }
}
