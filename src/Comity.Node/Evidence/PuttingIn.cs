// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files;
using Comity.Node.Acts;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Storage;

namespace Comity.Node.Evidence;

/// <summary>Takes evidence in at this node, to be supplied later: sealed as it is read, or sealed before it came.</summary>
/// <remarks>
/// No byte of what is put in plain ever touches the disk: it is sealed to the requesting authority on its way there. A file
/// is here when it is placed and its row is written, in that order; before that nobody knows of it, and what a crash leaves
/// is a file that nothing names.
/// </remarks>
internal sealed class PuttingIn(NodeParts node)
{
    private const string Unfinished = "put-";

    private static readonly Citation Specification = new("docs/spec/seal.md", "Manifest");

    private static readonly byte[][] Beginnings =
    [
        "age-encryption.org/v1\n"u8.ToArray(),
        "-----BEGIN AGE ENCRYPTED FILE-----"u8.ToArray(),
    ];

    /// <summary>Deletes what an earlier run was cut off in.</summary>
    public static void DeleteUnfinished(string arriving)
    {
        foreach (var file in Directory.Exists(arriving) ? Directory.GetFiles(arriving, Unfinished + "*") : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>Seals a file as it is read, and keeps it.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="what">Its name, its media type, and how it was acquired.</param>
    /// <param name="recipients">Keys of the authority that asks, from the directory.</param>
    /// <param name="plain">The file.</param>
    /// <param name="officer">Who puts it in.</param>
    /// <param name="stop">Gives up; nothing is kept.</param>
    /// <returns>
    /// What was kept, or a refusal: <c>manifest.outside-limits</c>, <c>exhibit.already-here</c>,
    /// <c>exhibit.cannot-write</c>, <c>exhibit.interrupted</c>, or any of <see cref="Sealing"/>.
    /// </returns>
    public async Task<Outcome<ManifestDocument>> SealAsync(
        DossierRow dossier,
        FileGiven what,
        IReadOnlyList<Recipient> recipients,
        Stream plain,
        Officer officer,
        CancellationToken stop
    )
    {
        // Asked before the first byte, with sizes that any file has, so that a name that cannot be kept costs no hour.
        var anything = new SealedExhibit(new ContentDigest(0, default), new ContentDigest(1, default));
        return Describe(what, anything, recipients) is Outcome<ManifestDocument>.Refused refused
            ? refused
            : await KeepAsync(
                dossier,
                officer,
                async part =>
                {
                    var outcome = await Sealing.SealAsync(new ArrivingStream(plain), part, recipients, cancel: stop);
                    return outcome.Then(exhibit => Describe(what, exhibit, recipients));
                },
                stop
            );
    }

    /// <summary>Keeps a file that was sealed before it came, if it is the one its manifest describes.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="document">Its manifest.</param>
    /// <param name="recipients">Keys of the authority that asks, from the directory.</param>
    /// <param name="sealedFile">The file.</param>
    /// <param name="officer">Who puts it in.</param>
    /// <param name="stop">Gives up; nothing is kept.</param>
    /// <returns>
    /// What was kept, or a refusal: <c>exhibit.other-recipients</c>, <c>exhibit.not-sealed</c>,
    /// <c>exhibit.digest-differs</c>, <c>exhibit.already-here</c>, <c>exhibit.cannot-write</c> or
    /// <c>exhibit.interrupted</c>.
    /// </returns>
    public async Task<Outcome<ManifestDocument>> TakeSealedAsync(
        DossierRow dossier,
        ManifestDocument document,
        IReadOnlyList<Recipient> recipients,
        Stream sealedFile,
        Officer officer,
        CancellationToken stop
    ) =>
        !document.SealedTo.ToHashSet().SetEquals(recipients.Select(r => r.ToString()))
            ? Refuse("exhibit.other-recipients")
            : await KeepAsync(
                dossier,
                officer,
                part => CopyAsync(document, new ArrivingStream(sealedFile), part, stop),
                stop
            );

    private static async Task<Outcome<ManifestDocument>> CopyAsync(
        ManifestDocument document,
        Stream sealedFile,
        Stream part,
        CancellationToken stop
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long total = 0;
        int read;
        while ((read = await sealedFile.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop)) > 0)
        {
            // Looked at before a byte is written: a plain file put in here by mistake is not to lie on this disk.
            if (total == 0 && !Beginnings.Any(b => buffer.AsSpan(0, read).StartsWith(b)))
            {
                return Refuse("exhibit.not-sealed");
            }

            total += read;
            if (total > document.Manifest.SealedSize)
            {
                return Refuse("exhibit.digest-differs");
            }

            hash.AppendData(buffer, 0, read);
            await part.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        return
            total == document.Manifest.SealedSize
            && new Digest(hash.GetHashAndReset()) == document.Manifest.SealedSha256
            ? new Outcome<ManifestDocument>.Admitted(document)
            : Refuse("exhibit.digest-differs");
    }

    private async Task<Outcome<ManifestDocument>> KeepAsync(
        DossierRow dossier,
        Officer officer,
        Func<Stream, Task<Outcome<ManifestDocument>>> write,
        CancellationToken stop
    )
    {
        var folder = Directory.CreateDirectory(node.Settings.ArrivingFolder).FullName;
        var file = Path.Combine(folder, Unfinished + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        try
        {
            Outcome<ManifestDocument> outcome;
            await using (var part = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, true))
            {
                outcome = await write(part);
            }

            return outcome is Outcome<ManifestDocument>.Admitted written
                ? await PlaceAsync(dossier, written.Value, file, officer, stop)
                : outcome;
        }
        catch (ArrivalCutException)
        {
            return Refuse("exhibit.interrupted");
        }
        catch (IOException full)
        {
            PuttingInLog.CannotWrite(node.Logging.CreateLogger<PuttingIn>(), full);
            return Refuse("exhibit.cannot-write");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<Outcome<ManifestDocument>> PlaceAsync(
        DossierRow dossier,
        ManifestDocument document,
        string file,
        Officer officer,
        CancellationToken stop
    )
    {
        using var cipher = DossierKeys.CipherOf(dossier, node.Keys.AtRest);
        if (await node.Database.ReadAsync(s => IsHereAsync(s, dossier, document.Manifest, cipher), stop))
        {
            return Refuse("exhibit.already-here");
        }

        // 1. The file. A crash after this leaves one that no row names: it is put in again, under another digest.
        await node.Evidence.PlaceAsync(file, document.Manifest.SealedSha256, stop);

        // 2. The row. From here on it can be supplied.
        var now = node.Now;
        var isNew = await node.Database.WriteAsync(
            async session =>
            {
                var rows = await ExhibitTables.HoldAsync(session, IdOf(dossier), document, cipher, officer.Id, now);
                if (rows == 1)
                {
                    await BeginCustodyAsync(session, dossier, document, cipher, officer, now);
                }

                await Audit.NoteAsync(session, officer.Id, "exhibit.put-in", dossier.Id, now);
                return rows == 1;
            },
            stop
        );
        return isNew ? new Outcome<ManifestDocument>.Admitted(document) : Refuse("exhibit.already-here");
    }

    private async Task BeginCustodyAsync(
        Session session,
        DossierRow dossier,
        ManifestDocument document,
        Keys.AtRest cipher,
        Officer officer,
        DateTimeOffset now
    )
    {
        var exhibit = document.Manifest.SealedSha256;
        var own = node.Settings.Party;
        if (document.Manifest.Acquired is { } acquired)
        {
            var collected = new Deed(
                CustodyEvent.Collected,
                own,
                acquired.Role ?? "not said",
                Note: acquired.Tool is { } tool ? $"with {tool}" : null
            );
            await CustodyTables.AddAsync(session, dossier.Id, cipher, exhibit, collected, acquired.At ?? now);
        }

        var put = Deed.By(CustodyEvent.Sealed, own, officer, "put in at the desk");
        await CustodyTables.AddAsync(session, dossier.Id, cipher, exhibit, put, now);
    }

    private static async Task<bool> IsHereAsync(
        Session session,
        DossierRow dossier,
        ExhibitManifest manifest,
        Keys.AtRest cipher
    ) =>
        await ExhibitTables.FindAsync(session, manifest.SealedSha256) is not null
        || (await ExhibitTables.OfAsync(session, IdOf(dossier))).Any(row =>
            ExhibitTables.ManifestOf(row, cipher)?.Manifest.Sha256 == manifest.Sha256
        );

    private static Outcome<ManifestDocument> Describe(
        FileGiven what,
        SealedExhibit exhibit,
        IReadOnlyList<Recipient> recipients
    ) =>
        ManifestDocument
            .Of(what.Name, what.MediaType, exhibit, recipients)
            .Then(d =>
                ManifestDocument.Parse((d with { Manifest = d.Manifest with { Acquired = what.Acquired } }).Write())
            );

    private static DossierId IdOf(DossierRow dossier) =>
        DossierId.TryParse(dossier.Id, out var id) ? id : throw new InvalidDataException("a dossier's id is not one");

    private static Outcome<ManifestDocument> Refuse(string code) =>
        new Outcome<ManifestDocument>.Refused(new Refusal(code, Specification));
}

/// <summary>A file as whoever puts it in describes it.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="MediaType">Its media type, where known.</param>
/// <param name="Acquired">How it was acquired, as far as is said.</param>
internal sealed record FileGiven(string Name, string? MediaType, Acquisition? Acquired);

/// <summary>What is logged when evidence is put in.</summary>
internal static partial class PuttingInLog
{
    [LoggerMessage(40, LogLevel.Error, "evidence that was being put in cannot be written; nothing was kept")]
    public static partial void CannotWrite(ILogger logger, Exception fault);
}
