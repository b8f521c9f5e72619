// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>One exhibit before and after sealing, as measured in the pass that sealed or opened it.</summary>
/// <param name="Plain">The evidence itself.</param>
/// <param name="Sealed">The file that travels: every byte of it, the header, and the armor if there is one.</param>
public sealed record SealedExhibit(ContentDigest Plain, ContentDigest Sealed);
