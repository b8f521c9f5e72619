// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Node.Hosting;
using Comity.Node.Register;
using Comity.Register;

namespace Comity.Node.Public;

/// <summary>The register for anyone: C2SP tlog-tiles below <c>/register</c>, and a page that says what it is.</summary>
/// <remarks>
/// Files as they stand in the folder, so that a mirror of the folder serves the same. Nothing here asks the database for an
/// entry: whoever reads learns what is published and nothing of what is not.
/// </remarks>
internal static class PublicLog
{
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Adds the addresses.</summary>
    public static void Map(WebApplication app, NodeParts node)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/register", reading, (CancellationToken stop) => AboutAsync(node, stop));
        app.MapMethods(
            "/register/checkpoint",
            reading,
            (HttpContext context, CancellationToken stop) => CheckpointAsync(context, node, stop)
        );
        app.MapMethods(
            "/register/tile/{**rest}",
            reading,
            (HttpContext context, string rest, CancellationToken stop) => TileAsync(context, $"tile/{rest}", node, stop)
        );
    }

    private static async Task<IResult> AboutAsync(NodeParts node, CancellationToken stop)
    {
        var newest = await node.Database.ReadAsync(PublicationTables.NewestAsync, stop);
        var policy = await node.Witnesses.PolicyAsync(stop);
        var witnessed =
            newest is null ? "nothing is published yet"
            : policy.Count(newest.Note) is Outcome<Witnessed>.Admitted counted
                ? $"{(counted.Value.IsEnough ? "witnessed" : "NOT WITNESSED")}: {counted.Value}"
            : "a witness's line does not hold";
        var lines = new List<string>
        {
            node.Keys.Register.Verifier.Name,
            "",
            "A log of salted digests (C2SP tlog-tiles). No entry tells whose it is, nor whether it is one at all.",
            "",
            $"Key: {node.Keys.Register.Verifier}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Published every {node.Settings.PublishSeconds} seconds, in steps of {node.Settings.Padding} entries"
            ),
            $"Newest checkpoint: /register/checkpoint, {witnessed}",
        };
        lines.AddRange(policy.Witnesses.Select(w => $"Witness: {w}"));
        if (node.Keys.Witness is { } own)
        {
            lines.Add($"As a witness of others: {own.Verifier}");
        }

        lines.Add("");
        lines.Add("Copy and check all of it: comity-node mirror ADDRESS FOLDER --key KEY");
        return Results.Text(string.Join('\n', lines) + "\n");
    }

    private static async Task CheckpointAsync(HttpContext context, NodeParts node, CancellationToken stop)
    {
        var bytes = await node.Tiles.ReadAsync(TileWriting.CheckpointPath, SignedNote.MaximumBytes, stop);
        await AnswerAsync(context, bytes, "text/plain; charset=utf-8", "public, max-age=5", stop);
    }

    private static async Task TileAsync(HttpContext context, string path, NodeParts node, CancellationToken stop)
    {
        // Only what a tile can be called is ever looked for on the disk.
        var bytes = Tile.TryParse(path, out var tile)
            ? await node.Tiles.ReadAsync(tile.Path, TileBytes.Length(tile), stop)
            : null;
        await AnswerAsync(context, bytes, "application/octet-stream", Forever, stop);
    }

    private static async Task AnswerAsync(
        HttpContext context,
        byte[]? bytes,
        string type,
        string caching,
        CancellationToken stop
    )
    {
        // Monitors in a browser, of whatever site, may read what is public.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (bytes is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = caching;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, stop);
        }
    }
}
