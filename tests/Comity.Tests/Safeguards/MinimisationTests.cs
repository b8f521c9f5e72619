// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class MinimisationTests
{
    [Theory]
    [InlineData(ItemKind.Account, "pay-desk@post.example", null)]
    [InlineData(ItemKind.Account, "*@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "pay-des?@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "pay-%@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "＊@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "？@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "％@post.example", "holds a wildcard")]
    [InlineData(ItemKind.Account, "All users", "means everybody")]
    [InlineData(ItemKind.Account, "the ENTIRE customer base", "means everybody")]
    [InlineData(ItemKind.Account, "tous les abonnés", "means everybody")]
    [InlineData(ItemKind.Account, "todas las cuentas", "means everybody")]
    [InlineData(ItemKind.Account, "все абоненты", "means everybody")]
    [InlineData(ItemKind.Account, "所有用户", "means everybody")]
    [InlineData(ItemKind.Account, "جميع المستخدمين", "means everybody")]
    [InlineData(ItemKind.Account, "a@post.example, b@post.example", "is a list and not one item")]
    [InlineData(ItemKind.Account, ",a@post.example", "is a list and not one item")]
    [InlineData(ItemKind.Account, "a@post.example;b@post.example", "is a list and not one item")]
    [InlineData(ItemKind.Account, "a@post.example|b@post.example", "is a list and not one item")]
    [InlineData(ItemKind.Account, "a@post.example\nb@post.example", "is a list and not one item")]
    [InlineData(ItemKind.Account, "a@post.example b@post.example", "is not one exact identifier")]
    [InlineData(ItemKind.Account, " a@post.example ", null)]
    [InlineData(ItemKind.Domain, "post.example", null)]
    [InlineData(ItemKind.Domain, "*.post.example", "holds a wildcard")]
    [InlineData(ItemKind.Domain, "post example", "is not one exact identifier")]
    [InlineData(ItemKind.Wallet, "one two", "is not one exact identifier")]
    [InlineData(ItemKind.IpAddress, "198.51.100.23", null)]
    [InlineData(ItemKind.IpAddress, "0.0.0.0", null)]
    [InlineData(ItemKind.IpAddress, "255.255.255.255", null)]
    [InlineData(ItemKind.IpAddress, "256.0.0.1", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.1.2", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.01", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.0001", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.a", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.2a", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1:2:3:4::5:6:7:8", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1:2:3:4:5:6:7:", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1:2:3::5:6:7:8", null)]
    [InlineData(ItemKind.IpAddress, ":::", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "198.51.100.0/24", "is a range of addresses")]
    [InlineData(ItemKind.IpAddress, "198.51.100.23/32", "is a range of addresses")]
    [InlineData(ItemKind.IpAddress, "198.51.100.1-198.51.100.9", "is a range of addresses")]
    [InlineData(ItemKind.IpAddress, "2001:db8::1", null)]
    [InlineData(ItemKind.IpAddress, "::", null)]
    [InlineData(ItemKind.IpAddress, "::1", null)]
    [InlineData(ItemKind.IpAddress, "1::", null)]
    [InlineData(ItemKind.IpAddress, "2001:db8:1:2:3:4:5:6", null)]
    [InlineData(ItemKind.IpAddress, "::ffff:192.0.2.1", null)]
    [InlineData(ItemKind.IpAddress, "2001:db8:1:2:3:4:192.0.2.1", null)]
    [InlineData(ItemKind.IpAddress, "2001:DB8::ABCD", null)]
    [InlineData(ItemKind.IpAddress, "1:2:3:4:5:6:7::", null)]
    [InlineData(ItemKind.IpAddress, "1:2:3:4:5:6:7:8::", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1:2:3:4:5:6:7", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1:2:3:4:5:6:7:8:9", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "1::2::3", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "2001:db8:12345::1", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "2001:db8:::1", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "2001:dbg::1", "is not one exact address")]
    [InlineData(ItemKind.IpAddress, "2001:db8::/32", "is a range of addresses")]
    [InlineData(ItemKind.IpAddress, "pay-desk", "is a range of addresses")]
    [InlineData(ItemKind.Server, "198.51.100.23", null)]
    [InlineData(ItemKind.Server, "198.51.100.0/24", "is a range of addresses")]
    [InlineData(ItemKind.Server, "198.51.100.1 - 198.51.100.9", "is a range of addresses")]
    [InlineData(ItemKind.Server, "2001:db8::/32", "is a range of addresses")]
    [InlineData(ItemKind.Server, "web-1 in rack 4/7", null)]
    [InlineData(ItemKind.Device, "serial 12-34/56", null)]
    [InlineData(ItemKind.Device, "a:b/c", null)]
    [InlineData(ItemKind.Device, "/dev/sda", null)]
    [InlineData(ItemKind.Other, "The book of visitors of 1 November", null)]
    [InlineData(ItemKind.Other, "198.51.100.0/24", "is a range of addresses")]
    public void One_item_is_one_exact_item(ItemKind kind, string identifier, string? flaw)
    {
        var given = Given.Case.WithItem(i => i with { Kind = kind, Identifier = identifier });
        Assert.Equal(flaw, Exactness.Flaw(given.Request.Items[0]));
        Assert.Equal(flaw is null ? Met : NotMet, given.Verdict("sg-9"));
    }

    [Fact]
    public void A_flaw_is_told_with_the_item_and_asked_about()
    {
        var finding = Given.Case.WithItem(i => i with { Identifier = "10.0.0.*" }).Finding("sg-9");
        var point = finding.Points.Single(p => p.Verdict == NotMet);
        Assert.Equal("Item i1 holds a wildcard.", point.Because);
        Assert.Equal([new Input("request.items[0].identifier", "10.0.0.*")], point.Inputs);
        Assert.Equal(
            OpenQuestion
                .To(
                    Respondent.RequestingParty,
                    "items-0-identifier",
                    "Item i1 holds a wildcard. Which exactly are meant?"
                )
                .Text,
            point.Question!.Text
        );
        Assert.Equal("items-0-identifier", point.Question.Id);
    }

    [Fact]
    public void Something_is_asked_of_something() =>
        Verdicts(
            "sg-9",
            (NotMet, "no item", Given.Case.With(r => r with { Items = [] })),
            (NotMet, "neither", Given.Case.With(r => r with { Items = [], Data = [] })),
            (NotMet, "no category of data", Given.Case.With(r => r with { Data = [] })),
            (NotMet, "a category of no item", Given.Case.WithData(d => d with { Items = [] })),
            (Met, "both", Given.Case)
        );

    [Fact]
    public void Each_category_has_its_own_necessity_and_its_own_facts() =>
        Verdicts(
            "sg-9",
            (Unknown, "one without necessity", Second(d => d with { Necessity = null })),
            (Unknown, "one with a blank necessity", Second(d => d with { Necessity = " " })),
            (Unknown, "one without facts", Second(d => d with { Facts = [] })),
            (Unknown, "one with a fact that is not there", Second(d => d with { Facts = [3] })),
            (Unknown, "one with fact 0", Second(d => d with { Facts = [0] })),
            (Met, "one with one fact that is there", Second(d => d with { Facts = [9, 2] })),
            (Met, "one with the first fact", Second(d => d with { Facts = [1] }))
        );

    [Fact]
    public void A_period_of_more_than_365_days_is_looked_at_by_a_person() =>
        Verdicts(
            "sg-9",
            (Met, "365 days", Days(365)),
            (NeedsReview, "a second more", Days(365, TimeSpan.FromSeconds(1))),
            (NeedsReview, "366 days", Days(366)),
            (Met, "one hour", Days(0, TimeSpan.FromHours(1))),
            (Unknown, "no start", Given.Case.WithItem(i => i with { From = null })),
            (Unknown, "no end", Given.Case.WithItem(i => i with { Until = null }))
        );

    [Fact]
    public void A_longer_period_stands_once_an_officer_found_this_breadth_proportionate()
    {
        var longer = Days(366);
        var question = longer.Finding("sg-9").Questions.Single();
        Assert.Equal(
            "Is a request this broad (figure 1464 (1 item, 366 days)) proportionate to the facts?",
            question.Text
        );
        Assert.Equal(["proportionate", "too-broad"], question.Choices);
        var found = longer.Answered(Answer("sg-9", question.Id, "proportionate", Ada));
        Verdicts(
            "sg-9",
            (Met, "found proportionate", found),
            (NeedsReview, "found too broad", longer.Answered(Answer("sg-9", question.Id, "too-broad", Ada))),
            (NeedsReview, "found for another breadth", found.WithItem(i => i with { From = i.From!.Value.AddDays(-1) }))
        );
    }

    [Fact]
    public void What_is_not_yet_stored_is_another_measure() =>
        Verdicts(
            "sg-9",
            (Met, "until now", Given.Case.WithItem(i => i with { Until = Now })),
            (NeedsReview, "a second past now", Given.Case.WithItem(i => i with { Until = Now.AddSeconds(1) }))
        );

    [Fact]
    public void Preservation_without_a_period_is_a_question_and_does_not_wait_for_it()
    {
        var open = Given.PreservationCase.WithItem(i => i with { From = null, Until = null });
        var finding = open.Finding("sg-9");
        Assert.Equal(Unknown, finding.Verdict);
        Assert.Equal(
            "No period is given for item i1; preservation does not ask for one, disclosure will.",
            finding.Reasons[0]
        );
        Assert.Equal("i1-period", finding.Questions.Single().Id);
        Assert.False(open.Assessed().Blocks(finding));
        Assert.True(Given.Case.WithItem(i => i with { From = null }).Assessed().Blocks(finding));
        Assert.Equal(
            "No period is given for item i1.",
            Given.Case.WithItem(i => i with { From = null }).Finding("sg-9").Reasons[0]
        );
    }

    [Fact]
    public void Breadth_is_items_times_days_times_the_weight_of_the_category()
    {
        Assert.Equal(new Breadth(30 * (3 + 1), 1, 30), Breadth.Of(StoredData));
        Assert.Equal(new Breadth(30 * 10, 1, 30), Breadth.Of(Only(DataCategory.Content)));
        Assert.Equal(new Breadth(30 * 1, 1, 30), Breadth.Of(Only(DataCategory.Subscriber)));
        Assert.Equal("figure 120 (1 item, 30 days)", Breadth.Of(StoredData).ToString());
        Assert.Equal("Breadth: figure 120 (1 item, 30 days).", Given.Case.Finding("sg-9").Notes.Single());
    }

    [Fact]
    public void An_item_without_a_period_counts_a_century_and_none_counts_more()
    {
        var item = StoredData.Items[0];
        Assert.Equal(36_525, Breadth.Days(item with { From = null }));
        Assert.Equal(36_525, Breadth.Days(item with { Until = null }));
        Assert.Equal(36_525, Breadth.Days(item with { From = Now.AddYears(-101), Until = Now }));
        Assert.Equal(1, Breadth.Days(item with { From = Now.AddSeconds(-1), Until = Now }));
        Assert.Equal(2, Breadth.Days(item with { From = Now.AddDays(-1).AddTicks(-1), Until = Now }));
        Assert.Equal(1, Breadth.DaysOf(TimeSpan.Zero));
    }

    [Fact]
    public void Where_two_items_bear_one_name_the_longer_period_counts()
    {
        var longer = StoredData.Items[0] with { From = Now.AddDays(-100), Until = Now };
        Assert.Equal(100 * (3 + 1), Breadth.Of(StoredData with { Items = [StoredData.Items[0], longer] }).Figure);
        Assert.Equal(100 * (3 + 1), Breadth.Of(StoredData with { Items = [longer, StoredData.Items[0]] }).Figure);
    }

    [Fact]
    public void Naming_an_item_twice_or_one_that_is_not_there_adds_nothing() =>
        Assert.Equal(
            Breadth.Of(StoredData).Figure,
            Breadth
                .Of(StoredData with { Data = [.. StoredData.Data.Select(d => d with { Items = ["i1", "i1", "i7"] })] })
                .Figure
        );

    [Fact]
    public void Minimisation_stops_a_grant_and_two_officers_may_go_on_against_it()
    {
        Assert.Equal(Weight.Blocks, Given.Case.Finding("sg-9").Weight);
        Assert.True(Catalogue.Find("sg-9")!.MayBeOverridden(Given.Case));
        Assert.Equal(
            [
                Convention.Article("40(15)(e)"),
                Convention.Article("40(15)(f)"),
                Convention.Article("24(2)"),
                Convention.Article("24(1)"),
                Convention.Article("42(3)(c)"),
            ],
            Given.Case.Finding("sg-9").Citations
        );
    }

    private static Request Only(DataCategory category) =>
        StoredData with
        {
            Data = [StoredData.Data[0] with { Category = category }],
        };

    private static Case Second(Func<DataSought, DataSought> change) =>
        Given.Case.With(r => r with { Data = [r.Data[0], change(r.Data[1])] });

    private static Case Days(int days, TimeSpan more = default) =>
        Given.Case.WithItem(i => i with { From = Now.AddDays(-days) - more, Until = Now });
}
