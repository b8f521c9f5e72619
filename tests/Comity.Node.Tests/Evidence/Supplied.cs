// SPDX-License-Identifier: EUPL-1.2
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Comity.Evidence;
using Microsoft.AspNetCore.Http;

namespace Comity.Node.Tests.Evidence;

/// <summary>A sealed file that a hostile peer supplies, and how it serves it.</summary>
internal sealed class Supplied
{
    private readonly Func<long, int, byte[]> read;

    private Supplied(long size, Digest digest, Func<long, int, byte[]> read) =>
        (Size, Digest, this.read) = (size, digest, read);

    public long Size { get; }

    public Digest Digest { get; }

    /// <summary>Where each request began, in the order asked.</summary>
    public List<long> Asked { get; } = [];

    /// <summary>After how many bytes of an answer the line is cut; the first for the first request, and so on.</summary>
    public Queue<long> Cuts { get; } = [];

    /// <summary>How many more answers that are not cut have every byte changed.</summary>
    public int Wrong { get; set; }

    /// <summary>Whether the answer stops coming half-way, and the line stays open.</summary>
    public bool Stalls { get; set; }

    /// <summary>How long each piece of 64 KiB takes.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>A file of random bytes.</summary>
    public static Supplied Random(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        return new Supplied(size, Digest.Of(bytes), (at, count) => bytes[(int)at..((int)at + count)]);
    }

    /// <summary>A file larger than anyone should hold: the same piece over and over.</summary>
    public static Supplied Repeated(long size)
    {
        var piece = RandomNumberGenerator.GetBytes(1 << 20);
        byte[] twice = [.. piece, .. piece];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < size; at += piece.Length)
        {
            hash.AppendData(piece, 0, (int)Math.Min(piece.Length, size - at));
        }

        return new Supplied(
            size,
            new Digest(hash.GetHashAndReset()),
            (at, count) => twice.AsSpan((int)(at % piece.Length), count).ToArray()
        );
    }

    /// <summary>The act that supplies files.</summary>
    public static Supply In(params IReadOnlyList<Supplied> files) =>
        new([.. files.Select(f => f.Exhibit(f.Size))], false, null);

    /// <summary>The file as a manifest describes it, when it says so of its size.</summary>
    public Exhibit Exhibit(long size) =>
        new(
            new ExhibitManifest("log.txt", "text/plain", 1, Digest.Of([1]), size, Digest, null),
            ["age1recipient"],
            new HandlingToken("Proceeding PNO-2026-1187", [], OnwardTransfer.Refused, null, null, [])
        );

    public async Task<byte[]> AllAsync()
    {
        await Task.CompletedTask;
        return read(0, (int)Size);
    }

    /// <summary>Answers a request for it; false when it is for something else.</summary>
    public async Task<bool> ServeAsync(HttpContext context)
    {
        if (context.Request.Path != $"/v1/exhibits/{Digest}")
        {
            return false;
        }

        var from = RangeHeaderValue.Parse(context.Request.Headers.Range.ToString()).Ranges.Single().From!.Value;
        long? cut;
        bool isWrong;
        lock (Asked)
        {
            Asked.Add(from);
            cut = Cuts.TryDequeue(out var next) ? next : null;
            isWrong = cut is null && Wrong > 0;
            Wrong -= isWrong ? 1 : 0;
        }

        context.Response.StatusCode = 206;
        context.Response.Headers.ContentRange = $"bytes {from}-{Size - 1}/{Size}";
        context.Response.ContentLength = Size - from;
        for (var at = from; at < Size; )
        {
            var left = Math.Min(Size - at, 64 * 1024);
            var count = (int)(cut is { } bytes ? Math.Min(left, from + bytes - at) : left);
            if (count == 0)
            {
                await context.Response.Body.FlushAsync();
                context.Abort();
                return true;
            }

            if (Stalls && at > from)
            {
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            }

            var piece = read(at, count);
            if (isWrong)
            {
                piece.AsSpan().Fill(7);
            }

            await context.Response.Body.WriteAsync(piece);
            if (Pace > TimeSpan.Zero)
            {
                await context.Response.Body.FlushAsync();
                await Task.Delay(Pace);
            }

            at += count;
        }

        return true;
    }
}
