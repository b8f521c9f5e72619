// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Files;

/// <summary>The log of the web server from which the attack was steered, in the combined log format.</summary>
internal static class SampleWebLog
{
    private const string Hospital = "192.0.2.44";
    private const string Operator = "192.0.2.201";
    private const int Passers = 1500;

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
        "examplebot/1.0 (+https://bot.example/)",
    ];

    private static readonly string[] Pages =
    [
        "/",
        "/robots.txt",
        "/favicon.ico",
        "/status",
        "/images/logo.png",
        "/old/index.html",
    ];

    public static void Write(Stream stream, ulong seed)
    {
        var draw = new SampleDraw(seed);
        List<(DateTimeOffset At, string Line)> lines = [];
        for (var i = 0; i < Passers; i++)
        {
            var at = SampleEvidence.Night.AddHours(-30).AddSeconds(draw.Below(48 * 3600));
            var page = draw.Of(Pages);
            var isThere = page is "/" or "/status";
            lines.Add(
                (
                    at,
                    Line(
                        $"198.51.100.{64 + draw.Below(128)}",
                        at,
                        "GET",
                        page,
                        isThere ? 200 : 404,
                        isThere ? 612 : 153,
                        draw.Of(Agents)
                    )
                )
            );
        }

        // The program in the hospital asks for orders every four minutes or so; the operator looks in now and then.
        for (
            var at = SampleEvidence.Night.AddMinutes(15);
            at < SampleEvidence.Night.AddHours(7);
            at = at.AddSeconds(200 + draw.Below(80))
        )
        {
            lines.Add((at, Line(Hospital, at, "POST", "/gate", 200, 48 + draw.Below(400), "-")));
        }

        for (var i = 0; i < 40; i++)
        {
            var at = SampleEvidence.Night.AddSeconds(draw.Below(8 * 3600));
            var isEntry = i % 8 == 0;
            lines.Add(
                (
                    at,
                    Line(
                        Operator,
                        at,
                        isEntry ? "POST" : "GET",
                        isEntry ? "/panel/login" : "/panel/clients",
                        isEntry ? 302 : 200,
                        900 + draw.Below(4000),
                        Agents[0]
                    )
                )
            );
        }

        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var (_, line) in lines.OrderBy(l => l.At).ThenBy(l => l.Line, StringComparer.Ordinal))
        {
            text.WriteLine(line);
        }
    }

    private static string Line(
        string client,
        DateTimeOffset at,
        string method,
        string path,
        int status,
        int size,
        string agent
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{client} - - [{at:dd/MMM/yyyy:HH:mm:ss} +0000] \"{method} {path} HTTP/1.1\" {status} {size} \"-\" \"{agent}\""
        );
}
