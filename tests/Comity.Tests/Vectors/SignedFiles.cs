// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Tests.Vectors;

/// <summary>
/// Signed files of the vectors. What they say follows from the code; the signature is drawn once with COMITY_UPDATE=1 and
/// kept for as long as the file says what it should.
/// </summary>
internal static class SignedFiles
{
    public static byte[] Act(string path, Act act, X509Certificate2 signer) =>
        Content(path, ActEncoding.Write(act), signer, act.Issued);

    public static byte[] Entry(string path, PartyEntry entry, X509Certificate2 root) =>
        Content(path, StrictJson.Write(entry, ActJson.Of<PartyEntry>()), root, entry.Issued);

    public static byte[] Content(string path, byte[] content, X509Certificate2 signer, DateTimeOffset at) =>
        Keep(
            path,
            () => Certificates.Sign(SigningInput.For(content, Certificates.TextOf(signer), at), signer),
            kept =>
                SignedBytes.Parse(kept, ActMaximum) is Outcome<SignedBytes>.Admitted { Value: var signed }
                && signed.Content.Span.SequenceEqual(content)
                && signed.SignedAt == at
                && signed.Signer.Encoded.Span.SequenceEqual(signer.RawData)
        );

    /// <summary>A file made once and kept while it is what it should be.</summary>
    public static byte[] Keep(string path, Func<byte[]> make, Func<byte[], bool> isStillRight)
    {
        if (!Repository.Has(path) || !isStillRight(Repository.Bytes(path)))
        {
            Assert.True(Repository.IsUpdating, $"{path} is not what it should be; run the tests with COMITY_UPDATE=1");
            Repository.Write(path, make());
        }

        return Repository.Bytes(path);
    }

    private const int ActMaximum = Comity.Acts.Act.MaximumBytes;
}
