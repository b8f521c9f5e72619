// SPDX-License-Identifier: EUPL-1.2
using DbUp.Engine;

namespace Comity.Node.Storage;

/// <summary>The scripts that make the schema, in the order of their names. One that has run is never changed.</summary>
internal static class SchemaScripts
{
    /// <summary>The scripts of a dialect.</summary>
    /// <param name="dialect"><c>sqlite</c> or <c>postgres</c>.</param>
    public static IReadOnlyList<SqlScript> Of(string dialect)
    {
        var assembly = typeof(SchemaScripts).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.Contains($".Storage.Scripts.{dialect}.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => SqlScript.FromStream(n, assembly.GetManifestResourceStream(n)!)),
        ];
    }

    /// <summary>Throws, naming the script, when an upgrade did not go through.</summary>
    public static void MustHaveRun(DatabaseUpgradeResult result)
    {
        if (!result.Successful)
        {
            throw new InvalidOperationException(
                $"the database could not be brought up to date ({result.ErrorScript?.Name})",
                result.Error
            );
        }
    }
}
