// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Evidence;
using Comity.Instruments;
using Dapper;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Tests.Exchange;

/// <summary>What a peer can make a node fetch, and for how long.</summary>
public sealed class FetchingTests : IAsyncLifetime
{
    private readonly OnSqlite states = new();
    private readonly CancellationTokenSource end = new();

    public ValueTask InitializeAsync() => states.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await states.DisposeAsync();
        end.Dispose();
    }

    [Fact]
    public async Task A_State_that_sends_evidence_a_byte_at_a_time_holds_up_no_other()
    {
        var asked = 0;
        states.Hostile.OnCall = async context =>
        {
            if (!IsExhibit(context))
            {
                return false;
            }

            Interlocked.Increment(ref asked);
            await BeginAsync(context, 1000);
            while (!end.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(200, context.RequestAborted);
            }

            return true;
        };
        var evidence = new byte[1000];
        states.Other.OnCall = async context =>
        {
            if (!IsExhibit(context))
            {
                return false;
            }

            await BeginAsync(context, evidence.Length);
            await context.Response.Body.WriteAsync(evidence);
            return true;
        };
        await states.Hostile.ServeAsync();
        await states.Other.ServeAsync();

        await SupplyAsync(states.Hostile, Digest.Of([1]), Digest.Of([2]), Digest.Of([3]), Digest.Of([4]));
        await Pair.UntilAsync(() => Task.FromResult(Volatile.Read(ref asked) == 2), "XB is asked for two at once");
        await SupplyAsync(states.Other, Digest.Of(evidence));

        await Pair.UntilAsync(async () => await StateOfAsync(Digest.Of(evidence)) == "whole", "XC's evidence is here");
        Assert.Equal(2, Volatile.Read(ref asked));
    }

    [Fact]
    public async Task What_the_Party_that_asks_says_it_supplies_is_not_fetched()
    {
        var request = states.Hostile.Sign(states.Request());
        await states.AdmittedAsync(states.Hostile.Issue(request));

        await PushSupplyAsync(states.Hostile, request.Act.Dossier, request.Id, 2, Digest.Of([1]));

        Assert.Equal("", await StateOfAsync(Digest.Of([1])));
        await states.HoldsAsync();
    }

    private async Task SupplyAsync(HostilePeer peer, params Digest[] exhibits)
    {
        var dossier = Pair.NewDossier();
        var request = await states.Victim.IssueAsync(
            new ActContent(
                dossier,
                null,
                states.Victim.Central,
                peer.Central,
                Visibility.Shared,
                Pair.Request(Measure.Preservation)
            )
        );
        await PushSupplyAsync(peer, dossier, request, 1, exhibits);
    }

    private async Task PushSupplyAsync(
        HostilePeer peer,
        DossierId dossier,
        ActId request,
        int number,
        params Digest[] exhibits
    )
    {
        var supply = new Supply([.. exhibits.Select(ExhibitOf)], true, null);
        var signed = peer.Sign(peer.Act(states.Victim, dossier, supply, states.Time.Now, number, request));
        var answer = Assert.Single((await peer.PushAsync(states.Victim, peer.Issue(signed))).Push().Answers);
        Assert.Equal(Comity.Exchange.ActVerdict.Admitted, answer.Verdict);
    }

    private static Exhibit ExhibitOf(Digest sealedFile) =>
        new(
            new ExhibitManifest("access.log", null, 900, Digest.Of([0]), 1000, sealedFile, null),
            ["age1example"],
            new HandlingToken("The proceeding", [], OnwardTransfer.Refused, null, null, [])
        );

    private static bool IsExhibit(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1/exhibits", StringComparison.Ordinal);

    private static async Task BeginAsync(HttpContext context, int size)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = string.Create(
            CultureInfo.InvariantCulture,
            $"bytes 0-{size - 1}/{size}"
        );
        await context.Response.StartAsync();
    }

    private async Task<string> StateOfAsync(Digest sealedFile) =>
        await states.Parts.Database.ReadAsync(
            s =>
                s.Connection.ExecuteScalarAsync<string?>(
                    "select state from exhibit where sealed = @Sealed",
                    new { Sealed = sealedFile.ToString() },
                    s.Transaction
                ),
            Stop
        ) ?? "";
}
