// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Register;

/// <summary>What the register records about an act.</summary>
/// <remarks>Immutable. The nested cases are the only ones.</remarks>
public abstract record LeafEntry
{
    private LeafEntry() { }

    /// <summary>The act went out from here.</summary>
    public sealed record Issued : LeafEntry;

    /// <summary>The act came in and was admitted. From this instant it counts.</summary>
    public sealed record Admitted : LeafEntry;

    /// <summary>The act came in and did not pass the technical checks. It is kept, and has no effect.</summary>
    public sealed record NotAdmitted : LeafEntry
    {
        /// <summary>Longest code, in characters.</summary>
        public const int MaximumCodeLength = 64;

        /// <summary>An act that was not admitted, and why.</summary>
        /// <param name="code">
        /// The refusal's code: words of lower-case letters and digits, parted by hyphens within a name and by at least
        /// one dot between names; at most 64 characters. Throws otherwise.
        /// </param>
        public NotAdmitted(string code) =>
            Code = IsCode(code)
                ? code
                : throw new ArgumentException("a code is dotted, lower case, at most 64 characters", nameof(code));

        /// <summary>The refusal's code, as in <see cref="Refusal.Code"/>.</summary>
        public string Code { get; }

        /// <summary>Whether a text has the form of a refusal's code.</summary>
        public static bool IsCode(ReadOnlySpan<char> text)
        {
            if (text.Length > MaximumCodeLength || !text.Contains('.'))
                return false;
            var afterWord = false;
            foreach (var c in text)
            {
                var isWord = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
                if (!isWord && (c is not ('.' or '-') || !afterWord))
                    return false;
                afterWord = isWord;
            }
            return afterWord;
        }
    }

    /// <summary>The word in the canonical text.</summary>
    internal string Word =>
        this switch
        {
            Issued => "issued",
            Admitted => "admitted",
            NotAdmitted => "not-admitted",
            _ => throw new InvalidOperationException("a leaf is issued, admitted or not admitted"),
        };
}
