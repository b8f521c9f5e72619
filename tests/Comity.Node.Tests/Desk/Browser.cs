// SPDX-License-Identifier: EUPL-1.2
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Comity.Node.Tests.Desk;

/// <summary>Debian's Chromium with scripts switched off: what an officer behind a strict proxy has.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Why browser tests are skipped here, or nothing.</summary>
    public static string? WhyNot =>
        File.Exists(Chromium) ? null : $"{Chromium} is not installed: apt-get install chromium";

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A window of its own, without scripts, in a width and a colour scheme.</summary>
    internal async Task<IPage> WindowAsync(
        TestNode node,
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        bool hasScripts = false
    )
    {
        var context = await browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = node.Parts.Settings.Desk.ToString(),
                JavaScriptEnabled = hasScripts,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
            }
        );
        return await context.NewPageAsync();
    }

    /// <summary>Signs an officer in by the link, with the button.</summary>
    internal async Task<IPage> AtDeskAsync(TestNode node, string officer, int width = 1280)
    {
        var page = await WindowAsync(node, width);
        await page.GotoAsync($"/sign-in/{await node.LinkAsync(officer)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return page;
    }

    /// <summary>Looks at a page with axe, and takes its picture on a desk's screen and on a telephone's.</summary>
    /// <param name="visitor">Whose cookies are used.</param>
    /// <param name="node">The node.</param>
    /// <param name="name">What the pictures are called.</param>
    /// <param name="arrive">Goes to the page.</param>
    /// <returns>What axe found, a line each.</returns>
    internal async Task<IReadOnlyList<string>> InspectAsync(
        IPage visitor,
        TestNode node,
        string name,
        Func<IPage, Task> arrive
    )
    {
        var found = new List<string>();
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            // axe is a script, so it looks from a window that runs scripts, with the visitor's cookies. The page's own policy
            // stays as it is: it is injected from outside.
            var window = await WindowAsync(node, width, scheme, hasScripts: true);
            await window.Context.AddCookiesAsync([
                .. (await visitor.Context.CookiesAsync()).Select(c => new Cookie
                {
                    Name = c.Name,
                    Value = c.Value,
                    Domain = c.Domain,
                    Path = c.Path,
                    HttpOnly = c.HttpOnly,
                    SameSite = c.SameSite,
                }),
            ]);
            await arrive(window);
            var folder = Directory.CreateDirectory(Path.Combine(Samples.Path(".."), "artifacts", "screens")).FullName;
            await window.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true }
            );
            var result = await window.RunAxe();
            found.AddRange(
                result.Violations.SelectMany(v => v.Nodes.Select(n => $"{name} at {width}: {v.Id}: {v.Help}: {n.Html}"))
            );
            var overflow = await window.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            if (overflow > 0)
            {
                found.Add($"{name} at {width}: {overflow} pixels wider than the screen");
            }

            await window.Context.CloseAsync();
        }

        return found;
    }
}
