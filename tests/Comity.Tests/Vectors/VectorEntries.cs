// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography.X509Certificates;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Instruments;
using Comity.Parties;

namespace Comity.Tests.Vectors;

/// <summary>The signed directory entries under <c>vectors/directory</c>.</summary>
internal static class VectorEntries
{
    public const string Folder = "vectors/directory";

    private static readonly PartyEntry XaFirst = Describe(Some.XA, VectorKeys.XaSeal);
    private static readonly byte[] First = Signed("xa-1", XaFirst, VectorKeys.XaRoot);

    private static readonly PartyEntry XaSecond = XaFirst with
    {
        Version = 2,
        Previous = Digest.Of(First),
        NextRoot = Digest.Of(VectorKeys.XaRoot2.RawData),
        Issued = Some.Day(10),
    };

    private static readonly byte[] Second = Signed("xa-2", XaSecond, VectorKeys.XaRoot);

    private static readonly PartyEntry XaThird = XaSecond with
    {
        Version = 3,
        Previous = Digest.Of(Second),
        NextRoot = null,
        Issued = Some.Day(20),
    };

    /// <summary>Every entry by the name of its file.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } =
        new Dictionary<string, byte[]>
        {
            ["xa-1"] = First,
            ["xa-2"] = Second,
            ["xa-3"] = Signed("xa-3", XaThird, VectorKeys.XaRoot2),
            ["xb-1"] = Signed("xb-1", Describe(Some.XB, VectorKeys.XbSeal), VectorKeys.XbRoot),
            ["xa-1-fork"] = Signed("xa-1-fork", XaFirst with { Name = "State XA, once more" }, VectorKeys.XaRoot),
            ["xa-2-fork"] = Signed(
                "xa-2-fork",
                XaSecond with
                {
                    Previous = Some.Digest("another entry"),
                },
                VectorKeys.XaRoot
            ),
            ["xa-2-not-announced"] = Signed("xa-2-not-announced", XaSecond, VectorKeys.XaRoot2),
            ["xa-3-old-root"] = Signed(
                "xa-3-old-root",
                XaThird with
                {
                    Version = 4,
                    Previous = Some.Digest("xa-3"),
                },
                VectorKeys.XaRoot
            ),
            ["xa-short"] = Signed("xa-short", XaFirst with { Expires = Some.Day(1) }, VectorKeys.XaRoot),
            ["xa-replaced"] = Signed(
                "xa-replaced",
                WithAuthority(a => a with { Seals = [a.Seals[0] with { Replaced = Some.Day(1) }] }),
                VectorKeys.XaRoot
            ),
            ["xa-answers-only"] = Signed(
                "xa-answers-only",
                WithAuthority(a => a with { Competences = [new Competence(Measure.Preservation, [Power.Answer])] }),
                VectorKeys.XaRoot
            ),
            ["xa-time-differs"] = SignedFiles.Content(
                PathOf("xa-time-differs"),
                StrictJson.Write(XaFirst, ActJson.Of<PartyEntry>()),
                VectorKeys.XaRoot,
                XaFirst.Issued.AddSeconds(1)
            ),
            ["xa-malformed"] = SignedFiles.Content(
                PathOf("xa-malformed"),
                "{\"party\": \"XA\"}"u8.ToArray(),
                VectorKeys.XaRoot,
                XaFirst.Issued
            ),
            ["xa-too-long"] = Signed(
                "xa-too-long",
                XaFirst with
                {
                    Expires = XaFirst.Issued.AddDays(401),
                },
                VectorKeys.XaRoot
            ),
            ["xa-year-9999"] = Signed(
                "xa-year-9999",
                XaFirst with
                {
                    Issued = new DateTimeOffset(9999, 12, 31, 23, 59, 58, TimeSpan.Zero),
                    Expires = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
                },
                VectorKeys.XaRoot
            ),
        };

    public static string PathOf(string name) => $"{Folder}/{name}.p7m";

    private static byte[] Signed(string name, PartyEntry entry, X509Certificate2 root) =>
        SignedFiles.Entry(PathOf(name), entry, root);

    private static PartyEntry WithAuthority(Func<Authority, Authority> change) =>
        XaFirst with
        {
            Authorities = [change(XaFirst.Authorities[0])],
        };

    private static PartyEntry Describe(PartyId party, X509Certificate2 seal) =>
        new(
            party,
            $"State {party}",
            1,
            Some.Day(-1),
            Some.Day(364),
            null,
            null,
            ["en", "fr"],
            new Endpoints($"https://node.{party.ToString().ToLowerInvariant()}.example/", null),
            new RegisterKey($"{party}.example/register", "placeholder-key"),
            [Certificates.TextOf(VectorKeys.Connection)],
            [
                new Authority(
                    "central",
                    $"Central Authority of {party}",
                    [
                        new Competence(Measure.Preservation, [Power.Request, Power.Answer]),
                        new Competence(Measure.StoredData, [Power.Request, Power.Answer]),
                    ],
                    [new SealCertificate(Certificates.TextOf(seal), null)],
                    [],
                    Some.Contact()
                ),
            ],
            [.. ActKind.All.Where(k => k.By != Side.Internal).Select(k => $"{k.Name}/{k.Version}")],
            []
        );
}
