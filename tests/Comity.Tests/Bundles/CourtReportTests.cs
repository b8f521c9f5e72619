// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Comity.Files.Bundles;
using Comity.Parties;
using Comity.Register;
using Comity.Requests;
using Comity.Tests.Files;

namespace Comity.Tests.Bundles;

public sealed class CourtReportTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public void A_judge_reads_who_asked_whom_for_what_by_which_article_and_what_became_of_it()
    {
        var text = Text(Subject());

        Assert.Contains("Search, seizure and disclosure of stored data Reference XA-2026-0001", text);
        Assert.Contains("From Central Authority of XA (State XA, XA) To Central Authority of XB (State XB, XB)", text);
        Assert.Contains("Under UNCC art. 44 (para. 1, unconfirmed) Offences Interference with a system", text);
        Assert.Contains("Received 3 November 2026, 09:00:00 UTC Stands at Supplied", text);
        Assert.Contains(
            "4 November 2026, 09:00:00 UTC, entry 1, issued Grant (acts/002-grant.p7m) XB/central UNCC art. 40",
            text
        );
        Assert.Contains("A digest shows that bytes are the same.", text);
        Assert.Contains("no timestamp of anybody else is in this bundle", text);
    }

    [Fact]
    public void The_custody_of_an_exhibit_is_told_step_by_step_and_what_nobody_shows_is_said()
    {
        var text = Text(Subject());

        Assert.Contains($"SHA-256 of the sealed file {Digest.Of(Case.Sealed)}", text);
        Assert.Contains($"In this bundle yes, sealed: data/exhibits/{Digest.Of(Case.Sealed)}.age", text);
        Assert.Contains("Not shown: no act says when, by whom and with what it was collected.", text);
        Assert.Contains(
            "Sent: the register of XB has the act as issued at 5 November 2026, 09:00:00 UTC, entry 2.",
            text
        );
        Assert.Contains("Received: the register of XA has the act as taken in at 5 November 2026", text);
        Assert.Contains("Not shown: the receiving Party has not said in what state it arrived.", text);
        Assert.Contains("In this bundle no", Text(Subject() with { Here = new HashSet<Digest>() }));
    }

    [Fact]
    public void Without_the_receivers_receipt_it_is_said_that_nothing_shows_the_arrival()
    {
        var subject = Subject();
        var text = Text(
            subject with
            {
                Acts =
                [
                    .. subject.Acts.Select(a =>
                        a with
                        {
                            Receipts = a.Receipts.Where(r => r.Key == Some.XB).ToImmutableDictionary(),
                        }
                    ),
                ],
            }
        );

        Assert.Contains(
            "Not shown: no receipt of the register of XA is here: nothing shows that the act was received.",
            text
        );
    }

    [Fact]
    public void Markup_and_control_characters_in_an_act_are_shown_and_do_nothing()
    {
        const string hostile = "</dd><script>alert(1)</script><img src=x onerror=alert(1)> & \"quotes\"";
        var act = Some.B.Signed(
            Some.Act(new Grant(hostile, null, [], [], null, null), Some.XbCentral, Some.XaCentral, 7, Case.Acts[0].Id)
        );
        var subject = Subject();
        var html = Html(
            subject with
            {
                Acts = [.. subject.Acts, new ReportAct("acts/004-grant.p7m", act, new Dictionary<PartyId, Receipt>())],
            }
        );

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(WebUtility.HtmlEncode(hostile), html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stands_alone_without_script_and_without_anything_from_elsewhere()
    {
        var html = Html(Subject());

        Assert.DoesNotMatch(@"(?i)<script|<link|<img|<iframe|<form|\son\w+=|(src|href)=|url\(|@import|https?:", html);
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_element_that_is_opened_is_closed()
    {
        var open = new Stack<string>();
        foreach (Match tag in Regex.Matches(Html(Subject()), @"<(?<end>/?)(?<name>[a-z0-9]+)[^>]*>"))
        {
            var name = tag.Groups["name"].Value;
            if (name == "meta")
            {
                continue;
            }

            if (tag.Groups["end"].Length == 0)
            {
                open.Push(name);
            }
            else
            {
                Assert.Equal(name, open.Pop());
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void More_acts_than_a_page_holds_are_named_and_not_printed()
    {
        var subject = Subject();
        ReportSubject Of(int count) => subject with { Acts = [.. Enumerable.Repeat(subject.Acts[1], count)] };

        Assert.Contains("Law of XB", Text(Of(500)), StringComparison.Ordinal);
        Assert.DoesNotContain("Law of XB", Text(Of(501)), StringComparison.Ordinal);
        Assert.Contains("501 acts are too many for a page.", Text(Of(501)), StringComparison.Ordinal);
    }

    private static ReportSubject Subject()
    {
        var export = Case.Export();
        return new ReportSubject(
            new BundleAbout(Some.Dossier, Some.XaCentral, Some.Day(5)),
            [
                .. export.Acts.Select(
                    (a, i) =>
                        new ReportAct(
                            $"acts/00{i + 1}-{a.Signed.Act.Kind}.p7m",
                            a.Signed,
                            a.Receipts.ToDictionary(r => r.Party, r => r.Receipt)
                        )
                ),
            ],
            export.Entries,
            new HashSet<Digest> { Digest.Of(Case.Sealed) },
            0,
            0
        );
    }

    private static string Html(ReportSubject subject) => Encoding.UTF8.GetString(CourtReport.Write(subject));

    // What is read, without the tags, on one line.
    private static string Text(ReportSubject subject) =>
        Regex
            .Replace(WebUtility.HtmlDecode(Regex.Replace(Html(subject), "<[^>]*>", " ")), @"\s+", " ")
            .Replace(" :", ":", StringComparison.Ordinal);
}
