// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Exchange;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Comity.Node.Tests.Desk;

public sealed class BrowserTests(DeskPair pair, Browser browser) : IClassFixture<DeskPair>, IClassFixture<Browser>
{
    [Fact]
    public async Task A_preservation_is_followed_from_sign_in_to_receipt_on_both_desks_without_a_script()
    {
        Assert.SkipWhen(Browser.WhyNot is not null, Browser.WhyNot ?? "");
        var asking = await browser.AtDeskAsync(pair.A, TestNode.Drafter);
        var asked = await browser.AtDeskAsync(pair.B, TestNode.Drafter, width: 390);
        var request = Pair.Request(Measure.Preservation) with { Reference = "XA-IN-A-BROWSER" };

        await asking.GetByRole(AriaRole.Link, new() { Name = "New request" }).ClickAsync();
        await asking.GetByLabel("Whom do you ask?").SelectOptionAsync("XB/central");
        await asking.GetByLabel("Or its text").FillAsync(Forms.FileOf(request));
        await asking.GetByRole(AriaRole.Button, new() { Name = "Check it", Exact = true }).ClickAsync();
        await Expect(asking.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("Check before you sign");
        await asking.GetByLabel("Your signing phrase").FillAsync("not the phrase");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(asking.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not open your key");
        await asking.GetByLabel("Your signing phrase").FillAsync(TestNode.PhraseOf(TestNode.Drafter));
        await asking.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(asking.GetByRole(AriaRole.Status)).ToContainTextAsync("Sealed and on its way");

        await ReloadUntilAsync(asked, asked.GetByRole(AriaRole.Link, new() { Name = "XA-IN-A-BROWSER" }));
        await asked.GetByRole(AriaRole.Link, new() { Name = "XA-IN-A-BROWSER" }).ClickAsync();
        await asked.GetByRole(AriaRole.Link, new() { Name = "Grant it" }).ClickAsync();
        await asked.GetByRole(AriaRole.Button, new() { Name = "Check it", Exact = true }).ClickAsync();
        await Expect(asked.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter the law under which it is executed");
        await asked.GetByLabel("Law under which it is executed").FillAsync("Law of XB, section 12");
        await asked.Keyboard.PressAsync("Enter");
        await Expect(asked.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("Check before you sign");
        await asked.GetByLabel("Your signing phrase").FillAsync(TestNode.PhraseOf(TestNode.Drafter));
        await asked.Keyboard.PressAsync("Enter");
        await Expect(asked.GetByRole(AriaRole.Status)).ToContainTextAsync("Sealed and on its way");

        await ReloadUntilAsync(asking, asking.GetByText("XB granted the request"));
        await Expect(asking.GetByText("Received by XB, in its register at")).ToBeVisibleAsync();
        await Expect(asking.GetByText("Preserved", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Axe_finds_nothing_on_any_page_and_none_is_wider_than_a_telephone()
    {
        Assert.SkipWhen(Browser.WhyNot is not null, Browser.WhyNot ?? "");
        var text = Samples.Text("ransomware-stored-data.json");
        var request = (Comity.Requests.Request)
            ActEncoding.ReadBody(ActKind.Find("request", 1)!, System.Text.Encoding.UTF8.GetBytes(text)).Admitted();
        var (dossier, act) = await pair.AskedAsync(request);
        var (first, preservation) = await pair.AskedAsync();
        var officer = await browser.AtDeskAsync(pair.B, TestNode.Drafter);
        var at = $"/dossiers/{dossier}";
        using (var drafter = await pair.B.AtDeskAsync(TestNode.Drafter))
        {
            await drafter.UploadAsync(
                (await drafter.OpenAsync($"{at}/exhibits/new")).FormTo($"{at}/exhibits/new"),
                [("file", "a.bin", "application/octet-stream", new MemoryStream([1, 2, 3]))]
            );
        }

        var held = Assert.Single(
            await pair.B.Parts.Database.ReadAsync(s => Node.Evidence.ExhibitTables.OfAsync(s, dossier), Stop)
        );
        await using var hostile = new HostilePeer(pair.A);
        var wrong = hostile.Sign(
            hostile.Act(pair.B, Pair.NewDossier(), request, Pair.Day(0)) with
            {
                To = new(pair.B.Party, "nobody"),
            }
        );
        await hostile.PushAsync(pair.B, hostile.Issue(wrong));
        await pair.B.Parts.Database.WriteAsync(
            async session =>
            {
                var notes = System.Text.Encoding.UTF8.GetBytes($"{hostile.Checkpoint}\n{hostile.Fork().Checkpoint}");
                await PeerTrust.StopAsync(session, pair.A.Party, "register.fork", "size 1", notes, Pair.Day(0));
                return 0;
            },
            Stop
        );
        var found = new List<string>();
        foreach (
            var (path, name) in new[]
            {
                ($"/sign-in/{await pair.B.LinkAsync(TestNode.Approver)}", "sign-in"),
                ("/", "cases"),
                ("/?show=ended", "cases-empty"),
                ("/alarms", "alarms"),
                ($"/alarms/not-admitted/XA/{wrong.Id}", "not-admitted"),
                ("/alarms/trust/XA", "trust"),
                ($"{at}/custody", "custody"),
                ("/requests/new", "new-request"),
                (at, "dossier"),
                ($"{at}/acts/{act}", "act"),
                ($"{at}/requests/{act}/assess", "assess"),
                ($"{at}/requests/{act}/acknowledge", "acknowledge"),
                ($"{at}/requests/{act}/ask", "ask"),
                ($"{at}/requests/{act}/grant", "grant"),
                ($"{at}/requests/{act}/refuse", "refuse"),
                ($"{at}/requests/{act}/postpone", "postpone"),
                ($"{at}/exhibits/new", "put-in"),
                ($"{at}/exhibits/{held.Sealed}/take-out", "take-out"),
                ($"/dossiers/{first}/requests/{preservation}/grant", "grant-preservation"),
                ("/nowhere", "no-such-page"),
            }
        )
        {
            found.AddRange(await browser.InspectAsync(officer, pair.B, name, page => page.GotoAsync(path)));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_what_comes_back_from_a_form_and_on_a_draft()
    {
        Assert.SkipWhen(Browser.WhyNot is not null, Browser.WhyNot ?? "");
        var request = Pair.Request(Measure.Preservation);
        var (dossier, act) = await pair.AskedAsync();
        using (var drafter = await pair.B.AtDeskAsync(TestNode.Drafter))
        {
            await drafter.DraftAsync(
                $"/dossiers/{dossier}/requests/{act}/ask",
                ("purpose", "information"),
                ("questions[0].text", "Which records exactly?")
            );
        }

        var officer = await browser.AtDeskAsync(pair.B, TestNode.Approver);
        var reviewer = await browser.AtDeskAsync(pair.A, TestNode.Approver);
        var asking = await browser.AtDeskAsync(pair.A, TestNode.Drafter);
        var found = new List<string>();
        found.AddRange(
            await browser.InspectAsync(
                officer,
                pair.B,
                "draft",
                async page =>
                {
                    await page.GotoAsync("/");
                    await page.GetByRole(AriaRole.Link, new() { Name = "Question: XA-2026-0001" }).First.ClickAsync();
                }
            )
        );
        found.AddRange(await browser.InspectAsync(reviewer, pair.A, "cases-to-review", page => page.GotoAsync("/")));

        // One for each window that objects.
        await pair.AskedAsync();
        foreach (var name in new[] { "review", "review-wrong", "review-objected" })
        {
            found.AddRange(
                await browser.InspectAsync(
                    reviewer,
                    pair.A,
                    name,
                    async page =>
                    {
                        await page.GotoAsync("/");
                        await page.GetByRole(AriaRole.Link, new() { Name = "Request: XA-2026-0001" })
                            .First.ClickAsync();
                        if (name == "review")
                        {
                            return;
                        }

                        await page.GetByLabel("I object").CheckAsync();
                        await page.GetByLabel("Your signing phrase").FillAsync(TestNode.PhraseOf(TestNode.Approver));
                        await page.GetByLabel("Reason").FillAsync(name == "review-wrong" ? "" : "It is too broad.");
                        await page.GetByRole(AriaRole.Button, new() { Name = "Sign the review" }).ClickAsync();
                        await Expect(page.GetByText(name == "review-wrong" ? "Enter why" : "Your objection").First)
                            .ToBeVisibleAsync();
                    }
                )
            );
        }

        foreach (
            var (name, text) in new[]
            {
                ("check", Forms.FileOf(request)),
                ("missing", Forms.FileOf(request with { Necessity = null, Intention = null })),
                ("wrong", "{"),
            }
        )
        {
            found.AddRange(
                await browser.InspectAsync(
                    asking,
                    pair.A,
                    name,
                    async page =>
                    {
                        await page.GotoAsync("/requests/new");
                        await page.GetByLabel("Whom do you ask?").SelectOptionAsync("XB/central");
                        await page.GetByLabel("Or its text").FillAsync(text);
                        await page.GetByRole(AriaRole.Button, new() { Name = "Check it", Exact = true }).ClickAsync();
                    }
                )
            );
        }

        found.AddRange(
            await browser.InspectAsync(asking, pair.A, "dossier-asking", page => page.GotoAsync($"/dossiers/{dossier}"))
        );
        Assert.Empty(found);
    }

    private static async Task ReloadUntilAsync(IPage page, ILocator locator)
    {
        for (var i = 0; i < 100 && !await locator.First.IsVisibleAsync(); i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
        }

        await Expect(locator.First).ToBeVisibleAsync();
    }
}
