// SPDX-License-Identifier: EUPL-1.2
using System.Text;

namespace Comity.Evidence;

/// <summary>How a header is spelt. One spelling per header, so that its MAC covers what was read.</summary>
/// <remarks>C2SP age, "ABNF definition of file header".</remarks>
internal ref struct SealHeaderText(ReadOnlySpan<byte> file)
{
    private const int Columns = 64;
    private const int BytesPerLine = Columns / 4 * 3;
    private const string Version = "age-encryption.org/v1\n";

    private readonly ReadOnlySpan<byte> start = file;
    private int position;

    /// <summary>Writes everything the MAC covers: from the version line to the <c>---</c> mark.</summary>
    public static string Write(IEnumerable<SealStanza> stanzas)
    {
        var text = new StringBuilder(Version);
        foreach (var stanza in stanzas)
        {
            text.Append("->");
            foreach (var argument in stanza.Arguments)
            {
                text.Append(' ').Append(argument);
            }

            text.Append('\n');
            var body = stanza.Body;
            for (; body.Length >= BytesPerLine; body = body[BytesPerLine..])
            {
                text.Append(RawBase64.Encode(body[..BytesPerLine])).Append('\n');
            }

            text.Append(RawBase64.Encode(body)).Append('\n');
        }

        return text.Append("---").ToString();
    }

    /// <summary>Reads the header; see <see cref="SealHeader.Parse"/> for the refusals.</summary>
    public Outcome<SealHeader> Read()
    {
        if (!start.StartsWith(Encoding.ASCII.GetBytes(Version)))
        {
            return new Outcome<SealHeader>.Refused(
                new Refusal(SealRefusals.NotASeal, SealRefusals.Age("Version line"), "byte 0")
            );
        }

        position = Version.Length;
        List<SealStanza> stanzas = [];
        while (true)
        {
            var begin = position;
            if (!TryReadLine(out var line))
            {
                return new Outcome<SealHeader>.Refused(EndsEarly());
            }

            if (line.StartsWith("--- "u8))
            {
                return Finish(stanzas, begin, line["--- ".Length..]);
            }

            var place = $"stanza[{stanzas.Count}]";
            if (stanzas.Count == SealLimits.MaxStanzas)
            {
                return new Outcome<SealHeader>.Refused(TooLarge(place));
            }

            var read = ReadStanza(line, begin);
            if (read is Outcome<SealStanza>.Refused refused)
            {
                return new Outcome<SealHeader>.Refused(refused.Why);
            }

            var stanza = ((Outcome<SealStanza>.Admitted)read).Value;
            if (!StanzaKinds.HasItsShape(stanza))
            {
                return new Outcome<SealHeader>.Refused(
                    new Refusal(SealRefusals.StanzaMalformed, SealRefusals.Age("Native recipient types"), place)
                );
            }

            stanzas.Add(stanza);
        }
    }

    private readonly Outcome<SealHeader> Finish(List<SealStanza> stanzas, int begin, ReadOnlySpan<byte> text)
    {
        if (stanzas.Count == 0 || !RawBase64.TryDecode(text, out var mac) || mac.Length != SealHeader.MacSize)
        {
            return new Outcome<SealHeader>.Refused(Malformed(begin));
        }

        if (stanzas.Count > 1 && stanzas.Exists(s => s.Kind == PassphraseStanza.Kind))
        {
            return new Outcome<SealHeader>.Refused(
                new Refusal(SealRefusals.PassphraseNotAlone, SealRefusals.Age("scrypt recipient stanza"))
            );
        }

        var authenticated = start[..(begin + "---".Length)].ToArray();
        return new Outcome<SealHeader>.Admitted(new SealHeader(stanzas, authenticated, mac, position));
    }

    private Outcome<SealStanza> ReadStanza(ReadOnlySpan<byte> line, int begin)
    {
        if (!line.StartsWith("-> "u8) || line["-> ".Length..].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return new Outcome<SealStanza>.Refused(Malformed(begin));
        }

        var arguments = Encoding.ASCII.GetString(line["-> ".Length..]).Split(' ');
        if (arguments.Any(a => a.Length == 0))
        {
            return new Outcome<SealStanza>.Refused(Malformed(begin));
        }

        var tooMany = arguments.Length > SealLimits.MaxArguments;
        if (tooMany || arguments.Any(a => a.Length > SealLimits.MaxArgumentLength))
        {
            return new Outcome<SealStanza>.Refused(TooLarge($"byte {begin}"));
        }

        List<byte> body = [];
        while (true)
        {
            var at = position;
            if (!TryReadLine(out line))
            {
                return new Outcome<SealStanza>.Refused(EndsEarly());
            }

            if (line.Length > Columns || !RawBase64.TryDecode(line, out var bytes))
            {
                return new Outcome<SealStanza>.Refused(Malformed(at));
            }

            body.AddRange(bytes);
            if (body.Count > SealLimits.MaxBodyBytes)
            {
                return new Outcome<SealStanza>.Refused(TooLarge($"byte {at}"));
            }

            if (line.Length < Columns)
            {
                return new Outcome<SealStanza>.Admitted(new SealStanza(arguments, [.. body]));
            }
        }
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var limit = Math.Min(start.Length, SealLimits.MaxHeaderBytes);
        var length = start[position..limit].IndexOf((byte)'\n');
        line = length < 0 ? [] : start.Slice(position, length);
        position += length < 0 ? 0 : length + 1;
        return length >= 0;
    }

    /// <summary>The header does not end: within the limit because the file does, or not within the limit.</summary>
    private readonly Refusal EndsEarly() =>
        start.Length > SealLimits.MaxHeaderBytes ? TooLarge($"byte {SealLimits.MaxHeaderBytes}") : Malformed(position);

    private static Refusal Malformed(int at) =>
        new(SealRefusals.HeaderMalformed, SealRefusals.Age("ABNF definition of file header"), $"byte {at}");

    private static Refusal TooLarge(string where) => new(SealRefusals.HeaderTooLarge, SealRefusals.Ours("4"), where);
}
