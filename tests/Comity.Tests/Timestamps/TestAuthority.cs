// SPDX-License-Identifier: EUPL-1.2
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Files.Keys;
using Comity.Timestamps;

namespace Comity.Tests.Timestamps;

/// <summary>A timestamp authority that does not exist, with a root, and a request that it answers.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Policy = "1.3.6.1.4.1.99999.1";

    public static readonly DateTimeOffset Asked = Some.Day(10, 12);
    public static readonly byte[] Content = Encoding.UTF8.GetBytes("register.example/xa\n3\nAAAA\n");
    public static readonly byte[] Nonce = [0x80, 1, 2, 3, 4, 5, 6, 7];
    public static readonly TimestampRequest Request = TimestampRequest.For(Digest.Of(Content), Nonce);

    public TestAuthority(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        Root = Certificates.NewRoot("Root of a test authority", Some.Day(-100), 5);
        Signer = Certificates.NewTimestamper(
            Root,
            "Test authority",
            Policy,
            "for tests",
            from ?? Some.Day(-10),
            until ?? Some.Day(200)
        );
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Signer { get; set; }

    public TimestampTrust Trust => new([Certificates.TextOf(Root)], []);

    /// <summary>A token, signed.</summary>
    public byte[] Token(TimestampRequest? request = null, DateTimeOffset? at = null, string policy = Policy) =>
        Sign(Signer, request ?? Request, at ?? Asked.AddMilliseconds(1250), policy);

    public static byte[] Sign(X509Certificate2 signer, TimestampRequest request, DateTimeOffset at, string policy)
    {
        var issue = TimestampIssue.For(
            request,
            policy,
            new BigInteger(77),
            at,
            TimeSpan.FromSeconds(1),
            Certificates.TextOf(signer)
        );
        using var key = signer.GetECDsaPrivateKey()!;
        return issue.Complete(key.SignData(issue.ToBeSigned.Span, issue.Scheme.Hash));
    }

    public void Dispose()
    {
        Root.Dispose();
        Signer.Dispose();
    }
}
