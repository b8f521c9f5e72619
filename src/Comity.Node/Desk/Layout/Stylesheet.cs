// SPDX-License-Identifier: EUPL-1.2
using System.IO.Compression;

namespace Comity.Node.Desk.Layout;

/// <summary>The desk's one style sheet, named for its content, so that a browser keeps it and never keeps an old one.</summary>
internal static class Stylesheet
{
    private static readonly byte[] Plain = Load();
    private static readonly byte[] Packed = Pack(Plain);

    /// <summary>Where it is.</summary>
    public static string Path { get; } = $"/desk-{Digest.Of(Plain).ToString()[..16]}.css";

    /// <summary>Serves it to anybody: it says nothing.</summary>
    public static void Map(WebApplication app) => app.MapGet(Path, AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/css; charset=utf-8";
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        var packs = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var bytes = packs ? Packed : Plain;
        if (packs)
        {
            response.Headers.ContentEncoding = "br";
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static byte[] Load()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("Comity.Node.Desk.Layout.desk.css")!;
        using var held = new MemoryStream();
        stream.CopyTo(held);
        return held.ToArray();
    }

    private static byte[] Pack(byte[] plain)
    {
        using var held = new MemoryStream();
        using (var brotli = new BrotliStream(held, CompressionLevel.SmallestSize))
        {
            brotli.Write(plain);
        }

        return held.ToArray();
    }
}
