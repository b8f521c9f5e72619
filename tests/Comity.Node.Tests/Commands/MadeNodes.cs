// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Demo;

namespace Comity.Node.Tests.Commands;

/// <summary>Two States' nodes, made with the command as an operator makes them.</summary>
public sealed class MadeNodes : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-commands").FullName;

    /// <summary>What <c>init</c> said when it made XA.</summary>
    internal Ended Made { get; private set; } = null!;

    internal string A => PathOf("XA");

    internal string B => PathOf("XB");

    public async ValueTask InitializeAsync()
    {
        Made = await InitAsync("XA");
        Assert.Equal(0, Made.Exit);
        Assert.Equal(0, (await InitAsync("XB")).Exit);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Makes a node; what is given later wins over what is usual.</summary>
    internal Task<Ended> InitAsync(string party, params IReadOnlyList<(string Option, string Value)> otherwise)
    {
        var ports = FreePorts.Find(3);
        var options = new Dictionary<string, string>
        {
            ["--party"] = party,
            ["--name"] = $"State {party}",
            ["--authority"] = $"Central Authority of {party}",
            ["--data"] = PathOf(party),
            ["--offline"] = PathOf($"offline-{party}"),
            ["--exchange"] = $"https://127.0.0.1:{ports[0]}",
            ["--desk"] = $"http://127.0.0.1:{ports[1]}",
            ["--public"] = $"http://127.0.0.1:{ports[2]}",
        };
        foreach (var (option, value) in otherwise)
        {
            options[option] = value;
        }

        string[] officers = ["--officer", "dana:drafter,assessor:Dana Draft", "--officer", "ari:approver:Ari Approve"];
        return NodeProgram.RunAsync(
            [],
            [
                "init",
                .. options.SelectMany(o => new[] { o.Key, o.Value }),
                .. otherwise.Any(o => o.Option == "--officer") ? [] : officers,
            ]
        );
    }

    /// <summary>The phrase that was shown for an officer of XA.</summary>
    internal string PhraseOf(string officer)
    {
        var line = Made
            .Output.Split('\n')
            .Single(l => l.StartsWith($"signing phrase of {officer}", StringComparison.Ordinal));
        return line.Split(": ")[1].Trim();
    }

    /// <summary>The fingerprint XB's operator reads out.</summary>
    internal string FingerprintOfB()
    {
        var entry = Comity.Parties.SignedEntry.Parse(File.ReadAllBytes(Path.Combine(B, "entry.p7m"))).Admitted();
        return entry.Root.ToString();
    }

    /// <summary>Confirms XB at XA.</summary>
    internal Task<Ended> TrustAsync(
        string? root = null,
        string? phrase = null,
        params IReadOnlyList<string> officers
    ) =>
        NodeProgram.RunAsync(
            [("COMITY_PHRASE_DANA", phrase ?? PhraseOf("dana")), ("COMITY_PHRASE_ARI", PhraseOf("ari"))],
            [
                "trust",
                Path.Combine(B, "entry.p7m"),
                "--root",
                root ?? FingerprintOfB(),
                .. (officers.Count > 0 ? officers : ["dana", "ari"]).SelectMany(o => new[] { "--officer", o }),
                "--data",
                A,
            ]
        );
}
