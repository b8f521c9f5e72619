// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Setup;

namespace Comity.Node.Demo;

/// <summary>The main job: a hospital was attacked, the traces are in another State, and they come to be evidence.</summary>
internal sealed class HonestStory(
    DemoNode xa,
    DemoNode xb,
    CuttingLine line,
    Narrator narrator,
    string folder,
    CancellationToken stop
)
{
    private static readonly Dictionary<string, (string Value, string Reason)> Answers = new()
    {
        ["communicates"] = ("no", "Servers were encrypted; nothing was published."),
        ["authority"] = ("no", "A hospital was harmed, not an office or its holder."),
        ["content"] = ("no", "The offence is what was done to the system."),
        ["without-words"] = ("yes", "Encrypting the servers is punished whatever was said."),
        ["right"] = ("none", "The logs of a rented server touch no one's expression."),
        ["necessity"] = ("no-right-touched", "No such right is touched."),
        ["call-back"] = ("confirmed", "Called at the number of the directory; the request was confirmed."),
    };

    private readonly DeskWork a = new(xa, stop);
    private readonly DeskWork b = new(xb, stop);

    /// <summary>Tells it.</summary>
    /// <param name="files">The evidence, plain, at XB's workstation.</param>
    /// <returns>The dossier.</returns>
    public async Task<DossierId> TellAsync(IReadOnlyList<string> files)
    {
        narrator.Chapter("A hospital in XA was attacked. The server that gave the orders stands in XB.");
        var dossier = await PreserveAsync();
        var request = await RequestAsync(dossier);
        await DecideAsync(dossier, request);
        var manifests = await SupplyAsync(dossier, request, files);
        await ReceiveAsync(dossier, request, manifests);
        return dossier;
    }

    private async Task<DossierId> PreserveAsync()
    {
        var page = await a.DraftAsync(
            "/requests/new",
            ("to", "XB/central"),
            ("request", DemoSamples.Request("ransomware-preservation"))
        );
        var dossier = DossierOf(page);
        narrator.Say($"XA asks XB to preserve the data (art. 42). One duty officer may sign it. Dossier {dossier}");
        var request = await b.StageAsync(dossier, 0, "received");
        var (index, at) = await PlaceAsync(dossier, request);
        narrator.Check(index >= 0, $"XB has it, in its register at {index}, {at} UTC; XA holds the receipt with proof");

        var until = DateTimeOffset.UtcNow.AddDays(60).AddHours(1);
        await b.ActAsync(dossier, request, "acknowledge", ("reference", "XB-CA-88/26"));
        await b.ActAsync(
            dossier,
            request,
            "grant",
            ("law", "Code of Criminal Procedure of XB, section 98a"),
            ("preserved.until", until.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture))
        );
        await a.StageAsync(dossier, 0, "preserved");
        narrator.Say("XB preserves the data for 60 days (art. 42(8)); both desks show the same date running");
        return dossier;
    }

    private async Task<string> RequestAsync(DossierId dossier)
    {
        await a.DraftAsync(
            $"/dossiers/{dossier}/requests/new",
            ("to", "XB/central"),
            ("request", DemoSamples.Request("ransomware-stored-data"))
        );
        await a.ApproveAsync(dossier);
        var request = await b.StageAsync(dossier, 1, "received");
        narrator.Say(
            "XA asks for the data (art. 44): drafted by one officer, approved by another, sealed, received by XB"
        );
        var kept = await b.SeesAsync(
            dossier,
            f => f.GetProperty("requests")[0].GetProperty("keptFor").GetArrayLength() > 0 ? "kept" : null,
            "the preservation kept for the request"
        );
        narrator.Check(
            kept.Length > 0,
            "The preservation is now kept until this request is decided, whatever the date (art. 42(8))"
        );

        await b.ActAsync(
            dossier,
            request,
            "ask",
            ("purpose", "information"),
            ("questions[0].text", "From which source ports did the connections come? The address is shared.")
        );
        await a.StageAsync(dossier, 1, "asked");
        await a.ActAsync(
            dossier,
            request,
            "supplement",
            ("answers[0].text", "The connections came from source ports 49152 to 49170.")
        );
        await b.StageAsync(dossier, 1, "in-hand");
        narrator.Say("XB asked a question (art. 40(16)); XA answered it");
        return request;
    }

    private async Task DecideAsync(DossierId dossier, string request)
    {
        await b.AssessAsync(dossier, request, Answers);
        narrator.Say("XB's assessor answered the safeguards' questions, each with a reason and a source, kept at home");
        await b.ActAsync(
            dossier,
            request,
            "grant",
            ("law", "Code of Criminal Procedure of XB, section 99"),
            ("conditions[0].kind", "use-limit"),
            ("conditions[0].text", "Use in the proceeding named in the request, and in no other without consent."),
            ("conditions[1].kind", "onward-transfer"),
            ("conditions[1].text", "No transfer to a third State without authorisation.")
        );
        await a.StageAsync(dossier, 1, "granted-on-conditions");
        narrator.Say("XB grants it on two conditions (art. 40(28)); nothing is supplied before they are accepted");
        await a.ActAsync(dossier, request, "accept", ("accepts", "yes"));
        await b.StageAsync(dossier, 1, "granted");
        narrator.Say("XA accepts the conditions, and must comply with them");
    }

    private async Task<IReadOnlyList<ExhibitManifest>> SupplyAsync(
        DossierId dossier,
        string request,
        IReadOnlyList<string> files
    )
    {
        var authority = xa.Made.Entry.Entry.Authorities[0];
        var manifests = new List<ExhibitManifest>();
        var desk = await xb.AtDeskAsync(DemoNode.Drafter, stop);
        foreach (var file in files)
        {
            var made = await DemoEvidence.SealAsync(file, authority, Path.Combine(folder, "sealed"), stop);
            manifests.Add(made.Facts);
            await Patience.AskAsync(
                async () =>
                {
                    var page = await desk.OpenAsync($"/dossiers/{dossier}/exhibits/new");
                    await using var sealedFile = File.OpenRead(made.Sealed);
                    await using var manifest = File.OpenRead(made.Manifest);
                    return await desk.UploadAsync(
                        page.FormTo($"/dossiers/{dossier}/exhibits/sealed"),
                        [
                            ("manifest", Path.GetFileName(made.Manifest), "application/json", manifest),
                            ("sealed", Path.GetFileName(made.Sealed), "application/octet-stream", sealedFile),
                        ]
                    );
                },
                stop
            );
            narrator.Say(
                $"Sealed at a workstation of XB, to XA alone, and put in: {made.Facts.Name}, {made.Facts.Size:N0} bytes"
            );
        }

        line.CutAfter(Math.Max(64 * 1024, manifests.Max(m => m.SealedSize) / 3), times: 2);
        await b.ActAsync(
            dossier,
            request,
            "supply",
            [
                .. manifests.Select(m => ("exhibits", (string?)m.SealedSha256.ToString())),
                ("isComplete", "yes"),
                ("handling.permittedProceeding", "PNO-2026-1187, Office of the Prosecutor for Network Offences, XA"),
                ("handling.onwardTransfer", "with-authorisation"),
                ("handling.conditions", "c1"),
                ("handling.conditions", "c2"),
            ]
        );
        await a.StageAsync(dossier, 1, "supplied");
        narrator.Say("XB supplies it: the act names every file, its digests, and how it may be used");
        return manifests;
    }

    private async Task ReceiveAsync(DossierId dossier, string request, IReadOnlyList<ExhibitManifest> manifests)
    {
        await a.SeesAsync(
            dossier,
            f =>
                f.GetProperty("exhibits").EnumerateArray().All(x => x.GetProperty("state").GetString() == "whole")
                    ? "all"
                    : null,
            "every exhibit whole"
        );
        narrator.Check(
            line.Cuts > 0,
            $"The line was cut {line.Cuts} times; the transfer went on where it had stopped, and every byte matches"
        );

        var desk = await xa.AtDeskAsync(DemoNode.Drafter, stop);
        var key = Path.Combine(xa.Offline, $"{NodeSetup.AuthorityId}.agekey");
        foreach (var manifest in manifests)
        {
            var fetched = Path.Combine(folder, "opened", manifest.SealedSha256 + ".age");
            await Patience.AskAsync(
                async () =>
                {
                    await desk.DownloadToAsync($"/dossiers/{dossier}/exhibits/{manifest.SealedSha256}", fetched);
                    return 0;
                },
                stop
            );
            var opened = await DemoEvidence.OpenAsync(
                fetched,
                key,
                Path.Combine(folder, "opened", manifest.Name),
                stop
            );
            narrator.Check(
                opened == manifest.Sha256,
                $"Opened at a workstation of XA with the authority's key: {manifest.Name} is what XB took"
            );
        }

        await a.ActAsync(
            dossier,
            request,
            "confirm",
            [.. Enumerable.Range(0, manifests.Count).Select(i => ($"exhibits[{i}].verdict", (string?)"opened"))]
        );
        await b.SeesAsync(
            dossier,
            f =>
                f.GetProperty("exhibits")
                    .EnumerateArray()
                    .All(x => x.TryGetProperty("verdict", out var v) && v.GetString() == "opened")
                    ? "all"
                    : null,
            "the exhibits confirmed"
        );
        narrator.Say("XA confirms what arrived");
    }

    private async Task<(long Index, string At)> PlaceAsync(DossierId dossier, string act)
    {
        var facts = (await xb.FactsAsync(dossier, stop))!.Value;
        var entered = facts.GetProperty("lines").EnumerateArray().First(l => l.GetProperty("act").GetString() == act);
        return (entered.GetProperty("index").GetInt64(), entered.GetProperty("at").GetString()!);
    }

    /// <summary>The dossier a page of the desk leads to after a draft was signed.</summary>
    public static DossierId DossierOf(DeskPageRead page) =>
        page.Path.StartsWith("/dossiers/", StringComparison.Ordinal)
        && DossierId.TryParse(page.Path["/dossiers/".Length..].Split('?')[0], out var id)
            ? id
            : throw new InvalidOperationException($"the desk did not take the draft: {page.Status} {page.Text}");
}
