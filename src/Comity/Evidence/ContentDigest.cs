// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>What pins a run of bytes: how many there are, and their SHA-256; what <c>wc -c</c> and <c>sha256sum</c> print.</summary>
/// <param name="Size">Bytes, from zero.</param>
/// <param name="Sha256">Their SHA-256.</param>
public sealed record ContentDigest(long Size, Digest Sha256);
