// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using Comity.Instruments;

namespace Comity.Node.Tests.Desk;

public sealed class PreservationTests
{
    [Fact]
    public async Task Two_officers_in_two_States_ask_for_preservation_and_give_it_with_forms_alone()
    {
        await using var pair = await Pair.StartAsync();
        using var asking = await pair.A.AtDeskAsync(TestNode.Drafter);
        using var asked = await pair.B.AtDeskAsync(TestNode.Drafter);

        var sent = await asking.DraftAsync("/requests/new", Forms.Fields(Pair.Request(Measure.Preservation), pair.B));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Contains("Sealed and on its way", sent.Text, StringComparison.Ordinal);
        var dossier = Forms.DossierOf(sent);

        await asked.UntilAsync(dossier, f => f.GetProperty("lines").GetArrayLength() == 1, "the request arrives");
        var inbox = await asked.OpenAsync("/");
        var page = await asked.OpenAsync(inbox.LinkTo("XA-2026-0001"));
        var granted = await asked.DraftAsync(page.LinkTo("Grant it"), ("law", "Law of XB, section 12"));
        Assert.Contains("Sealed and on its way", granted.Text, StringComparison.Ordinal);

        await asking.UntilAsync(
            dossier,
            f => f.GetProperty("requests")[0].GetProperty("isPreserved").GetBoolean(),
            "the data are preserved"
        );
        var seen = await asking.OpenAsync($"/dossiers/{dossier}");
        Assert.Contains("Received by XB, in its register at", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Preservation ends", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Signature verified: the seal of XB/central", seen.Text, StringComparison.Ordinal);
    }
}
