// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Comity.Acts;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Signatures;
using Comity.Tests.Acts;

namespace Comity.Tests.Parties;

/// <summary>A Party's entry under its root's signature (docs/spec/directory.md, 2 and 3).</summary>
public sealed class SignedEntryTests
{
    private static readonly Citation Source = new("docs/spec/directory.md", "3");
    private static readonly string Json = Text(BodyJson.Of(BodyJson.Entry));

    public static TheoryData<string> Members => [.. EntryLimits.All.Select(l => l.Member)];

    [Fact]
    public void An_entry_comes_back_as_its_root_signed_it()
    {
        var read = Parse(Json).Admitted();

        Assert.Equal(Some.A.Entry.Root, read.Root);
        Assert.Equal(read.Signed.Id, read.Id);
        Assert.Equal(Json, Encoding.UTF8.GetString(StrictJson.Write(read.Entry, ActJson.Of<PartyEntry>())));
    }

    [Fact]
    public void The_fingerprint_two_officers_compare_is_the_digest_of_the_root_certificate() =>
        Assert.Equal(Digest.Of(Some.A.Root.RawData), Some.A.Entry.Root);

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_on_its_limit_is_taken_and_one_outside_is_not(string member)
    {
        var limit = EntryLimits.All.Single(l => l.Member == member);

        Assert.All(limit.Inside, value => With(member, value).Admitted());
        Assert.All(
            limit.Outside,
            value =>
                Assert.Equal(new Refusal("directory.outside-limits", Source, member), With(member, value).Refused())
        );
    }

    [Theory]
    [InlineData("previous", "null", "a version after the first names the one before")]
    [InlineData("expires", "\"2026-11-01T09:00:00Z\"", "an entry that expires when it is issued")]
    [InlineData("expires", "\"2027-12-06T09:00:01Z\"", "an entry of more than 400 days")]
    public void An_entry_that_contradicts_itself_is_outside(string member, string json, string what)
    {
        Assert.Equal(
            new Refusal("directory.outside-limits", Source, member),
            With(member, JsonNode.Parse(json)).Refused()
        );
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("expires", "\"2026-11-01T09:00:01Z\"")]
    [InlineData("expires", "\"2027-12-06T09:00:00Z\"")]
    [InlineData("nextRoot", "null")]
    [InlineData("endpoints.public", "null")]
    [InlineData("declarations", "[]")]
    [InlineData("timestampRoots", "null")]
    public void An_entry_that_agrees_with_itself_is_inside(string member, string json) =>
        With(member, JsonNode.Parse(json)).Admitted();

    [Fact]
    public void The_first_version_names_no_other()
    {
        var entry = BodyJson.Of(BodyJson.Entry);
        entry["version"] = 1;
        Assert.Equal(new Refusal("directory.outside-limits", Source, "previous"), Parse(Text(entry)).Refused());

        entry["previous"] = null;
        Assert.Equal(1, Parse(Text(entry)).Admitted().Entry.Version);
    }

    [Fact]
    public void An_entry_issued_at_the_end_of_time_is_outside_and_no_fault()
    {
        var entry = BodyJson.Of(BodyJson.Entry);
        entry["issued"] = "9999-12-31T23:59:59Z";

        Assert.Equal(
            new Refusal("directory.outside-limits", Source, "expires"),
            Parse(Text(entry), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero)).Refused()
        );
    }

    [Fact]
    public void No_two_authorities_kinds_or_seals_are_the_same()
    {
        foreach (var list in new[] { "authorities", "kinds", "authorities[0].seals" })
        {
            var entry = BodyJson.Of(BodyJson.Entry);
            var members = entry.At(list)!.AsArray();
            members.Add(members[0]!.DeepClone());

            Assert.Equal(new Refusal("directory.outside-limits", Source, list), Parse(Text(entry)).Refused());
        }
    }

    [Theory]
    [InlineData("\"party\": \"XA\"", "\"party\": \"XAA\"", "party")]
    [InlineData("\"party\": \"XA\"", "\"party\": \"XA\", \"party\": \"XA\"", "party")]
    [InlineData("\"party\": \"XA\"", "\"party\": \"XA\", \"capital\": \"Port Example\"", "?")]
    [InlineData("\"version\": 2", "\"version\": \"2\"", "version")]
    [InlineData("\"request\",", "\"request\", \"Answer\",", "authorities[0].competences[0].may[1]")]
    [InlineData("\"key\": \"placeholder-key\"", "\"key\": null", "register.key")]
    public void What_is_not_of_its_kind_is_malformed_where_it_stands(string text, string instead, string where) =>
        Assert.Equal(
            new Refusal("directory.malformed", Source, where),
            Parse(Json.Replace(text, instead, StringComparison.Ordinal)).Refused()
        );

    [Fact]
    public void What_is_not_strict_json_is_malformed_at_a_byte() =>
        Assert.Equal(new Refusal("directory.malformed", Source, "byte 0"), Parse("Dear colleague,").Refused());

    [Theory]
    [InlineData("bWFkZSB1cA==", "no certificate at all")]
    [InlineData("", "nothing")]
    [InlineData("=", "no base64")]
    public void A_certificate_is_one_or_the_entry_is_malformed(string text, string what)
    {
        Assert.Equal(new Refusal("directory.malformed", Source, "tls[0]"), With("tls[0]", text).Refused());
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_certificate_has_one_spelling()
    {
        var spelling = Certificates.TextOf(Some.A.Connection).ToString();

        With("tls[0]", spelling).Admitted();
        Assert.Equal(
            new Refusal("directory.malformed", Source, "tls[0]"),
            With("tls[0]", spelling.Insert(4, "\n")).Refused()
        );
    }

    [Fact]
    public void A_signature_that_states_another_time_than_the_entry_is_refused() =>
        Assert.Equal(
            new Refusal("directory.time-differs", Source, "issued"),
            Parse(Json, Specimens.Entry.Issued.AddSeconds(1)).Refused()
        );

    [Fact]
    public void A_signature_that_is_not_the_roots_is_refused()
    {
        var bytes = Sign(Json, Specimens.Entry.Issued);
        bytes[^1] ^= 1;

        Assert.Equal(new Refusal("directory.signature-wrong", Source), SignedEntry.Parse(bytes).Refused());
    }

    [Fact]
    public void An_entry_of_256_KiB_is_read_and_one_byte_more_is_too_large()
    {
        var padded = Json + new string(' ', SignedEntry.MaximumBytes - Encoding.UTF8.GetByteCount(Json));

        Parse(padded).Admitted();
        Assert.Equal(
            new Refusal("signature.too-large", new Citation("docs/spec/act.md", "3")),
            Parse(padded + " ").Refused()
        );
    }

    private static Outcome<SignedEntry> With(string member, JsonNode? value)
    {
        var entry = BodyJson.Of(BodyJson.Entry);
        entry.Put(member, value);
        return Parse(Text(entry));
    }

    private static Outcome<SignedEntry> Parse(string json, DateTimeOffset? at = null) =>
        SignedEntry.Parse(Sign(json, at ?? Specimens.Entry.Issued));

    private static byte[] Sign(string json, DateTimeOffset at) =>
        Certificates.Sign(
            SigningInput.For(Encoding.UTF8.GetBytes(json), Certificates.TextOf(Some.A.Root), at),
            Some.A.Root
        );

    private static string Text(JsonNode entry) =>
        entry.ToJsonString(
            new()
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
            }
        );
}
