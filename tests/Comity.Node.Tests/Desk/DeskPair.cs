// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Requests;

namespace Comity.Node.Tests.Desk;

/// <summary>Two nodes with the samples' law beside them, for tests that share them and leave each other's dossiers alone.</summary>
public sealed class DeskPair : IAsyncLifetime
{
    internal Pair Pair { get; private set; } = null!;

    internal TestNode A => Pair.A;

    internal TestNode B => Pair.B;

    public async ValueTask InitializeAsync()
    {
        Pair = await MakeAsync();
        await A.StartAsync();
        await B.StartAsync();
    }

    public ValueTask DisposeAsync() => Pair.DisposeAsync();

    /// <summary>Two nodes, not yet started, with the profiles of both States beside each.</summary>
    internal static async Task<Pair> MakeAsync(bool isPostQuantum = false)
    {
        var pair = await Pair.MakeAsync(isPostQuantum: isPostQuantum);
        foreach (var node in new[] { pair.A, pair.B })
        {
            var profiles = Directory.CreateDirectory(Path.Combine(node.Data, "profiles")).FullName;
            foreach (var file in Directory.GetFiles(Samples.Path("profiles")))
            {
                File.Copy(file, Path.Combine(profiles, Path.GetFileName(file)));
            }
        }

        return pair;
    }

    /// <summary>A preservation that XA asked for and XB has received.</summary>
    internal async Task<(DossierId Dossier, ActId Request)> AskedAsync(Request? request = null)
    {
        var dossier = Pair.NewDossier();
        var act = await A.IssueAsync(Pair.ByA(dossier, request ?? Pair.Request(Measure.Preservation)));
        await Pair.UntilAsync(
            async () => (await B.DossierAsync(dossier))?.Dossier.Find(act) is not null,
            "the request arrives"
        );
        return (dossier, act);
    }
}

/// <summary>The repository's samples.</summary>
internal static class Samples
{
    public static string Path(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Comity.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("not run from a checkout");
        }

        return System.IO.Path.Combine(folder.FullName, "samples", name);
    }

    /// <summary>A request file's text.</summary>
    public static string Text(string name) => File.ReadAllText(Path(name));
}
