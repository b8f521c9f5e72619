// SPDX-License-Identifier: EUPL-1.2

namespace Comity.Evidence;

/// <summary>What an exhibit is, plain and sealed, so that a court can tell that what it opens is what was taken.</summary>
/// <remarks>A digest proves sameness, not truth. Specification: <c>docs/spec/seal.md</c>, comity-manifest@v1.</remarks>
/// <param name="Name">File name for people, 1 to 255 characters, without a path.</param>
/// <param name="MediaType">What kind of file, for example <c>application/mbox</c>.</param>
/// <param name="Size">Size in bytes before sealing.</param>
/// <param name="Sha256">SHA-256 before sealing.</param>
/// <param name="SealedSize">Size in bytes of the sealed file.</param>
/// <param name="SealedSha256">SHA-256 of the sealed file, by which it is stored and asked for.</param>
/// <param name="Acquired">How it was acquired, as far as is said.</param>
public sealed record ExhibitManifest(
    string Name,
    string? MediaType,
    long Size,
    Digest Sha256,
    long SealedSize,
    Digest SealedSha256,
    Acquisition? Acquired
)
{
    internal void Check(Shape shape) =>
        shape
            .FileName(Name, "name")
            .OptionalText(MediaType, "mediaType", 100)
            .Size(Size, "size")
            .Size(SealedSize, "sealedSize", minimum: 1)
            .Within(Acquired, "acquired", a => a.Check(shape));
}

/// <summary>How an exhibit was acquired. A role, never a name.</summary>
/// <param name="Tool">The tool used, with its version.</param>
/// <param name="At">When.</param>
/// <param name="Role">The role of the person who did it.</param>
public sealed record Acquisition(string? Tool, DateTimeOffset? At, string? Role)
{
    internal void Check(Shape shape) => shape.OptionalText(Tool, "tool").OptionalText(Role, "role");
}
