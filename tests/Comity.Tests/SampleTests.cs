// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Profiles;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Tests.Safeguards;

namespace Comity.Tests;

/// <summary>The requests that the demo and the README use, held to what they are said to show.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("ransomware-preservation.json")]
    [InlineData("ransomware-stored-data.json")]
    [InlineData("abusive-illegal-access.json")]
    public void A_sample_is_a_whole_request_as_the_node_would_write_it(string file)
    {
        var bytes = Repository.Bytes("samples", file);
        Assert.Equal(
            Encoding.UTF8.GetString(bytes).TrimEnd('\n'),
            Encoding.UTF8.GetString(ActEncoding.WriteBody(Read(file)))
        );
        var guidance = Drafting.Guidance(Read(file));
        Assert.Equal(guidance.Of, guidance.Said);
    }

    [Theory]
    [InlineData("ransomware-preservation.json")]
    [InlineData("ransomware-stored-data.json")]
    public void An_honest_request_has_nothing_against_it_and_a_list_of_what_is_open(string file)
    {
        var assessment = CaseOf(file).Assessed();
        Assert.Equal(
            ["sg-21 Unknown", "content Met", "sg-1 Met", "sg-2 Met", "sg-3 Unknown", "sg-9 Met"],
            assessment.Findings.Select(f => $"{f.Safeguard.Id} {f.Verdict}")
        );
        Assert.Equal(
            ["seal", "communicates", "authority", "content", "without-words", "right", "necessity"],
            assessment.Open.Select(o => o.Question.Id)
        );
    }

    [Fact]
    public void A_request_that_calls_a_critics_post_illegal_access_is_held_against_the_conduct_and_the_right()
    {
        var assessment = CaseOf("abusive-illegal-access.json").Assessed();
        Assert.Equal(
            ["sg-21 Unknown", "content Met", "sg-1 Met", "sg-2 NotMet", "sg-3 NeedsReview", "sg-9 Met"],
            assessment.Findings.Select(f => $"{f.Safeguard.Id} {f.Verdict}")
        );
        var dual = assessment.Findings.Single(f => f.Safeguard.Id == "sg-2");
        var expression = assessment.Findings.Single(f => f.Safeguard.Id == "sg-3");
        Assert.Equal(
            "The conduct lacks an element of every provision of the requested Party's law.",
            dual.Reasons.Single()
        );
        Assert.Equal(["35(3)"], dual.Citations.Select(c => c.Provision));
        Assert.Equal(["6(2)"], expression.Citations.Select(c => c.Provision));
        Assert.Contains(
            "The conduct is described as publish: makes something said or shown available to others.",
            expression.Reasons
        );
        Assert.Equal(["sg-21", "sg-2", "sg-3"], assessment.Blocking.Select(f => f.Safeguard.Id));
    }

    [Fact]
    public void The_request_for_the_data_follows_the_preservation_and_asks_for_nothing_that_was_not_preserved()
    {
        var preserved = Read("ransomware-preservation.json");
        var asked = Read("ransomware-stored-data.json");
        Assert.Equal(
            [new EarlierRequest(RequestRelation.FollowsPreservation, null, preserved.Reference)],
            asked.Earlier
        );
        Assert.Equal(preserved.Items, asked.Items);
        Assert.Equal(
            preserved.Data.Select(d => (d.Category, string.Join(' ', d.Items))),
            asked.Data.Select(d => (d.Category, string.Join(' ', d.Items)))
        );
    }

    [Fact]
    public void Attachments_are_the_files_that_lie_beside_the_samples()
    {
        var attachment = Read("ransomware-stored-data.json").Attachments.Single();
        var bytes = Repository.Bytes("samples", "attachments", attachment.Name);
        Assert.Equal(new Attachment(attachment.Name, Digest.Of(bytes), bytes.Length), attachment);
    }

    [Fact]
    public void Samples_are_of_States_that_do_not_exist() =>
        Assert.All(["XA", "XB"], code => Assert.True(Profile(code).Party.IsFictional));

    private static Case CaseOf(string file) =>
        new(Read(file), Profile("XA"), Profile("XB"), [], new SenderVerification.NotChecked(), null, Given.Now);

    private static Request Read(string file) =>
        (Request)ActEncoding.ReadBody(ActKind.Find("request", 1)!, Repository.Bytes("samples", file)).Admitted();

    private static PartyProfile Profile(string code) =>
        ProfileEncoding.Parse(Repository.Bytes("samples", "profiles", $"{code}.json")).Admitted();
}
