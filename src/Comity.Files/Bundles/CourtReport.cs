// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Dossiers;
using Comity.Instruments;

namespace Comity.Files.Bundles;

/// <summary>The page in a bundle that a judge reads: who asked whom for what, by which article, when, and what became of it.</summary>
/// <remarks>
/// Self-contained, without script, and the same bytes for the same bundle, so a verifier writes it again and compares. It is
/// a reading of the acts and never in their place.
/// </remarks>
internal static class CourtReport
{
    /// <summary>Most acts that are printed in full; a dossier with more is read act by act.</summary>
    private const int MostInFull = 500;

    private const string Style = """
        body{font:16px/1.5 Georgia,"Liberation Serif",serif;color:#111;background:#fff;margin:2rem auto;max-width:60rem;padding:0 1rem}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:2px solid #111}
        h3{font-size:1.05rem;margin:1.4rem 0 .4rem}table{border-collapse:collapse;width:100%;font-size:.86rem}
        th,td{border:1px solid #888;padding:.35rem .5rem;text-align:left;vertical-align:top}th{background:#eee}
        .long{overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.15rem 1rem;margin:.4rem 0}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
        dd dl{grid-template-columns:minmax(6rem,11rem) 1fr}ol,ul{margin:.2rem 0;padding-left:1.4rem}
        code{font:.82em/1.4 "DejaVu Sans Mono",monospace;overflow-wrap:anywhere}.note{border-left:4px solid #111;padding:.2rem 1rem;margin:1rem 0}
        .broken{border-left:4px solid #a00}.broken strong{color:#a00}section.act{break-inside:auto;border-top:1px solid #888;padding-top:.3rem}
        @media print{body{font-size:10.5pt;margin:0;max-width:none}h2,h3{break-after:avoid}tr,.note{break-inside:avoid}a{color:inherit}}
        """;

    /// <summary>Writes it.</summary>
    public static byte[] Write(ReportSubject subject)
    {
        var about = subject.About;
        var html = new Html()
            .Tag("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Tag("<meta name=\"viewport\" content=\"width=device-width\">")
            .Tag(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            )
            .Element("title", $"Dossier {about.Dossier}")
            .Tag($"<style>\n{Style}\n</style></head><body>\n<main>\n")
            .Element("h1", "Report on a dossier of international cooperation")
            .Tag("<dl>\n")
            .Fact("Dossier", about.Dossier.ToString())
            .Fact("Exported by", subject.NameOf(about.Exporter))
            .Fact("Exported at", $"{Html.At(about.Exported)}, by its clock")
            .Tag("</dl>\n<p class=\"note\">This page is a reading of the signed acts beside it, made by a program. ")
            .Tag(
                "It proves nothing by itself. The acts, the registers\u2019 receipts and the signature over the whole do: "
            )
            .Tag("<code>VERIFY.txt</code> has the commands that check them.</p>\n");
        var dossier = subject.Fold();
        Requests(html, subject, dossier);
        ReportTimeline.Write(html, subject, dossier);
        ReportCustody.Write(html, subject);
        Parties(html, subject);
        Limits(html, subject);
        InFull(html, subject);
        return html.Tag("</main></body></html>\n").ToBytes();
    }

    private static void Requests(Html html, ReportSubject subject, Dossier dossier)
    {
        html.Element("h2", "What was asked").Tag("\n");
        foreach (var act in subject.Acts.Where(a => a.Signed.Act.Body is Comity.Requests.Request))
        {
            var request = (Comity.Requests.Request)act.Signed.Act.Body;
            var state = dossier.Find(act.Signed.Id);
            html.Element("h3", ReportWords.Of(request.Measure))
                .Tag("<dl>\n")
                .Fact("Reference", request.Reference)
                .Fact("From", subject.NameOf(act.Signed.Act.From))
                .Fact("To", subject.NameOf(act.Signed.Act.To))
                .Fact("Under", Under(request))
                .Fact("Offences", string.Join("; ", request.Offences.Select(o => o.Label)))
                .Fact("Proceeding", request.Proceeding?.Subject ?? "not stated")
                .Fact("Received", state is null ? "no receipt of the other Party is here" : Html.At(state.Received));
            if (state is not null)
            {
                html.Fact("Stands at", ReportWords.Of(state.Stage));
            }

            if (state?.Preserved is { } preserved)
            {
                html.Fact("Preserved", $"from {Html.At(preserved.Since)} until {Html.At(preserved.Until)}");
            }

            html.Tag("</dl>\n");
        }
    }

    private static string Under(Comity.Requests.Request request) =>
        request.Basis.Instrument == Convention.Slug
            ? Convention.Print(request.Measure == Measure.Preservation ? "42(1)" : "44(1)")
            : request.Basis.Instrument;

    private static void Parties(Html html, ReportSubject subject)
    {
        html.Element("h2", "Whose keys the acts were checked against")
            .Tag(
                "<p>Each Party signs its own entry with its root. Whether a root is that Party\u2019s own is for the reader "
            )
            .Tag("to compare with what the Party publishes; a bundle cannot vouch for itself.</p>\n")
            .Table("Party", "Entry", "Root certificate (SHA-256)", "Register");
        foreach (
            var entry in subject
                .Entries.OrderBy(e => e.Entry.Party.ToString(), StringComparer.Ordinal)
                .ThenBy(e => e.Entry.Version)
        )
        {
            html.Row(
                $"{entry.Entry.Name} ({entry.Entry.Party})",
                $"{entry.Entry.Version}, of {Html.At(entry.Entry.Issued)}",
                entry.Root.ToString(),
                entry.Entry.Register.Origin
            );
        }

        html.Tag("</tbody></table>\n");
    }

    private static void Limits(Html html, ReportSubject subject) =>
        html.Element("h2", "What the checks show, and what no check can")
            .Tag(
                "<ul>\n<li>A <strong>signature</strong> shows who said something. It does not show that it is true.</li>\n"
            )
            .Tag("<li>A <strong>register</strong> shows by when it was received. Its clock is its Party\u2019s own; ")
            .Tag(
                subject.Tokens > 0
                    ? $"{Html.Of(subject.Tokens)} timestamps of others over {Html.Of(subject.Checkpoints)} checkpoints bound it.</li>\n"
                    : "no timestamp of anybody else is in this bundle.</li>\n"
            )
            .Tag("<li>A <strong>digest</strong> shows that bytes are the same. It does not show where they came from, ")
            .Tag("nor that what they say happened.</li>\n")
            .Tag(
                "<li>Sealed evidence can be opened only by whom it was sealed to. The digest of what is inside is the "
            )
            .Tag("supplying Party\u2019s statement until it is opened.</li>\n")
            .Tag(
                "<li>Whether a certificate was <strong>revoked</strong> after this was exported cannot be seen here.</li>\n"
            )
            .Tag(
                "<li>Acts that came after those shown here, and what a Party keeps to itself, are not in it.</li>\n</ul>\n"
            );

    private static void InFull(Html html, ReportSubject subject)
    {
        html.Element("h2", "The acts, word for word").Tag("\n");
        if (subject.Acts.Count > MostInFull)
        {
            html.Element(
                "p",
                $"{Html.Of(subject.Acts.Count)} acts are too many for a page. Each is a file in data/acts."
            );
            return;
        }

        foreach (var act in subject.Acts)
        {
            var said = act.Signed.Act;
            html.Tag("<section class=\"act\">")
                .Element("h3", $"{ReportWords.Of(said)}: {act.File}")
                .Tag("<dl>\n")
                .Fact("Id", act.Signed.Id.ToString())
                .Fact("From", subject.NameOf(said.From))
                .Fact("To", subject.NameOf(said.To))
                .Fact("Issued", $"{Html.At(said.Issued)}, its author says")
                .Tag("</dl>\n");
            using var json = JsonDocument.Parse(act.Signed.Signed.Content);
            ReportJson.Write(html, json.RootElement.GetProperty("body"));
            html.Tag("</section>\n");
        }
    }
}
