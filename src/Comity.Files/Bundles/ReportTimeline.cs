// SPDX-License-Identifier: EUPL-1.2
using Comity.Dossiers;
using Comity.Instruments;

namespace Comity.Files.Bundles;

/// <summary>The acts in the order of the home register: who said what when, by which article, and to what effect.</summary>
internal static class ReportTimeline
{
    /// <summary>Writes the table.</summary>
    public static void Write(Html html, ReportSubject subject, Dossier dossier)
    {
        var lines = dossier.Lines.ToDictionary(l => l.Entered.Id);
        html.Element("h2", "What happened, in order")
            .Element(
                "p",
                subject.Home is null
                    ? "No request is here, so no register is this dossier\u2019s home and nothing has an order."
                    : $"The order and the times that count are those of the register of the requested Party, {subject.Home}. "
                        + "What an author states of its own time is beside it."
            )
            .Table("Received", "Act", "From", "By", "Effect", "Stated time");
        foreach (var act in subject.Acts)
        {
            var line = lines.GetValueOrDefault(act.Signed.Id);
            var receipt = subject.HomeReceipt(act);
            html.Row(
                receipt is null
                    ? "No receipt is here"
                    : $"{Html.At(receipt.Leaf.Entered)}, entry {Html.Of(receipt.Index)}, {ReportWords.Of(receipt.Leaf.Recorded)}",
                $"{ReportWords.Of(act.Signed.Act)} ({act.File})",
                act.Signed.Act.From.ToString(),
                line?.Effect is Effect.Took took ? Convention.Print(took.Source) : "",
                EffectOf(line),
                Html.At(act.Signed.Act.Issued)
            );
        }

        html.Tag("</tbody></table>\n");
    }

    private static string EffectOf(DossierLine? line) =>
        line?.Effect switch
        {
            null => "none: it had not been received, as far as this shows",
            Effect.Took { Remarks: [] } => "took effect",
            Effect.Took took => "took effect; the law asks for more: "
                + string.Join(", ", took.Remarks.Select(r => $"{r.Code} ({Convention.Print(r.Source)})")),
            Effect.None none => $"none: {none.Why.Code} ({Convention.Print(none.Why.Source)})",
            _ => throw new InvalidOperationException("an act took effect or did not"),
        };
}
