// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;

namespace Comity.Evidence;

/// <summary>How far the chains of custody of some exhibits had got. Kept at home: whoever cuts a chain later contradicts it.</summary>
/// <param name="Exhibits">One end a chain.</param>
public sealed record Custody(IReadOnlyList<CustodyHead> Exhibits) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .List(Exhibits, "exhibits", e => shape.Range(e.Place, 1, int.MaxValue, "place"), minimum: 1)
            .Distinct(Exhibits, e => e.SealedSha256.ToString(), "exhibits");
}

/// <summary>The end of a chain of custody.</summary>
/// <param name="SealedSha256">The exhibit.</param>
/// <param name="Place">The last link's place.</param>
/// <param name="Head">SHA-256 of the last link.</param>
public sealed record CustodyHead(Digest SealedSha256, int Place, Digest Head);

/// <summary>The certificate of an exhibit's destruction. Its bytes are deleted; this, its leaf, receipts and outcome stay.</summary>
/// <param name="SealedSha256">The exhibit.</param>
/// <param name="SealedSize">Size of its sealed file, in bytes.</param>
/// <param name="Law">The provision or the condition under which it is destroyed.</param>
/// <param name="Reason">Why.</param>
public sealed record Destroy(Digest SealedSha256, long SealedSize, string Law, string Reason) : ActBody
{
    internal override void Check(Shape shape) =>
        shape
            .Size(SealedSize, "sealedSize", minimum: 1)
            .Text(Law, "law", 1_000)
            .Text(Reason, "reason", Shape.Paragraph);
}
