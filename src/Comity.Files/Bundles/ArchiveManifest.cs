// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Xml;
using Comity.Timestamps;
using static Comity.Outcome<Comity.Files.Bundles.ArchiveManifest>;

namespace Comity.Files.Bundles;

/// <summary>
/// The list of a container's files that is stamped anew while its signatures can still be checked (EN 319 162-1,
/// ASiCArchiveManifest), so that they hold when keys and hashes have aged.
/// </summary>
/// <remarks>
/// The token is a plain RFC 3161 timestamp over the manifest's bytes: <c>openssl ts -verify</c> checks it. A later one lists the
/// earlier manifest and its token with everything else. Immutable. Specification: <c>docs/spec/timestamp.md</c>, 7.
/// </remarks>
public sealed class ArchiveManifest
{
    /// <summary>Where the newest stands in a container.</summary>
    public const string Name = "META-INF/ASiCArchiveManifest.xml";

    /// <summary>Largest manifest that is read, in bytes.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    /// <summary>Most files listed.</summary>
    public const int MaximumFiles = 250_000;

    private const string Namespace = "http://uri.etsi.org/02918/v1.2.1#";
    private const string Signatures = "http://www.w3.org/2000/09/xmldsig#";
    private const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private const string TokenType = "application/vnd.etsi.timestamp-token";

    private static readonly Citation Form = new("EN 319 162-1", "A.7");
    private static readonly Citation Completeness = new("docs/spec/timestamp.md", "7");

    private ArchiveManifest(string token, IReadOnlyList<ArchivedFile> files, string? previous) =>
        (Token, Files, Previous) = (token, files, previous);

    /// <summary>Where the timestamp over the manifest stands, for example <c>META-INF/timestamp001.tst</c>.</summary>
    public string Token { get; }

    /// <summary>The files, in order, each once.</summary>
    public IReadOnlyList<ArchivedFile> Files { get; }

    /// <summary>The earlier archive manifest among them, of which this is the successor; nothing when it is the first.</summary>
    public string? Previous { get; }

    /// <summary>A manifest of files.</summary>
    /// <param name="token">Where its timestamp will stand.</param>
    /// <param name="files">Every file of the container but the mimetype, this manifest and its token; 1 or more.</param>
    /// <param name="previous">The name of the earlier archive manifest, which is one of them.</param>
    /// <exception cref="ArgumentException">
    /// A name is not ASCII letters, digits, <c>- _ . /</c>, or goes up or starts with a slash; one stands twice; or too many.
    /// </exception>
    public static ArchiveManifest Of(string token, IReadOnlyList<ArchivedFile> files, string? previous = null) =>
        Fits(token, files, previous)
            ? new ArchiveManifest(token, [.. files], previous)
            : throw new ArgumentException("files of a container have plain names, each its own", nameof(files));

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">Bytes from outside. A document type, an entity or a resource elsewhere is never followed.</param>
    /// <returns>The manifest, or <c>archive.malformed</c>, with the line where there is one.</returns>
    public static Outcome<ArchiveManifest> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            return Malformed("");
        }

        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            }
        );
        try
        {
            var manifest = Read(reader);
            return Fits(manifest.Token, manifest.Files, manifest.Previous)
                ? new Admitted(manifest)
                : Malformed("DataObjectReference");
        }
        catch (XmlException bad)
        {
            return Malformed(FormattableString.Invariant($"line {bad.LineNumber}"));
        }
    }

    /// <summary>Checks a manifest, the files it lists and the timestamp over it.</summary>
    /// <param name="manifest">The manifest's exact bytes.</param>
    /// <param name="files">Every file that is there but the mimetype, this manifest and its token, each once, hashed anew.</param>
    /// <param name="token">The token's bytes.</param>
    /// <param name="trust">Which authorities are believed.</param>
    /// <returns>
    /// The token, whose time is that of the re-stamping, or a refusal: <c>archive.malformed</c>, <c>archive.file-missing</c>,
    /// <c>archive.file-differs</c>, <c>archive.file-not-listed</c> (each with the file's name), or one of
    /// <see cref="TimestampToken.Parse"/>, <see cref="TimestampToken.Covers"/> and <see cref="TimestampToken.SignedUnder"/>.
    /// </returns>
    public static Outcome<TimestampToken> Check(
        ReadOnlyMemory<byte> manifest,
        IEnumerable<ArchivedFile> files,
        ReadOnlyMemory<byte> token,
        TimestampTrust trust
    ) =>
        Parse(manifest)
            .Then(read => read.Lists(files))
            .Then(_ => TimestampToken.Parse(token))
            .Then(read => read.Covers(manifest.Span))
            .Then(read => read.SignedUnder(trust));

    /// <summary>The manifest's bytes: always the same for the same manifest, ASCII.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Append("<asic:ASiCManifest xmlns:asic=\"")
            .Append(Namespace)
            .Append("\" xmlns:ds=\"")
            .Append(Signatures)
            .Append("\">\n  <asic:SigReference URI=\"")
            .Append(Token)
            .Append("\" MimeType=\"")
            .Append(TokenType)
            .Append("\"/>\n");
        foreach (var file in Files)
        {
            text.Append("  <asic:DataObjectReference URI=\"").Append(file.Name).Append('"');
            if (file.MediaType is not null)
            {
                text.Append(" MimeType=\"").Append(file.MediaType).Append('"');
            }

            text.Append(file.Name == Previous ? " Rootfile=\"true\">\n" : ">\n")
                .Append("    <ds:DigestMethod Algorithm=\"")
                .Append(Sha256)
                .Append("\"/>\n    <ds:DigestValue>")
                .Append(file.Digest.ToBase64())
                .Append("</ds:DigestValue>\n  </asic:DataObjectReference>\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("</asic:ASiCManifest>\n").ToString());
    }

    private static ArchiveManifest Read(XmlReader reader)
    {
        reader.MoveToContent();
        reader.ReadStartElement("ASiCManifest", Namespace);
        Need(reader.IsStartElement("SigReference", Namespace) && reader.GetAttribute("MimeType") == TokenType, reader);
        var token = reader.GetAttribute("URI") ?? "";
        reader.Skip();
        var files = new List<ArchivedFile>();
        string? previous = null;
        while (reader.IsStartElement("DataObjectReference", Namespace))
        {
            Need(files.Count < MaximumFiles, reader);
            var name = reader.GetAttribute("URI") ?? "";
            var type = reader.GetAttribute("MimeType");
            if (reader.GetAttribute("Rootfile") is { } root)
            {
                Need(previous is null && root is "true" or "1", reader);
                previous = name;
            }

            reader.ReadStartElement();
            Need(
                reader.IsStartElement("DigestMethod", Signatures) && reader.GetAttribute("Algorithm") == Sha256,
                reader
            );
            reader.Skip();
            reader.MoveToContent();
            Need(
                Digest.TryParseBase64(reader.ReadElementContentAsString("DigestValue", Signatures), out var digest),
                reader
            );
            reader.ReadEndElement();
            files.Add(new ArchivedFile(name, digest, type));
        }

        reader.ReadEndElement();
        Need(reader.MoveToContent() == XmlNodeType.None, reader);
        return new ArchiveManifest(token, files, previous);
    }

    private Outcome<ArchiveManifest> Lists(IEnumerable<ArchivedFile> there)
    {
        var found = there.ToDictionary(f => f.Name, f => f.Digest, StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (!found.Remove(file.Name, out var digest))
            {
                return new Refused(new Refusal("archive.file-missing", Completeness, file.Name));
            }

            if (digest != file.Digest)
            {
                return new Refused(new Refusal("archive.file-differs", Completeness, file.Name));
            }
        }

        return found.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } more
            ? new Refused(new Refusal("archive.file-not-listed", Completeness, more))
            : new Admitted(this);
    }

    private static bool Fits(string token, IReadOnlyList<ArchivedFile> files, string? previous) =>
        files.Count is > 0 and <= MaximumFiles
        && IsPlain(token)
        && files.All(f => IsPlain(f.Name) && (f.MediaType is null || IsMediaType(f.MediaType)))
        && files.Select(f => f.Name).Append(token).Distinct(StringComparer.Ordinal).Count() == files.Count + 1
        && (previous is null || files.Any(f => f.Name == previous));

    // ASCII, as readers differ in what they make of anything else (docs/spec/timestamp.md, 7); so nothing is percent-encoded.
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 255
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
        && name.Split('/').All(step => step is not ("" or "." or ".."));

    private static bool IsMediaType(string type) =>
        type.Length <= 100
        && type.Count(c => c == '/') == 1
        && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '+');

    private static void Need(bool holds, XmlReader at)
    {
        if (!holds)
        {
            throw new XmlException("not an archive manifest", null, (at as IXmlLineInfo)?.LineNumber ?? 0, 0);
        }
    }

    private static Outcome<ArchiveManifest> Malformed(string where) =>
        new Refused(new Refusal("archive.malformed", Form, where));
}

/// <summary>A file of a container.</summary>
/// <param name="Name">Its path inside, ASCII.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="MediaType">What kind of file, where that is said.</param>
public sealed record ArchivedFile(string Name, Digest Digest, string? MediaType = null);
