// SPDX-License-Identifier: EUPL-1.2
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Files;
using Comity.Files.Keys;
using Comity.Signatures;
using Comity.Timestamps;

namespace Comity.Node.Timestamps;

/// <summary>A timestamp authority of one's own, for demonstrations and for trying a node out. Its policy says that it is no more.</summary>
/// <remarks>
/// Its clock is the machine's and its key lies in a file, so a token of it proves nothing against whoever runs it. Everything
/// it signs carries <see cref="Policy"/>, and its certificate says so in words.
/// </remarks>
internal sealed class HouseAuthority : IDisposable
{
    /// <summary>Object identifier of its policy (docs/spec/timestamp.md, 6): a UUID of ours, so registered with nobody.</summary>
    public const string Policy = TimestampStatement.DemonstrationPolicy;

    /// <summary>What the policy says.</summary>
    public const string PolicyText =
        "Comity demonstration authority: its clock and its key are those of an ordinary machine. "
        + "Its timestamps are for trying out and prove nothing.";

    /// <summary>Years that its certificates last.</summary>
    public const int Years = 10;

    private static readonly TimeSpan Accuracy = TimeSpan.FromSeconds(1);

    private readonly X509Certificate2 signer;
    private readonly CertificateText certificate;
    private readonly ECDsa key;
    private readonly Lock turn = new();

    private HouseAuthority(X509Certificate2 signer, X509Certificate2 root)
    {
        this.signer = signer;
        (certificate, key) = (Certificates.TextOf(signer), signer.GetECDsaPrivateKey()!);
        (RootPem, Root) = (root.ExportCertificatePem() + "\n", Certificates.TextOf(root));
    }

    /// <summary>The certificate to trust, as stock tools take it.</summary>
    public string RootPem { get; }

    /// <summary>The certificate to trust.</summary>
    public CertificateText Root { get; }

    /// <summary>Opens the authority in a folder, and makes one when there is none.</summary>
    /// <remarks>
    /// The root's key is forgotten once it has signed: nobody can issue another certificate under it. A crash between the two
    /// files leaves a root without an authority, which the next start replaces: nobody was told of it.
    /// </remarks>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="now">Start of validity of what is made.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">What lies there is no authority.</exception>
    public static HouseAuthority Open(string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var (authority, root) = (Path.Combine(folder, "signing.pem"), Path.Combine(folder, "root.pem"));
        if (!File.Exists(authority))
        {
            Make(authority, root, now);
        }

        try
        {
            var pem = File.ReadAllText(authority);
            using var trusted = X509Certificate2.CreateFromPem(File.ReadAllText(root));
            return new HouseAuthority(X509Certificate2.CreateFromPem(pem, pem), trusted);
        }
        catch (CryptographicException)
        {
            throw new InvalidDataException($"{folder} holds no timestamp authority that can be read");
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="query">The body of a POST: bytes from outside.</param>
    /// <param name="now">The authority's time.</param>
    /// <returns>A TimeStampResp: a token, or why there is none.</returns>
    public byte[] Answer(ReadOnlyMemory<byte> query, DateTimeOffset now) =>
        TimestampRequest.Parse(query) switch
        {
            Outcome<TimestampRequest>.Admitted { Value: var request } when request.Policy is null or Policy => Sign(
                request,
                now
            ),
            Outcome<TimestampRequest>.Admitted => TimestampResponse.Reject(TimestampFailure.PolicyUnknown),
            Outcome<TimestampRequest>.Refused { Why.Code: "timestamp.algorithm-unknown" } => TimestampResponse.Reject(
                TimestampFailure.AlgorithmUnknown
            ),
            Outcome<TimestampRequest>.Refused { Why.Where: "extensions" } => TimestampResponse.Reject(
                TimestampFailure.ExtensionUnknown
            ),
            _ => TimestampResponse.Reject(TimestampFailure.DataMalformed),
        };

    public void Dispose()
    {
        key.Dispose();
        signer.Dispose();
    }

    private static void Make(string authority, string root, DateTimeOffset now)
    {
        var from = Instants.ToSecond(now).AddMinutes(-5);
        using var top = Certificates.NewRoot("Comity demonstration timestamp root, not for evidence", from, Years);
        using var signer = Certificates.NewTimestamper(
            top,
            "Comity demonstration timestamp authority, not for evidence",
            Policy,
            PolicyText,
            from,
            top.NotAfter.ToUniversalTime()
        );
        using var key = signer.GetECDsaPrivateKey()!;
        File.WriteAllText(root, top.ExportCertificatePem() + "\n");
        using var file = DurableFile.CreatePrivate(authority);
        file.Stream.Write(
            System.Text.Encoding.ASCII.GetBytes($"{signer.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n")
        );
        file.Publish();
    }

    private byte[] Sign(TimestampRequest request, DateTimeOffset now)
    {
        var issue = TimestampIssue.For(
            request,
            Policy,
            new BigInteger(RandomNumberGenerator.GetBytes(16), isUnsigned: true) + 1,
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
            Accuracy,
            certificate
        );
        lock (turn)
        {
            return TimestampResponse.Grant(issue.Complete(key.SignData(issue.ToBeSigned.Span, issue.Scheme.Hash)));
        }
    }
}
