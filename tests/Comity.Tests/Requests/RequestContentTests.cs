// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Requests;

/// <summary>What a request must say: article 42(3) for preservation, article 40(15) for assistance.</summary>
public sealed class RequestContentTests
{
    private static readonly Contact Nameless = new(" ", null, null, null, null);

    [Theory]
    [InlineData(Measure.Preservation)]
    [InlineData(Measure.StoredData)]
    public void A_full_request_leaves_nothing_unsaid(Measure measure) =>
        Assert.Empty(RequestContent.Missing(Some.Request(measure)));

    public static TheoryData<string, string> Preservation =>
        new()
        {
            { "42(3)(a)", "authority" },
            { "42(3)(b)", "offences" },
            { "42(3)(b)", "facts" },
            { "42(3)(c)", "items" },
            { "42(3)(c)", "data" },
            { "42(3)(d)", "custodian" },
            { "42(3)(e)", "necessity" },
            { "42(3)(f)", "intention" },
        };

    public static TheoryData<string, string> Assistance =>
        new()
        {
            { "40(15)(a)", "authority" },
            { "40(15)(b)", "proceeding" },
            { "40(15)(b)", "proceeding.conductedBy" },
            { "40(15)(c)", "facts" },
            { "40(15)(d)", "assistance" },
            { "40(15)(e)", "items" },
            { "40(15)(f)", "items" },
            { "40(15)(g)", "purpose" },
        };

    [Fact]
    public void These_are_the_items_of_42_3_and_40_15_and_no_others()
    {
        Assert.Equal(
            Preservation.Select(row => row.Data),
            RequestContent.Required(Measure.Preservation).Select(r => (r.Provision, r.Where))
        );
        Assert.Equal(
            Assistance.Select(row => row.Data),
            RequestContent.Required(Measure.StoredData).Select(r => (r.Provision, r.Where))
        );
    }

    [Theory]
    [MemberData(nameof(Preservation))]
    public void A_preservation_that_lacks_one_item_of_42_3_lacks_exactly_that(string provision, string where) =>
        Assert.Equal([(provision, where)], Missing(Without(Some.Request(), where, provision)));

    [Theory]
    [MemberData(nameof(Assistance))]
    public void An_assistance_request_that_lacks_one_item_of_40_15_lacks_exactly_that(string provision, string where) =>
        Assert.Equal(Expected(provision, where), Missing(Without(Some.Request(Measure.StoredData), where, provision)));

    [Fact]
    public void Everything_missing_is_named_in_the_order_of_the_text() =>
        Assert.Equal(
            ["42(3)(b)", "42(3)(b)", "42(3)(c)", "42(3)(c)", "42(3)(d)", "42(3)(e)", "42(3)(f)"],
            Missing(
                    Some.Request() with
                    {
                        Offences = [],
                        Facts = [],
                        Items = [],
                        Data = [],
                        Custodian = null,
                        Necessity = null,
                        Intention = null,
                    }
                )
                .Select(m => m.Item1)
        );

    [Fact]
    public void A_requirement_cites_its_paragraph() =>
        Assert.Equal(
            "UNCC 42(3)(e)",
            RequestContent.Missing(Some.Request() with { Necessity = null }).Single().Source.ToString()
        );

    [Theory]
    [InlineData("provider")]
    [InlineData("location")]
    public void Where_an_item_tells_the_provider_or_the_place_the_custodian_is_known_enough(string what)
    {
        var item = Some.Request().Items[0] with { Provider = null, Location = null };
        var known = what == "provider" ? item with { Provider = "Nimbus" } : item with { Location = "XB" };

        Assert.Empty(Missing(Some.Request() with { Custodian = null, Items = [known] }));
        Assert.Equal([("42(3)(d)", "custodian")], Missing(Some.Request() with { Custodian = null, Items = [item] }));
    }

    [Fact]
    public void Data_that_no_fact_ties_to_the_offence_are_not_related_to_it()
    {
        var tied = Some.Request().Data[0];

        Assert.Equal([("42(3)(c)", "data")], Missing(Some.Request() with { Data = [tied, tied with { Facts = [] }] }));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_period_has_a_start_and_an_end_for_each_item(bool hasStart, bool hasEnd)
    {
        var whole = Some.Request(Measure.StoredData).Items[0];
        var open = whole with { Id = "i2", From = hasStart ? whole.From : null, Until = hasEnd ? whole.Until : null };

        Assert.Equal(
            [("40(15)(f)", "items")],
            Missing(Some.Request(Measure.StoredData) with { Items = [whole, open] })
        );
    }

    [Fact]
    public void An_authority_in_charge_is_named_with_its_functions()
    {
        var request = Some.Request(Measure.StoredData);
        var unnamed = request.Proceeding! with
        {
            ConductedBy = request.Proceeding.ConductedBy! with { Functions = null },
        };

        Assert.Equal([("40(15)(b)", "proceeding.conductedBy")], Missing(request with { Proceeding = unnamed }));
    }

    // Without a proceeding there is nobody in charge of it either; without an item there is no period to ask about.
    private static (string, string)[] Expected(string provision, string where) =>
        (where, provision) switch
        {
            ("proceeding", _) => [(provision, where), (provision, "proceeding.conductedBy")],
            // Without an item there is no period of one either: leaving more out never looks more complete.
            ("items", "40(15)(e)") => [(provision, where), ("40(15)(f)", where)],
            _ => [(provision, where)],
        };

    private static Request Without(Request request, string where, string provision) =>
        (where, provision) switch
        {
            ("authority", _) => request with { Authority = Nameless },
            ("offences", _) => request with { Offences = [] },
            ("facts", _) => request with { Facts = [] },
            ("items", "40(15)(f)") => request with { Items = [request.Items[0] with { From = null }] },
            ("items", _) => request with { Items = [] },
            ("data", _) => request with { Data = [] },
            ("custodian", _) => request with
            {
                Custodian = null,
                Items = [request.Items[0] with { Provider = null, Location = null }],
            },
            ("necessity", _) => request with { Necessity = "  " },
            ("intention", _) => request with { Intention = null },
            ("proceeding", _) => request with { Proceeding = null },
            ("proceeding.conductedBy", _) => request with
            {
                Proceeding = request.Proceeding! with { ConductedBy = null },
            },
            ("assistance", _) => request with { Assistance = null },
            ("purpose", _) => request with { Purpose = null },
            _ => throw new ArgumentOutOfRangeException(nameof(where)),
        };

    private static IEnumerable<(string, string)> Missing(Request request) =>
        RequestContent.Missing(request).Select(r => (r.Provision, r.Where));
}
