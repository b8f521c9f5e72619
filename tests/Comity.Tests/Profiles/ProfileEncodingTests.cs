// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json.Nodes;
using Comity.Instruments;
using Comity.Parties;
using Comity.Profiles;
using Comity.Requests;

namespace Comity.Tests.Profiles;

public sealed class ProfileEncodingTests
{
    private static readonly Citation Limits = new("docs/spec/profile.md", "3");
    private static readonly Citation Form = new("docs/spec/profile.md", "2");

    [Fact]
    public void A_profile_reads_back_as_it_was_written()
    {
        var bytes = Repository.Bytes("samples", "profiles", "XB.json");
        var profile = ProfileEncoding.Parse(bytes).Admitted();
        Assert.Equal(
            Encoding.UTF8.GetString(bytes).TrimEnd('\n'),
            Encoding.UTF8.GetString(ProfileEncoding.Write(profile))
        );
    }

    [Fact]
    public void It_answers_what_a_rule_asks_of_a_Partys_law()
    {
        var profile = ProfileEncoding.Parse(Repository.Bytes("samples", "profiles", "XB.json")).Admitted();
        Assert.Equal(PartyId.Of("XB"), profile.Party);
        Assert.Equal(DualCriminalityRule.Required, profile.PolicyOn(Measure.StoredData));
        Assert.Equal(DualCriminalityRule.Waived, profile.PolicyOn(Measure.Preservation));
        Assert.Null((profile with { DualCriminality = [] }).PolicyOn(Measure.Preservation));
        Assert.True(profile.Reserves("42(5)"));
        Assert.False(profile.Reserves("11(3)"));
        Assert.False(
            (
                profile with
                {
                    Declarations = [profile.Declarations[0] with { Kind = DeclarationKind.Notification }],
                }
            ).Reserves("42(5)")
        );
        var since = profile.Instruments[0].Since;
        Assert.True(profile.IsBoundBy("un-cybercrime", since));
        Assert.False(profile.IsBoundBy("un-cybercrime", since.AddTicks(-1)));
        Assert.False(profile.IsBoundBy("budapest", since));
    }

    [Fact]
    public void What_may_be_left_out_is_left_out()
    {
        var profile = Change(p =>
            {
                p.Remove("fourYearsBy");
                p.Remove("thresholds");
                p["provisions"]![0]!.AsObject().Remove("excuses");
                p["provisions"]![0]!.AsObject().Remove("maximumPenalty");
            })
            .Admitted();
        Assert.Null(profile.FourYearsBy);
        Assert.Null(profile.Thresholds);
        Assert.Null(profile.Provisions[0].Excuses);
        Assert.Null(profile.Provisions[0].MaximumPenalty);
    }

    [Fact]
    public void Nothing_larger_than_the_limit_is_read()
    {
        var spaces = Encoding.UTF8.GetBytes(new string(' ', ProfileEncoding.MaximumBytes + 1));
        Assert.Equal(new Refusal("profile.too-large", Limits), ProfileEncoding.Parse(spaces).Refused());
        Assert.Equal("profile.malformed", ProfileEncoding.Parse(spaces.AsSpan(1)).Refused().Code);
    }

    [Fact]
    public void Malformed_profiles_are_refused_where_they_are_wrong()
    {
        Assert.Equal(new Refusal("profile.malformed", Form, "byte 0"), ProfileEncoding.Parse("[]"u8).Refused());
        (string Where, Action<JsonObject> Wrong)[] table =
        [
            ("extra", p => p["extra"] = 1),
            ("party", p => p["party"] = "Examplia"),
            ("asOf", p => p["asOf"] = "2026-10-01"),
            ("penalties.death", p => p["penalties"]!["death"] = "no"),
            ("dualCriminality[0].policy", p => p["dualCriminality"]![0]!["policy"] = "Waived"),
            ("fourYearsBy", p => p["fourYearsBy"] = "neither"),
            ("languages", p => p["languages"] = null),
        ];
        Assert.All(
            table,
            row => Assert.Equal(new Refusal("profile.malformed", Form, row.Where), Change(row.Wrong).Refused())
        );
        Assert.Equal("profile.malformed", Change(p => p.Remove("languages")).Refused().Code);
    }

    [Fact]
    public void Profiles_outside_a_limit_are_refused_at_the_member()
    {
        (string Where, Action<JsonObject> Wrong)[] table =
        [
            ("format", p => p["format"] = "comity-profile@v2"),
            ("languages", p => p["languages"] = new JsonArray()),
            ("languages[0]", p => p["languages"]![0] = "EN"),
            ("languages[0]", p => p["languages"]![0] = "e"),
            ("languages[0]", p => p["languages"]![0] = "engl"),
            ("languages", p => p["languages"]![1] = "en"),
            ("instruments[0].instrument", p => p["instruments"]![0]!["instrument"] = "UN cybercrime"),
            ("instruments", p => p["instruments"]!.AsArray().Add(p["instruments"]![0]!.DeepClone())),
            ("declarations[0].text", p => p["declarations"]![0]!["text"] = ""),
            ("dualCriminality", p => p["dualCriminality"]![1]!["measure"] = "preservation"),
            (
                "provisions",
                p => p["provisions"]![1]!["citation"] = p["provisions"]![0]!["citation"]!.GetValue<string>()
            ),
            ("provisions[0].citation", p => p["provisions"]![0]!["citation"] = " "),
            ("provisions[0].label", p => p["provisions"]![0]!["label"] = new string('a', 201)),
            ("provisions[0].articles[0]", p => p["provisions"]![0]!["articles"]![0] = ""),
            ("provisions[0].elements", p => p["provisions"]![0]!["elements"] = new JsonArray()),
            (
                "provisions[0].elements",
                p => p["provisions"]![0]!["elements"] = Many(p["provisions"]![0]!["elements"]![0]!, 33)
            ),
            (
                "provisions[0].elements[0].accepts",
                p => p["provisions"]![0]!["elements"]![0]!["accepts"] = new JsonArray()
            ),
            (
                "provisions[0].elements[0].accepts",
                p => p["provisions"]![0]!["elements"]![0]!["accepts"] = new JsonArray("copy-data", "copy-data")
            ),
            (
                "provisions[0].elements[0].accepts[0]",
                p => p["provisions"]![0]!["elements"]![0]!["accepts"]![0] = "Copy data"
            ),
            ("provisions[0].maximumPenalty.months", p => p["provisions"]![0]!["maximumPenalty"]!["months"] = 12),
            ("provisions[0].excuses[0]", p => p["provisions"]![0]!["excuses"]![0] = new string('a', 34)),
            ("provisions[0].excuses", p => p["provisions"]![0]!["excuses"] = new JsonArray("authorised", "authorised")),
            ("provisions[0].excuses", p => p["provisions"]![0]!["excuses"] = Many(JsonValue.Create("authorised"), 17)),
            ("thresholds", p => p["thresholds"]!.AsArray().Add(p["thresholds"]![0]!.DeepClone())),
            ("thresholds[0].minimum.years", p => p["thresholds"]![0]!["minimum"]!["years"] = 101),
        ];
        Assert.All(
            table,
            row =>
                Assert.Equal(
                    new Refusal("profile.outside-limits", Limits, $"profile.{row.Where}"),
                    Change(row.Wrong).Refused()
                )
        );
    }

    [Fact]
    public void A_provision_that_no_request_could_ever_meet_is_refused()
    {
        var source = new Citation("docs/spec/concepts.md", "1");
        (string Where, Action<JsonObject> Wrong)[] table =
        [
            (
                "profile.provisions[1].elements[2].accepts",
                p => p["provisions"]![1]!["elements"]![2]!["accepts"]![0] = "on-purpose"
            ),
            (
                "profile.provisions[0].elements[0].accepts",
                p => p["provisions"]![0]!["elements"]![0]!["accepts"]![1] = "computer-system"
            ),
            ("profile.provisions[0].excuses", p => p["provisions"]![0]!["excuses"]![0] = "nobody-minded"),
        ];
        Assert.All(
            table,
            row => Assert.Equal(new Refusal("profile.concept-unknown", source, row.Where), Change(row.Wrong).Refused())
        );
    }

    private static JsonArray Many(JsonNode one, int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => one.DeepClone())]);

    private static Outcome<PartyProfile> Change(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Repository.Bytes("samples", "profiles", "XB.json"))!.AsObject();
        change(json);
        return ProfileEncoding.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
