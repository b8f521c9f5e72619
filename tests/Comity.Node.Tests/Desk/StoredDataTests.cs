// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Comity.Evidence;
using Comity.Files;

namespace Comity.Node.Tests.Desk;

/// <summary>The whole case of the samples, at the two desks: preserved, asked for, assessed, granted, supplied, confirmed, closed.</summary>
public sealed class StoredDataTests
{
    [Fact]
    public async Task A_case_goes_from_preservation_to_evidence_opened_and_closed()
    {
        await using var pair = await DeskPair.MakeAsync();
        await pair.A.StartAsync();
        await pair.B.StartAsync();
        using var asking = await pair.A.AtDeskAsync(TestNode.Drafter);
        using var asked = await pair.B.AtDeskAsync(TestNode.Drafter);

        // The preservation, which one officer on each side may sign alone.
        var dossier = Forms.DossierOf(
            await asking.DraftAsync(
                "/requests/new",
                ("to", "XB/central"),
                ("request", Samples.Text("ransomware-preservation.json"))
            )
        );
        await asked.UntilAsync(dossier, f => Count(f, "lines") == 1, "the preservation arrives");
        var page = await asked.OpenAsync($"/dossiers/{dossier}");
        await asked.DraftAsync(page.LinkTo("Grant it"), ("law", "Code of Criminal Procedure of XB, section 99"));
        await asking.UntilAsync(dossier, f => Requests(f)[0].GetProperty("isPreserved").GetBoolean(), "preserved");

        // The request for the data, in the same case, resting on it, which two officers sign.
        await asking.DraftAsync(
            $"/dossiers/{dossier}/requests/new",
            ("to", "XB/central"),
            ("request", Samples.Text("ransomware-stored-data.json"))
        );
        await pair.A.ApproveAsync(dossier);
        await asked.UntilAsync(dossier, f => Requests(f).GetArrayLength() == 2, "the request for the data arrives");
        var facts = await asked.FactsAsync(dossier);
        var request = Requests(facts)[1].GetProperty("act").GetString()!;
        Assert.Equal(request, Requests(facts)[0].GetProperty("keptFor")[0].GetString());

        // A grant waits for the findings; answered, it goes through, with a second officer.
        var grant = $"/dossiers/{dossier}/requests/{request}/grant";
        (string, string?)[] typed =
        [
            ("law", "Code of Criminal Procedure of XB, section 102"),
            ("conditions[0].kind", "use-limit"),
            ("conditions[0].text", "Only in proceeding PNO-2026-1187."),
        ];
        var early = await asked.CheckAsync(grant, typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("decision.finding-open", early.Text, StringComparison.Ordinal);
        await asked.AssessAsync($"/dossiers/{dossier}/requests/{request}/assess");
        var drafted = await asked.DraftAsync(grant, typed);
        Assert.Contains("when another officer has approved it", drafted.Text, StringComparison.Ordinal);
        await pair.B.ApproveAsync(dossier);

        await asking.UntilAsync(dossier, f => Stage(f, 1) == "granted-on-conditions", "the grant arrives");
        await asking.DraftAsync($"/dossiers/{dossier}/requests/{request}/accept", ("accepts", "yes"));
        await pair.A.ApproveAsync(dossier);
        await asked.UntilAsync(dossier, f => Stage(f, 1) == "granted", "the conditions are accepted");

        // Evidence: a plain file, sealed on its way in.
        var evidence = RandomNumberGenerator.GetBytes(3_000_000);
        var form = (await asked.OpenAsync($"/dossiers/{dossier}/exhibits/new")).FormTo(
            $"/dossiers/{dossier}/exhibits/new"
        );
        var put = await asked.UploadAsync(
            form,
            [("file", "mailbox.mbox", "application/mbox", new MemoryStream(evidence))],
            ("tool", "imaging tool 4.2"),
            ("role", "forensic examiner")
        );
        Assert.Contains("whole in this node's store", put.Text, StringComparison.Ordinal);
        await asked.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/supply",
            ("isComplete", "yes"),
            ("statement", "The mailbox as the provider kept it.")
        );
        await pair.B.ApproveAsync(dossier);

        await asking.UntilAsync(dossier, f => Exhibit(f) == "whole", "the exhibit arrives whole");
        var digest = (await asking.FactsAsync(dossier)).GetProperty("exhibits")[0].GetProperty("sealed").GetString();
        var (_, sealedFile) = await asking.DownloadAsync($"/dossiers/{dossier}/exhibits/{digest}");
        Assert.Equal(evidence, await OpenAsync(pair.A, sealedFile));

        await asking.DraftAsync($"/dossiers/{dossier}/requests/{request}/confirm", ("exhibits[0].verdict", "opened"));
        await pair.A.ApproveAsync(dossier);
        await asking.UntilAsync(dossier, f => Verdict(f) == "opened", "the confirmation is taken in");
        await asking.DraftAsync(
            $"/dossiers/{dossier}/requests/{request}/close",
            ("outcome", "charges-brought"),
            ("evidenceUsed", "yes")
        );
        await pair.A.ApproveAsync(dossier);
        await asked.UntilAsync(dossier, f => Stage(f, 1) == "closed", "the report arrives");

        var (ours, theirs) = (await asking.FactsAsync(dossier), await asked.FactsAsync(dossier));
        Assert.Equal(Lines(ours), Lines(theirs));
        Assert.All(Lines(ours), l => Assert.Contains("took", l, StringComparison.Ordinal));
    }

    private static async Task<byte[]> OpenAsync(TestNode node, byte[] sealedFile)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(node.Offline, "central.agekey"));
        var identities = KeyFile.ParseIdentities(text).Admitted();
        using var plain = new MemoryStream();
        (await Opening.OpenAsync(new MemoryStream(sealedFile), plain, identities)).Admitted();
        return plain.ToArray();
    }

    private static JsonElement Requests(JsonElement facts) => facts.GetProperty("requests");

    private static int Count(JsonElement facts, string list) => facts.GetProperty(list).GetArrayLength();

    private static string? Stage(JsonElement facts, int request) =>
        Requests(facts).GetArrayLength() > request ? Requests(facts)[request].GetProperty("stage").GetString() : null;

    private static string? Exhibit(JsonElement facts) =>
        Count(facts, "exhibits") > 0 ? facts.GetProperty("exhibits")[0].GetProperty("state").GetString() : null;

    private static string? Verdict(JsonElement facts) =>
        facts.GetProperty("exhibits")[0].TryGetProperty("verdict", out var verdict) ? verdict.GetString() : null;

    private static IEnumerable<string> Lines(JsonElement facts) =>
        facts
            .GetProperty("lines")
            .EnumerateArray()
            .Select(l =>
                string.Join(
                    ' ',
                    new[] { "act", "kind", "from", "index", "at", "effect" }.Select(m => l.GetProperty(m).ToString())
                )
            );
}
