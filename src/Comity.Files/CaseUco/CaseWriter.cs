// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Comity.Files.CaseUco;

/// <summary>Writes a description as CASE/UCO 1.4.0 in JSON-LD, with its context inside, so that a reader needs no network.</summary>
/// <remarks>
/// Pure: the same description gives the same bytes. Every thing has an IRI, a UUID derived from the dossier and the thing's key, and
/// never a blank node, so that two exports of one dossier can be laid side by side. No default vocabulary: a misspelt term would
/// silently become one. Values carry their types, as the shapes ask.
/// </remarks>
public static class CaseWriter
{
    /// <summary>Version of the ontologies whose terms are used.</summary>
    public const string Version = "1.4.0";

    private const string Uco = "https://ontology.unifiedcyberontology.org/uco/";

    private static readonly (string Prefix, string Namespace)[] Context =
    [
        ("case-investigation", "https://ontology.caseontology.org/case/investigation/"),
        ("uco-action", Uco + "action/"),
        ("uco-core", Uco + "core/"),
        ("uco-identity", Uco + "identity/"),
        ("uco-observable", Uco + "observable/"),
        ("uco-role", Uco + "role/"),
        ("uco-tool", Uco + "tool/"),
        ("uco-types", Uco + "types/"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>The identifier of a thing: a UUID of version 8 (RFC 9562, 5.8) from the SHA-256 of dossier and key.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="key">The thing's key.</param>
    public static string Iri(string dossier, string key)
    {
        var hash = Digest.Of(Encoding.UTF8.GetBytes($"comity-case@v1\n{dossier}\n{key}")).ToArray().AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(hash, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a description.</summary>
    /// <param name="about">A description in which every key stands once, every key named is there, and every record has an object.</param>
    /// <returns>UTF-8, one JSON object, with a newline at the end.</returns>
    /// <exception cref="ArgumentException">A key stands twice, is not there, or a record is about nothing.</exception>
    public static byte[] Write(CaseDescription about)
    {
        var keys = about.Keys.ToList();
        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            throw new ArgumentException("every key stands once", nameof(about));
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            new Writing(json, about, keys.ToHashSet(StringComparer.Ordinal)).All(keys);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private sealed class Writing(Utf8JsonWriter json, CaseDescription about, HashSet<string> known)
    {
        public void All(List<string> keys)
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            foreach (var (prefix, name) in Context)
            {
                json.WriteString(prefix, name);
            }

            json.WriteEndObject();
            json.WriteStartArray("@graph");
            Bundle(keys);
            Investigation();
            foreach (var authorization in about.Authorizations)
            {
                Authorization(authorization);
            }

            Named(about.Organizations, "uco-identity:Organization");
            Named(about.Roles, "uco-role:Role");
            Named(about.Tools, "uco-tool:Tool");
            foreach (var file in about.Files)
            {
                File(file);
            }

            foreach (var action in about.Actions)
            {
                Action(action);
            }

            foreach (var record in about.Records)
            {
                Record(record);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void Bundle(List<string> keys)
        {
            Start("bundle", "uco-core:Bundle");
            json.WriteString("uco-core:name", about.Title);
            json.WriteString(
                "uco-core:description",
                "Made from the acts of a dossier and what registers say of them. The acts are the evidence; this describes them."
            );
            json.WriteString("uco-core:specVersion", Version);
            References("uco-core:object", keys.Prepend("investigation"));
            json.WriteEndObject();
        }

        private void Investigation()
        {
            Start("investigation", "case-investigation:Investigation");
            json.WriteString("uco-core:name", about.Title);
            json.WriteString("case-investigation:investigationForm", "case");
            Optional("case-investigation:focus", about.Focus);
            References("case-investigation:relevantAuthorization", about.Authorizations.Select(a => a.Key));

            // It must be about something: where nothing was done yet, about the authorities, and at last about itself.
            var parts = about.Actions.Select(a => a.Key).Concat(about.Records.Select(r => r.Key)).ToList();
            References(
                "uco-core:object",
                parts.Count > 0 ? parts
                    : about.Organizations.Count > 0 ? about.Organizations.Select(o => o.Key)
                    : ["investigation"]
            );
            json.WriteEndObject();
        }

        private void Authorization(CaseAuthorization authorization)
        {
            Start(authorization.Key, "case-investigation:Authorization");
            json.WriteString("case-investigation:authorizationType", authorization.Type);
            json.WriteString("case-investigation:authorizationIdentifier", authorization.Identifier);
            Instant("uco-core:startTime", authorization.From);
            Instant("uco-core:endTime", authorization.Until);
            json.WriteEndObject();
        }

        private void Named(IReadOnlyList<CaseName> names, string type)
        {
            foreach (var name in names)
            {
                Start(name.Key, type);
                json.WriteString("uco-core:name", name.Name);
                json.WriteEndObject();
            }
        }

        private void File(CaseFile file)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(file.Size);
            Start(file.Key, "uco-observable:File");
            json.WriteString("uco-core:name", file.Name);
            json.WriteStartArray("uco-core:hasFacet");
            Start(file.Key + "\nfile", "uco-observable:FileFacet");
            json.WriteString("uco-observable:fileName", file.Name);
            Typed("uco-observable:sizeInBytes", file.Size.ToString(CultureInfo.InvariantCulture), "xsd:integer");
            json.WriteEndObject();
            Start(file.Key + "\ncontent", "uco-observable:ContentDataFacet");
            Optional("uco-observable:mimeType", file.MediaType);
            Typed("uco-observable:sizeInBytes", file.Size.ToString(CultureInfo.InvariantCulture), "xsd:integer");
            Typed("uco-observable:isEncrypted", file.IsSealed ? "true" : "false", "xsd:boolean");
            json.WritePropertyName("uco-observable:hash");
            Start(file.Key + "\nhash", "uco-types:Hash");
            json.WriteString("uco-types:hashMethod", "SHA256");
            Typed("uco-types:hashValue", file.Sha256.ToHex(), "xsd:hexBinary");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void Action(CaseAction action)
        {
            Start(action.Key, "case-investigation:InvestigativeAction");
            json.WriteString("uco-core:name", action.Name);
            Optional("uco-core:description", action.Description);
            Instant("uco-action:startTime", action.Start);
            Instant("uco-action:endTime", action.End);
            Reference("uco-action:performer", action.Performer);
            Reference("uco-action:instrument", action.Instrument);
            References("uco-action:object", action.Objects);
            References("uco-action:result", action.Results);
            References("case-investigation:wasInformedBy", action.InformedBy);
            json.WriteEndObject();
        }

        private void Record(CaseRecord record)
        {
            if (record.Objects.Count == 0)
            {
                throw new ArgumentException("a record is about something", nameof(record));
            }

            Start(record.Key, "case-investigation:ProvenanceRecord");
            Optional("uco-core:description", record.Description);
            json.WriteString("case-investigation:exhibitNumber", record.ExhibitNumber);
            json.WriteString("case-investigation:rootExhibitNumber", record.RootExhibitNumber);
            References("uco-core:object", record.Objects);
            json.WriteEndObject();
        }

        private void Start(string key, string type)
        {
            json.WriteStartObject();
            json.WriteString("@id", Iri(about.Dossier, key));
            json.WriteString("@type", type);
        }

        private void Optional(string term, string? text)
        {
            if (text is not null)
            {
                json.WriteString(term, text);
            }
        }

        private void Instant(string term, DateTimeOffset? instant)
        {
            if (instant is { } at)
            {
                Typed(term, Instants.Format(at), "xsd:dateTime");
            }
        }

        private void Typed(string term, string value, string type)
        {
            json.WriteStartObject(term);
            json.WriteString("@type", type);
            json.WriteString("@value", value);
            json.WriteEndObject();
        }

        private void Reference(string term, string? key)
        {
            if (key is not null)
            {
                References(term, [key]);
            }
        }

        private void References(string term, IEnumerable<string> keys)
        {
            var named = keys.Distinct(StringComparer.Ordinal).ToList();
            if (named.Count == 0)
            {
                return;
            }

            json.WriteStartArray(term);
            foreach (var key in named)
            {
                if (key != "investigation" && !known.Contains(key))
                {
                    throw new ArgumentException("a key that is named is there", nameof(keys));
                }

                json.WriteStartObject();
                json.WriteString("@id", Iri(about.Dossier, key));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
