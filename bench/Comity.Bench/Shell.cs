// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;

namespace Comity.Bench;

/// <summary>Runs real programs, and times them from before they start until after they have ended.</summary>
internal static class Shell
{
    /// <summary>The built command line, Release like this program.</summary>
    public static string Comity { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Comity.Cli/release/comity"));

    /// <summary>Runs a script of bash, which must succeed.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="script">The script; any program in a pipe that fails fails the whole.</param>
    public static async Task<TimeSpan> TimeAsync(string folder, string script)
    {
        var watch = Stopwatch.StartNew();
        using var bash = Start(folder, script);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();
        return bash.ExitCode == 0
            ? watch.Elapsed
            : throw new InvalidOperationException($"exit code {bash.ExitCode}: {script}");
    }

    /// <summary>Starts a script of bash with a pipe for its standard input and another for its output.</summary>
    public static Process Start(string folder, string script, bool readOutput = false) =>
        Process.Start(
            new ProcessStartInfo("bash", ["-c", "set -o pipefail; " + script])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = readOutput,
            }
        ) ?? throw new InvalidOperationException("bash did not start");
}
