// SPDX-License-Identifier: EUPL-1.2
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Comity.Evidence;

namespace Comity.Tests.Evidence;

/// <summary>The age community's own test vectors (C2SP CCTV), from the npm package cctv-age.</summary>
public sealed partial class AgeVectorsTests
{
    private const string NotInstalled = "(not installed)";
    private const int Count = 143;

    private static readonly Lazy<Dictionary<string, byte[]>> All = new(Load);

    public static TheoryData<string> Names() =>
        All.Value.Count == 0 ? [NotInstalled] : [.. All.Value.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_vector_of_the_age_community_is_here()
    {
        _ = Checkout.NpmFile("cctv-age/index.js");
        Assert.Equal(Count, All.Value.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_age_vector_ends_as_its_authors_say(string name)
    {
        Assert.SkipWhen(name == NotInstalled, "run: cd tests/vectors-npm && npm ci");
        var vector = Vector.Read(All.Value[name]);
        var (outcome, released) = await Seals.OpenAsync(vector.File, [.. vector.Identities]);

        Assert.Contains(outcome.Code(), Codes(vector.Expect));
        if (vector.PayloadHash is { } hash)
        {
            // Also when it fails: exactly the chunks that are authentic were given out, no more and no fewer.
            Assert.Equal(hash, Digest.Of(released).ToString());
        }
        else
        {
            Assert.Empty(released);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_header_that_parses_is_written_back_to_the_same_bytes(string name)
    {
        Assert.SkipWhen(name == NotInstalled, "run: cd tests/vectors-npm && npm ci");
        var file = Vector.Read(All.Value[name]).File;
        if (SealHeader.Parse(file) is Outcome<SealHeader>.Admitted { Value: var header })
        {
            var written = SealHeaderText.Write(header.Stanzas);
            Assert.StartsWith(
                written + " ",
                Encoding.ASCII.GetString(file, 0, header.Length),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_payload_that_opens_is_sealed_back_to_the_same_bytes(string name)
    {
        Assert.SkipWhen(name == NotInstalled, "run: cd tests/vectors-npm && npm ci");
        var vector = Vector.Read(All.Value[name]);
        if (vector is not { Expect: "success", FileKey: { } fileKey, IsArmored: false })
        {
            return;
        }

        var (_, plain) = await Seals.OpenAsync(vector.File, [.. vector.Identities]);
        var payload = vector.File.AsMemory(SealHeader.Parse(vector.File).Value().Length);
        using SealChunks chunks = new(fileKey, payload.Span[..SealChunks.NonceSize]);
        var again = new byte[SealChunks.SealedLength(plain.Length)];
        _ = chunks.Seal(0, plain, RunEnd.EndsFile, again);
        Assert.Equal(payload[SealChunks.NonceSize..].ToArray(), again);
    }

    private static string[] Codes(string expect) =>
        expect switch
        {
            "success" => ["admitted"],
            "no match" => [SealRefusals.NoMatchingKey],
            "HMAC failure" => [SealRefusals.MacWrong],
            // A missing nonce counts as a header failure there, and is a cut file here.
            "header failure" =>
            [
                SealRefusals.NotASeal,
                SealRefusals.HeaderMalformed,
                SealRefusals.StanzaMalformed,
                SealRefusals.PassphraseNotAlone,
                SealRefusals.WorkFactorTooHigh,
                SealRefusals.Truncated,
            ],
            "payload failure" =>
            [
                SealRefusals.ChunkNotAuthentic,
                SealRefusals.Truncated,
                SealRefusals.BytesAfterEnd,
                SealRefusals.LastChunkEmpty,
            ],
            // What does not begin with the armor's first line is not seen as armor at all.
            "armor failure" => [SealRefusals.ArmorMalformed, SealRefusals.NotASeal],
            _ => throw new InvalidOperationException($"a new kind of expectation: {expect}"),
        };

    private static Dictionary<string, byte[]> Load()
    {
        var file = Path.Combine(Checkout.NpmVectors, "node_modules", "cctv-age", "index.js");
        return File.Exists(file)
            ? Embedded()
                .Matches(File.ReadAllText(file))
                .ToDictionary(m => m.Groups["name"].Value, m => Convert.FromBase64String(m.Groups["bytes"].Value))
            : [];
    }

    [GeneratedRegex(
        """^// \.\./testdata/(?<name>\w+)\nvar \w+ = __toBinary\("(?<bytes>[^"]*)"\);$""",
        RegexOptions.Multiline
    )]
    private static partial Regex Embedded();

    /// <summary>One vector: lines of "key: value", an empty line, the file.</summary>
    private sealed record Vector(
        string Expect,
        string? PayloadHash,
        byte[]? FileKey,
        bool IsArmored,
        List<Identity> Identities,
        byte[] File
    )
    {
        public static Vector Read(byte[] bytes)
        {
            var end = bytes.AsSpan().IndexOf("\n\n"u8);
            var lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n').Select(l => l.Split(": ", 2)).ToList();
            List<Identity> identities =
            [
                .. lines.Where(l => l[0] == "identity").Select(l => Identity.Parse(l[1]).Value()),
                .. lines.Where(l => l[0] == "passphrase").Select(l => new Identity.Passphrase(l[1])),
            ];
            string? One(string key) => lines.Find(l => l[0] == key)?[1];
            return new Vector(
                One("expect")!,
                One("payload"),
                One("file key") is { } key ? Convert.FromHexString(key) : null,
                One("armored") == "yes",
                identities,
                One("compressed") == "zlib" ? Inflate(bytes[(end + 2)..]) : bytes[(end + 2)..]
            );
        }

        private static byte[] Inflate(byte[] bytes)
        {
            using ZLibStream zlib = new(new MemoryStream(bytes), CompressionMode.Decompress);
            using MemoryStream plain = new();
            zlib.CopyTo(plain);
            return plain.ToArray();
        }
    }
}
