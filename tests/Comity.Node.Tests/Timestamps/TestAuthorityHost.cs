// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using Comity.Node.Demo;
using Comity.Node.Settings;
using Comity.Node.Timestamps;
using Comity.Timestamps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Comity.Node.Tests.Timestamps;

/// <summary>A timestamp authority over real HTTP that a test can silence, and make answer whatever it likes.</summary>
internal sealed class TestAuthorityHost : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-authority").FullName;
    private readonly ConcurrentQueue<Digest> asked = new();
    private WebApplication? app;

    public TestAuthorityHost() => House = HouseAuthority.Open(folder, DateTimeOffset.UtcNow);

    public HouseAuthority House { get; }

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePorts.Find(1)[0]}/");

    /// <summary>The clock it stamps by.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What it answers instead, given the query; nothing while it is honest.</summary>
    public Func<byte[], HttpContext, Task<byte[]>>? Instead { get; set; }

    /// <summary>What it was asked to stamp, in order.</summary>
    public IReadOnlyCollection<Digest> Asked => asked;

    public TimestampTrust Trust => new([House.Root], []);

    public TimestampAuthority Setting => new(Url, Trust);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.ToString());
        app = builder.Build();
        app.MapPost("/", AnswerAsync);
        await app.StartAsync(Stop);
    }

    /// <summary>Goes away: nobody listens there any more.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            app = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        House.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var query = body.ToArray();
        asked.Enqueue(new Digest(TimestampRequest.Parse(query).Admitted().Imprint.Hash.Span));
        var answer = Instead is { } instead ? await instead(query, context) : House.Answer(query, Time.GetUtcNow());
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}
