// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;

namespace Comity.Files;

/// <summary>The mailbox of the account from which the invoice and the demand were sent: mbox (RFC 4155), messages of RFC 5322.</summary>
internal static class SampleMailbox
{
    private const string Account = "pay-desk@post.example";
    private const string Hospital = "accounts@saint-example.example";
    private const int Messages = 420;
    private const int Widest = 72;

    private static readonly string[] Others =
    [
        "office@mill.example",
        "orders@bakery.example",
        "front-desk@clinic.example",
        "billing@harbour.example",
        "post@library.example",
    ];

    private static readonly string[] Words =
    [
        "invoice",
        "payment",
        "due",
        "please",
        "find",
        "enclosed",
        "the",
        "account",
        "for",
        "your",
        "order",
        "of",
        "last",
        "month",
        "we",
        "have",
        "not",
        "yet",
        "received",
        "kindly",
        "transfer",
        "amount",
        "number",
        "within",
        "ten",
        "days",
        "thank",
        "you",
        "From",
        "regards",
        "desk",
        "statement",
        "balance",
        "copy",
        "attached",
        "delivery",
    ];

    public static void Write(Stream stream, ulong seed)
    {
        var draw = new SampleDraw(seed);
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var at = SampleEvidence.Night.AddDays(-8);
        for (var i = 0; i < Messages; i++)
        {
            at = at.AddMinutes(10 + draw.Below(30));
            Message(text, draw, at, i, $"Statement {2000 + i}", draw.Of(Others), Prose(draw, 6 + draw.Below(8)), null);
        }

        Message(
            text,
            draw,
            SampleEvidence.Night.AddMinutes(-2),
            Messages,
            "Invoice 2231",
            Hospital,
            "Dear accounts desk,\n\nplease find invoice 2231 enclosed. It is due today.\n\nPay Desk\n",
            draw.Bytes(48 * 1024)
        );
        Message(
            text,
            draw,
            SampleEvidence.Night.AddHours(7),
            Messages + 1,
            "Your files",
            Hospital,
            "Your servers are locked. 40 units buy the key.\nFrom today you have ten days; then the files are lost.\n",
            null
        );
        foreach (var other in Others.Take(3))
        {
            at = SampleEvidence.Night.AddHours(8).AddMinutes(draw.Below(300));
            Message(
                text,
                draw,
                at,
                Messages + 2 + draw.Below(900),
                "Your files",
                other,
                "Your servers are locked. 15 units buy the key.\n",
                null
            );
        }
    }

    private static void Message(
        StreamWriter text,
        SampleDraw draw,
        DateTimeOffset at,
        int number,
        string subject,
        string to,
        string body,
        byte[]? attachment
    )
    {
        var boundary = $"part-{draw.Next():x16}";
        text.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"From {Account} {at:ddd MMM} {at.Day, 2} {at:HH:mm:ss yyyy}")
        );
        text.WriteLine($"From: Pay Desk <{Account}>");
        text.WriteLine($"To: {to}");
        text.WriteLine($"Subject: {subject}");
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Date: {at:ddd, dd MMM yyyy HH:mm:ss} +0000"));
        text.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{number}.{draw.Next():x16}@post.example>")
        );
        text.WriteLine("MIME-Version: 1.0");
        if (attachment is null)
        {
            text.WriteLine("Content-Type: text/plain; charset=us-ascii");
            text.WriteLine();
            Body(text, body);
        }
        else
        {
            text.WriteLine($"Content-Type: multipart/mixed; boundary=\"{boundary}\"");
            text.WriteLine();
            text.WriteLine($"--{boundary}");
            text.WriteLine("Content-Type: text/plain; charset=us-ascii");
            text.WriteLine();
            Body(text, body);
            text.WriteLine($"--{boundary}");
            text.WriteLine("Content-Type: application/octet-stream; name=\"invoice-2231.bin\"");
            text.WriteLine("Content-Transfer-Encoding: base64");
            text.WriteLine("Content-Disposition: attachment; filename=\"invoice-2231.bin\"");
            text.WriteLine();
            // RFC 2045, 6.8: at most 76 characters a line.
            foreach (var line in Convert.ToBase64String(attachment).Chunk(76))
            {
                text.WriteLine(line);
            }

            text.WriteLine($"--{boundary}--");
        }

        text.WriteLine();
    }

    // RFC 4155: a line that begins like a message's first line is marked, or readers cut the message there.
    private static void Body(StreamWriter text, string body)
    {
        foreach (var line in body.TrimEnd('\n').Split('\n'))
        {
            text.WriteLine(line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal) ? $">{line}" : line);
        }
    }

    private static string Prose(SampleDraw draw, int lines)
    {
        var prose = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            var line = draw.Of(Words);
            for (var word = draw.Of(Words); line.Length + 1 + word.Length <= Widest; word = draw.Of(Words))
            {
                line = $"{line} {word}";
            }

            prose.Append(line).Append('\n');
        }

        return prose.ToString();
    }
}
