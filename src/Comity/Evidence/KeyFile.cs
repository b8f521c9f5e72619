// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>The text files that hold identities and recipients: one a line, <c>#</c> for comments, as <c>age</c> has them.</summary>
public static class KeyFile
{
    /// <summary>Longest file read, in characters. Holds 128 hybrid recipients.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The file is too long, or holds no key at all.</summary>
    public const string Unusable = "seal.key-file-unusable";

    /// <summary>Reads an identity file.</summary>
    /// <param name="text">Hostile.</param>
    /// <returns>
    /// At least one identity, or a refusal coded <c>seal.identity-malformed</c> with the line (never its content) or
    /// <c>seal.key-file-unusable</c>.
    /// </returns>
    public static Outcome<IReadOnlyList<Identity>> ParseIdentities(string text) => Parse(text, Identity.Parse);

    /// <summary>Reads a recipients file.</summary>
    /// <param name="text">Hostile.</param>
    /// <returns>
    /// At least one recipient, or a refusal coded <c>seal.recipient-malformed</c> with the line or
    /// <c>seal.key-file-unusable</c>.
    /// </returns>
    public static Outcome<IReadOnlyList<Recipient>> ParseRecipients(string text) => Parse(text, Recipient.Parse);

    /// <summary>Writes the file of a new identity.</summary>
    /// <param name="identity">The secret. Whoever reads the text can open what is sealed to it.</param>
    /// <param name="created">The instant to note, for example <c>2026-03-02T09:00:00Z</c>.</param>
    public static string Write(Identity identity, string created) =>
        $"# created: {created}\n# public key: {identity.Recipient}\n{identity.Reveal()}\n";

    private static Outcome<IReadOnlyList<T>> Parse<T>(string text, Func<string, Outcome<T>> parse)
    {
        if (text.Length > MaxLength)
        {
            return Refuse<T>(new Refusal(Unusable, SealRefusals.Ours("5")));
        }

        List<T> keys = [];
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].EndsWith('\r') ? lines[i][..^1] : lines[i];
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            switch (parse(line))
            {
                case Outcome<T>.Admitted admitted:
                    keys.Add(admitted.Value);
                    break;
                case Outcome<T>.Refused refused:
                    return Refuse<T>(refused.Why with { Where = $"line {i + 1}" });
            }
        }

        return keys.Count > 0
            ? new Outcome<IReadOnlyList<T>>.Admitted(keys)
            : Refuse<T>(new Refusal(Unusable, SealRefusals.Ours("5")));
    }

    private static Outcome<IReadOnlyList<T>> Refuse<T>(Refusal why) => new Outcome<IReadOnlyList<T>>.Refused(why);
}
