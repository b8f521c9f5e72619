// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Commands;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Demo;

/// <summary>The demo from beginning to end.</summary>
internal static class DemoPlay
{
    /// <summary>Plays it.</summary>
    /// <returns>0 when every step held, 1 when one did not, 2 when it could not begin.</returns>
    public static async Task<int> RunAsync(DemoWish wish, TextWriter to, CancellationToken stop)
    {
        if (wish.Evidence.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            return Common.Complain(Common.Unusable, $"no such file: {missing}");
        }

        var folder = wish.Data is null
            ? Directory.CreateTempSubdirectory("comity-demo-").FullName
            : Path.GetFullPath(wish.Data);
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return Common.Complain(
                Common.Unusable,
                $"{folder} is not empty: the demo makes its nodes in a folder of its own"
            );
        }

        var narrator = new Narrator(to);
        narrator.Chapter($"Two States that do not exist, XA and XB, in {folder}");
        var ports = FreePorts.Find(8);
        await using var xa = await DemoNode.MakeAsync(
            folder,
            PartyId.Of("XA"),
            [ports[0], ports[0], ports[1], ports[2]],
            stop
        );
        await using var xb = await DemoNode.MakeAsync(
            folder,
            PartyId.Of("XB"),
            [ports[3], ports[4], ports[5], ports[6]],
            stop
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "roots.pem"),
            xa.Made.Root + "\n" + xb.Made.Root + "\n",
            stop
        );
        await xa.TrustAsync(xb, stop);
        await xb.TrustAsync(xa, stop);
        narrator.Say(
            "Keys, settings and signed directory entries made; each State's two officers confirmed the other's root"
        );
        await using var line = new CuttingLine(ports[4], xb.ExchangePort);
        var third = new Cosigner("witness.example/demo", RandomNumberGenerator.GetBytes(32));
        var address = new Uri($"http://127.0.0.1:{ports[7]}");
        var witnessFolder = Directory.CreateDirectory(Path.Combine(folder, "witness")).FullName;
        await using var witness = await WitnessHost.StartAsync(
            witnessFolder,
            third,
            [xa.RegisterKey, xb.RegisterKey],
            address,
            stop
        );
        await Task.WhenAll(xa.StartAsync(third.Verifier, address, stop), xb.StartAsync(third.Verifier, address, stop));
        narrator.Say(
            "Both nodes run: exchange over mutual TLS 1.3, a desk and a public page each; a third is a witness"
        );

        await using var killer = new Killer([xa, xb], wish.Kills, wish.Seed, narrator);
        try
        {
            var files = DemoEvidence.Files(wish.Evidence, folder);
            var dossier = await new HonestStory(xa, xb, line, narrator, folder, stop).TellAsync(files);
            await new AbusiveStory(xa, xb, narrator, stop).TellAsync();
            for (var round = 2; killer.GoesOn; round++)
            {
                // The kills are meant for a story that is being told; so it is told again until they are used up.
                var again = Path.Combine(folder, $"round-{round}");
                await new HonestStory(xa, xb, line, narrator, again, stop).TellAsync(files);
            }

            await killer.FinishAsync(stop);
            await new CourtStory(xa, narrator, folder, stop).TellAsync(dossier);
            await new RegisterStory([xa, xb], narrator, folder, stop).TellAsync();
            await AgreeAsync(xa, xb, narrator, stop);
        }
        catch (Exception broken) when (broken is InvalidOperationException or TimeoutException or HttpRequestException)
        {
            narrator.Check(false, broken.Message);
        }

        return await EndAsync(wish, narrator, xa, xb, to, stop);
    }

    // Every file of both nodes, read again from the disk, once nothing writes any more.
    private static async Task AgreeAsync(DemoNode xa, DemoNode xb, Narrator narrator, CancellationToken stop)
    {
        foreach (var node in new[] { xa, xb })
        {
            var faults = await node.CheckAsync(stop);
            narrator.Check(
                faults.Count == 0,
                $"comity-node check of {node.Party}: {(faults.Count == 0 ? "everything holds" : faults[0])}"
            );
        }

        var (a, b) = (await xa.DossiersAsync(stop), await xb.DossiersAsync(stop));
        narrator.Check(a == b, "Both nodes show the same dossiers, act by act");
    }

    private static async Task<int> EndAsync(
        DemoWish wish,
        Narrator narrator,
        DemoNode xa,
        DemoNode xb,
        TextWriter to,
        CancellationToken stop
    )
    {
        if (wish.Exit)
        {
            narrator.Chapter(narrator.Failed == 0 ? "Every step held." : $"{narrator.Failed} steps did not hold.");
            return narrator.Failed == 0 ? Common.Ok : Common.NotOk;
        }

        narrator.Chapter("Both desks stay up. Each link signs one officer in, once, within half an hour:");
        foreach (var node in new[] { xa, xb })
        {
            foreach (var (officer, phrase) in node.Phrases)
            {
                await to.WriteLineAsync(
                    $"  {node.Party} {officer, -9} {await node.LinkAsync(officer, stop)}   signing phrase {phrase}"
                );
            }
        }

        await to.WriteLineAsync("\nCtrl+C ends it.");
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return narrator.Failed == 0 ? Common.Ok : Common.NotOk;
    }
}

/// <summary>What is wanted of a demo.</summary>
internal sealed record DemoWish(IReadOnlyList<string> Evidence, bool Exit, string? Data, int Kills, int Seed);
