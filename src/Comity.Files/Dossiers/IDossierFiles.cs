// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Dossiers;

/// <summary>The files of an exported dossier as they are verified: in a folder, or in a container.</summary>
/// <remarks>
/// Whoever made them may have meant harm, so only what was found to be as its manifest lists it is given out. Thread-safe.
/// </remarks>
internal interface IDossierFiles
{
    /// <summary>A file's digest and its size in bytes; nothing unless it is there as it is listed.</summary>
    (Digest Digest, long Size)? Find(string name);

    /// <summary>The names of one folder's files, in their order.</summary>
    IReadOnlyList<string> Names(string folder);

    /// <summary>A small file's bytes.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="report">Told when it is too large to be what it should be (<c>verify.file-too-large</c>).</param>
    /// <returns>Nothing when that was reported.</returns>
    byte[]? Read(string name, VerificationReport report);
}
