// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files;

/// <summary>Made-up evidence for demos and tests: what a provider in XB might hold of the attack in <c>samples/</c>.</summary>
/// <remarks>
/// The same bytes for the same seed. Nothing in it is real: addresses of RFC 5737, domains of RFC 2606, persons and places
/// that do not exist, and an attachment of drawn bytes that does nothing. So it need not be kept in version control.
/// </remarks>
public static class SampleEvidence
{
    /// <summary>The seed that the demo and the README use.</summary>
    public const ulong DemoSeed = 417;

    /// <summary>The night of the attack: 31 October 2026, 22:00 UTC.</summary>
    internal static readonly DateTimeOffset Night = new(2026, 10, 31, 22, 0, 0, TimeSpan.Zero);

    /// <summary>Every file: its name, its media type, and how its bytes are written.</summary>
    public static IReadOnlyList<SampleFile> All { get; } =
    [
        new("pay-desk.mbox", "application/mbox", SampleMailbox.Write),
        new("access.log", "text/plain", SampleWebLog.Write),
        new("control-server.pcap", "application/vnd.tcpdump.pcap", SampleCapture.Write),
    ];

    /// <summary>Writes every file into a folder, over those of an earlier run.</summary>
    /// <param name="folder">A folder; it is made where it is missing.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The paths written, in the order of <see cref="All"/>.</returns>
    public static IReadOnlyList<string> WriteTo(string folder, ulong seed = DemoSeed)
    {
        Directory.CreateDirectory(folder);
        return
        [
            .. All.Select(file =>
            {
                var path = Path.Combine(folder, file.Name);
                using var stream = File.Create(path);
                file.Write(stream, seed);
                return path;
            }),
        ];
    }
}

/// <summary>One file of made-up evidence.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Write">Writes its bytes for a seed. The stream is left open.</param>
public sealed record SampleFile(string Name, string MediaType, Action<Stream, ulong> Write);
