// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Globalization;

namespace Comity.Bench;

/// <summary>What a run took.</summary>
/// <param name="Wall">From before the first program starts until after the last has ended.</param>
/// <param name="Processor">Processor time of all of them, which tells on a machine that is busy with other things.</param>
internal sealed record Took(TimeSpan Wall, TimeSpan Processor);

/// <summary>Runs real programs.</summary>
internal static class Shell
{
    /// <summary>The command line as <c>./publish</c> has built it for this machine; nothing when it has not.</summary>
    public static string? Published { get; } = Find();

    /// <summary>The built command line, Release like this program.</summary>
    public static string Comity { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Comity.Cli/release/comity"));

    /// <summary>Runs a script of bash, which must succeed.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="script">The script; any program in a pipe that fails fails the whole.</param>
    public static async Task<Took> TimeAsync(string folder, string script)
    {
        var watch = Stopwatch.StartNew();
        using var bash = Start(folder, script + "\nstatus=$?; times > times; exit $status");
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();
        var wall = watch.Elapsed;
        return bash.ExitCode == 0
            ? new Took(wall, OfChildren(Path.Combine(folder, "times")))
            : throw new InvalidOperationException($"exit code {bash.ExitCode}: {script}");
    }

    /// <summary>Starts a script of bash with a pipe for its standard input and perhaps another for its output.</summary>
    public static Process Start(string folder, string script, bool readOutput = false) =>
        Process.Start(
            new ProcessStartInfo("bash", ["-c", "set -o pipefail; " + script])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = readOutput,
            }
        ) ?? throw new InvalidOperationException("bash did not start");

    /// <summary>The second line of what bash's <c>times</c> prints: <c>0m1.234s 0m0.567s</c>, user and system.</summary>
    private static TimeSpan OfChildren(string file)
    {
        var parts = File.ReadAllLines(file)[1].Split(' ').Select(part => part.TrimEnd('s').Split('m'));
        return TimeSpan.FromSeconds(parts.Sum(p => (60 * Number(p[0])) + Number(p[1])));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string? Find()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish"));
        var name = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        var file = Path.Combine(
            folder,
            name.StartsWith("linux", StringComparison.Ordinal) ? name : "linux-x64",
            "comity"
        );
        return File.Exists(file) ? file : null;
    }
}
