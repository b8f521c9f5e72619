// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Files.Bundles;

/// <summary>Why a container is not the one that these entries have (docs/spec/bundle.md, 7). Stable.</summary>
internal static class BundleRefusals
{
    /// <summary>The file does not end where a container ends: cut off, added to, commented, or no zip.</summary>
    public const string NoEnd = "bundle.no-end";

    /// <summary>More entries than any bundle has.</summary>
    public const string TooManyEntries = "bundle.too-many-entries";

    /// <summary>An entry's name leads out, is not portable, or is too long.</summary>
    public const string EntryName = "bundle.entry-name";

    /// <summary>Two entries have one name on some system, or one is both file and folder.</summary>
    public const string EntryDoubled = "bundle.entry-doubled";

    /// <summary>The entries do not stand in their order.</summary>
    public const string EntryOrder = "bundle.entry-order";

    /// <summary>An entry is compressed, enciphered, or says its size only after itself.</summary>
    public const string EntryForm = "bundle.entry-form";

    /// <summary>A byte between the files is another than the writer writes: a gap, an overlap, a comment, a lie about a size.</summary>
    public const string NotCanonical = "bundle.not-canonical";

    /// <summary>A file's bytes are not those whose checksum the container states.</summary>
    public const string ContentDiffers = "bundle.content-differs";

    private static readonly Citation Specification = new("docs/spec/bundle.md", "2");

    /// <summary>A refusal of the whole container.</summary>
    public static Refusal Of(string code, string where = "") => new(code, Specification, where);

    /// <summary>A refusal of an entry, named by its place: its name is from outside.</summary>
    public static Refusal At(string code, int entry) =>
        Of(code, string.Create(CultureInfo.InvariantCulture, $"entry {entry + 1}"));
}
