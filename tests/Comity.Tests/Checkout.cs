// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Tests;

/// <summary>Where the working copy is, and what tests may find in it or on the machine.</summary>
internal static class Checkout
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The folder of development-only npm packages; absent packages skip the tests that compare with them.</summary>
    public static string NpmVectors { get; } = Path.Combine(Root, "tests", "vectors-npm");

    /// <summary>A file of an npm package. Skips the test when <c>npm ci</c> has not been run.</summary>
    public static string NpmFile(string path)
    {
        var file = Path.Combine(NpmVectors, "node_modules", path);
        Assert.SkipUnless(File.Exists(file), "run: cd tests/vectors-npm && npm ci");
        return file;
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Comity.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside a checkout"));
}
