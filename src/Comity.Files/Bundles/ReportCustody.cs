// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Parties;

namespace Comity.Files.Bundles;

/// <summary>The chain of each exhibit as far as acts and receipts show it, and where it is broken.</summary>
internal static class ReportCustody
{
    /// <summary>Writes a section for each exhibit that an act supplies.</summary>
    public static void Write(Html html, ReportSubject subject)
    {
        html.Element("h2", "The evidence, and through whose hands it went").Tag("\n");
        var supplied =
            from act in subject.Acts
            where act.Signed.Act.Body is Supply
            from exhibit in ((Supply)act.Signed.Act.Body).Exhibits
            select (act, exhibit);
        var any = false;
        foreach (var (act, exhibit) in supplied)
        {
            any = true;
            var manifest = exhibit.Manifest;
            html.Element("h3", manifest.Name)
                .Tag("<dl>\n")
                .Fact("Size", $"{Html.Of(manifest.Size)} bytes")
                .Fact("SHA-256 of the evidence", manifest.Sha256.ToString())
                .Fact("SHA-256 of the sealed file", manifest.SealedSha256.ToString())
                .Fact(
                    "In this bundle",
                    subject.Here.Contains(manifest.SealedSha256)
                        ? $"yes, sealed: data/exhibits/{manifest.SealedSha256}.age"
                        : "no"
                )
                .Fact("May be used for", exhibit.Handling.PermittedProceeding)
                .Tag("</dl>\n<ol>\n");
            Collected(html, exhibit);
            html.Element(
                "li",
                $"Sealed to {Html.Of(exhibit.SealedTo.Count)} key{(exhibit.SealedTo.Count == 1 ? "" : "s")}, and supplied by "
                    + $"{subject.NameOf(act.Signed.Act.From)} in {act.File}, stated time {Html.At(act.Signed.Act.Issued)}."
            );
            Entered(html, act, act.Signed.Act.From.Party, "Sent");
            Entered(html, act, act.Signed.Act.To.Party, "Received");
            Confirmed(html, subject, manifest.SealedSha256);
            html.Tag("</ol>\n");
        }

        if (!any)
        {
            html.Element("p", "No act in this bundle supplies any evidence.");
        }
    }

    private static void Collected(Html html, Exhibit exhibit)
    {
        if (exhibit.Manifest.Acquired is not { } acquired)
        {
            Broken(html, "no act says when, by whom and with what it was collected.");
            return;
        }

        var when = acquired.At is { } at ? $"on {Html.At(at)}" : "at a time that is not stated";
        html.Element(
            "li",
            $"Collected {when}, by {acquired.Role ?? "nobody named"}, with {acquired.Tool ?? "a tool not named"}, "
                + "as the supplying Party states."
        );
    }

    private static void Entered(Html html, ReportAct act, PartyId party, string word)
    {
        if (act.Receipts.TryGetValue(party, out var receipt))
        {
            html.Element(
                "li",
                $"{word}: the register of {party} has the act as {ReportWords.Of(receipt.Leaf.Recorded)} at "
                    + $"{Html.At(receipt.Leaf.Entered)}, entry {Html.Of(receipt.Index)}."
            );
        }
        else
        {
            Broken(
                html,
                $"no receipt of the register of {party} is here: nothing shows that the act was {word.ToLowerInvariant()}."
            );
        }
    }

    private static void Confirmed(Html html, ReportSubject subject, Digest sealedFile)
    {
        var any = false;
        foreach (var act in subject.Acts)
        {
            foreach (var said in act.Signed.Act.Body is Confirm confirm ? confirm.Exhibits : [])
            {
                if (said.SealedSha256 == sealedFile)
                {
                    any = true;
                    html.Element(
                        "li",
                        $"Confirmed by {subject.NameOf(act.Signed.Act.From)} in {act.File}: it {ReportWords.Of(said.Verdict)}."
                    );
                }
            }
        }

        if (!any)
        {
            Broken(html, "the receiving Party has not said in what state it arrived.");
        }
    }

    private static void Broken(Html html, string why) =>
        html.Tag("<li class=\"broken\"><strong>Not shown:</strong> ").Text(why).Tag("</li>\n");
}
