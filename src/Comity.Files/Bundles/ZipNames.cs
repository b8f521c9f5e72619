// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Bundles;

/// <summary>What names the files of a container may have, together.</summary>
internal static class ZipNames
{
    /// <summary>Why no container has these names in this order.</summary>
    /// <returns>
    /// Nothing, or <c>bundle.too-many-entries</c>, <c>bundle.entry-name</c>, <c>bundle.entry-doubled</c> or
    /// <c>bundle.entry-order</c>.
    /// </returns>
    public static Refusal? WhyNot(IReadOnlyList<string> names)
    {
        if (names.Count > StoredZip.MaximumEntries)
        {
            return BundleRefusals.Of(BundleRefusals.TooManyEntries);
        }

        // A system that folds case would put two files into one; one that does not would show both.
        var files = new HashSet<string>(names.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            var code =
                !ZipEntry.IsName(names[i]) ? BundleRefusals.EntryName
                : !files.Add(names[i]) ? BundleRefusals.EntryDoubled
                : i > 0 && ZipEntry.Compare(names[i - 1], names[i]) >= 0 ? BundleRefusals.EntryOrder
                : null;
            if (code is not null)
            {
                return BundleRefusals.At(code, i);
            }
        }

        var folders = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            for (
                var at = names[i].LastIndexOf('/');
                at > 0 && folders.Add(names[i][..at]);
                at = names[i].LastIndexOf('/', at - 1)
            )
            {
                if (files.Contains(names[i][..at]))
                {
                    return BundleRefusals.At(BundleRefusals.EntryDoubled, i);
                }
            }
        }

        return null;
    }
}
