// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>The files under vectors/register, and short ways to read them.</summary>
internal static class Vectors
{
    /// <summary>The repository's root: the nearest folder above the tests that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "vectors", "register", name)));
        return document.RootElement.Clone();
    }

    /// <summary>
    /// Runs a check over every case and compares all verdicts at once, so that a failure names the case.
    /// </summary>
    public static void AllAsExpected(string file, string nameOf, Func<JsonElement, string> verdict)
    {
        var cases = Read(file).EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        Assert.Equal(
            cases.Select(c => $"{c.Text(nameOf)}: {c.Text("expect")}"),
            cases.Select(c => $"{c.Text(nameOf)}: {verdict(c)}")
        );
    }

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static byte[] Utf8(this JsonElement element, string member) => Encoding.UTF8.GetBytes(element.Text(member));

    public static long Number(this JsonElement element, string member) => element.GetProperty(member).GetInt64();

    public static TreeHash Hash(this JsonElement element, string member) => HashOf(element.Text(member));

    public static TreeHash[] Hashes(this JsonElement element, string member) =>
        [.. element.GetProperty(member).EnumerateArray().Select(hash => HashOf(hash.GetString()!))];

    private static TreeHash HashOf(string base64) =>
        TreeHash.TryParseBase64(base64, out var hash) ? hash : throw new FormatException(base64);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Comity.slnx")))
            folder = folder.Parent ?? throw new FileNotFoundException("Comity.slnx");
        return folder.FullName;
    }
}

/// <summary>Takes outcomes apart.</summary>
internal static class Answers
{
    /// <summary>The word that vectors use: <c>admitted</c>, or the refusal's code.</summary>
    public static string Verdict<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Refused refused ? refused.Why.Code : "admitted";

    /// <summary>The value, where a test is about something else than whether there is one.</summary>
    public static T Value<T>(this Outcome<T> outcome) => Assert.IsType<Outcome<T>.Admitted>(outcome).Value;

    public static Refusal Why<T>(this Outcome<T> outcome) => Assert.IsType<Outcome<T>.Refused>(outcome).Why;
}
