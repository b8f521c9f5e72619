// SPDX-License-Identifier: EUPL-1.2
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Requests;
using Comity.Signatures;

namespace Comity.Tests.Vectors;

/// <summary>The signed acts under <c>vectors/acts</c>: one good one of each kind, and some that are wrong in one way.</summary>
internal static class VectorActs
{
    public const string Folder = "vectors/acts";

    private static readonly DossierId Dossier = DossierId.From(
        Convert.FromHexString("c0117fa7e5000000000000000000c0de")
    );

    /// <summary>The good acts by kind, in the order in which a request usually meets them.</summary>
    public static IReadOnlyDictionary<string, SignedAct> Good { get; } = MakeGood();

    private static SignedAct Withdraw => Good["withdraw"];

    /// <summary>Files that are wrong or unusual, each as a whole.</summary>
    public static IReadOnlyDictionary<string, byte[]> Others { get; } =
        new Dictionary<string, byte[]>
        {
            ["time-differs"] = SignedFiles.Content(
                PathOf("time-differs"),
                Withdraw.Signed.Content.ToArray(),
                VectorKeys.XaSeal,
                Withdraw.Act.Issued.AddSeconds(1)
            ),
            ["no-act"] = SignedFiles.Content(
                PathOf("no-act"),
                "Dear colleague,"u8.ToArray(),
                VectorKeys.XaSeal,
                Withdraw.Act.Issued
            ),
            ["by-root"] = SignedFiles.Act(PathOf("by-root"), Good["request"].Act, VectorKeys.XaRoot),
            ["by-other-party"] = SignedFiles.Act(PathOf("by-other-party"), Good["request"].Act, VectorKeys.XbSeal),
            ["to-third-party"] = Changed("to-third-party", a => a with { To = Office.Of("XC/central") }),
            ["to-unknown-authority"] = Changed("to-unknown-authority", a => a with { To = Office.Of("XB/police") }),
            ["from-third-party"] = Changed("from-third-party", a => a with { From = Office.Of("XC/central") }),
            ["from-unknown-authority"] = Changed(
                "from-unknown-authority",
                a => a with { From = Office.Of("XA/police") }
            ),
            ["not-understood"] = Changed(
                "not-understood",
                a =>
                    a with
                    {
                        Kind = "salute",
                        Version = 3,
                        Body = new NotUnderstood("{\n    \"words\": [1, \"é\"]\n  }"),
                    }
            ),
            ["stored-data"] = Changed(
                "stored-data",
                a => a with { Body = ((Request)a.Body) with { Measure = Comity.Instruments.Measure.StoredData } }
            ),
            ["p384"] = OtherScheme("p384", SignatureScheme.P384, () => Curve(ECCurve.NamedCurves.nistP384)),
            ["rsa-pss"] = OtherScheme("rsa-pss", SignatureScheme.RsaPss, Rsa),
            ["p521"] = SignedFiles.Keep(PathOf("p521"), UnknownScheme, _ => true),
            ["high-s"] = SignedFiles.Keep(PathOf("high-s"), HighS, kept => kept.AsSpan().SequenceEqual(HighS())),
        };

    public static string PathOf(string name) => $"{Folder}/{name}.p7m";

    private static Dictionary<string, SignedAct> MakeGood()
    {
        var good = new Dictionary<string, SignedAct>();
        var numbers = new Dictionary<(PartyId, bool), int>();
        foreach (var kind in ActKind.All)
        {
            var request = good.GetValueOrDefault("request")?.Id;
            var isShared = kind.By != Side.Internal;
            var from = Office.Of(kind.By == Side.Requested ? "XB/central" : "XA/central");
            var to = Office.Of(
                !isShared ? "XA/prosecutor"
                : kind.By == Side.Requested ? "XA/central"
                : "XB/central"
            );
            var number = numbers[(from.Party, isShared)] = numbers.GetValueOrDefault((from.Party, isShared)) + 1;
            var act = new ActContent(
                Dossier,
                request,
                from,
                to,
                isShared ? Visibility.Shared : Visibility.Authority,
                Specimens.Bodies[kind.Name]
            ).Seal(number, Some.Day(good.Count), request is null ? [] : [request], []);
            var signer = from.Party == Some.XA ? VectorKeys.XaSeal : VectorKeys.XbSeal;
            good.Add(kind.Name, SignedAct.Parse(SignedFiles.Act(PathOf(kind.Name), act, signer)).Admitted());
        }

        return good;
    }

    private static byte[] Changed(string name, Func<Act, Act> change) =>
        SignedFiles.Act(PathOf(name), change(Good["request"].Act), VectorKeys.XaSeal);

    // Self-signed and its key thrown away: it shows the form, and nobody signs with it again.
    private static byte[] OtherScheme(string name, SignatureScheme scheme, Func<X509Certificate2> signer) =>
        SignedFiles.Keep(
            PathOf(name),
            () =>
            {
                using var made = signer();
                return Certificates.Sign(SignedAct.Prepare(Withdraw.Act, Certificates.TextOf(made)), made);
            },
            kept =>
                SignedAct.Parse(kept) is Outcome<SignedAct>.Admitted { Value: var read }
                && read.Signed.Scheme == scheme
                && read.Signed.Content.Span.SequenceEqual(Withdraw.Signed.Content.Span)
        );

    private static X509Certificate2 Curve(ECCurve curve) =>
        new CertificateRequest("CN=test", ECDsa.Create(curve), HashAlgorithmName.SHA384).CreateSelfSigned(
            Some.Day(-300),
            Some.Day(9_000)
        );

    private static X509Certificate2 Rsa() =>
        new CertificateRequest(
            "CN=test",
            RSA.Create(3072),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pss
        ).CreateSelfSigned(Some.Day(-300), Some.Day(9_000));

    private static byte[] UnknownScheme()
    {
        using var signer = Curve(ECCurve.NamedCurves.nistP521);
        var certificate = Certificates.TextOf(signer);
        var content = Withdraw.Signed.Content.Span;
        return SignedBytes.Encode(
            content,
            certificate,
            SignatureScheme.P384,
            SignedAttributes.Encode(SignatureScheme.P384, content, certificate, Withdraw.Act.Issued),
            [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]
        );
    }

    // The other half of the same signature: n - s for s, which stock tools take and this profile does not.
    private static byte[] HighS()
    {
        var order = BigInteger.Parse(
            "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
            System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture
        );
        var bytes = Withdraw.Signed.Encoded.ToArray();
        var at = Enumerable
            .Range(bytes.Length - 74, 74)
            .First(i => bytes[i] == 0x04 && i + 2 + bytes[i + 1] == bytes.Length);
        var pair = new AsnReader(bytes.AsMemory(at + 2), AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(pair.ReadInteger());
            writer.WriteInteger(order - pair.ReadInteger());
        }

        var content = Withdraw.Signed.Content.Span;
        var signer = Withdraw.Signed.Signer;
        return SignedBytes.Encode(
            content,
            signer,
            SignatureScheme.P256,
            SignedAttributes.Encode(SignatureScheme.P256, content, signer, Withdraw.Act.Issued),
            writer.Encode()
        );
    }
}
