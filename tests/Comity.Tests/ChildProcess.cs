// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Text;

namespace Comity.Tests;

/// <summary>Runs a program to its end: our own, or another that ours must agree with.</summary>
internal static class ChildProcess
{
    /// <summary>The built command line, from the same configuration as these tests.</summary>
    public static string Comity { get; } = BuiltCommand();

    /// <summary>Runs a program.</summary>
    /// <param name="program">A path, or a name on the path of the machine.</param>
    /// <param name="arguments">As they are; no shell is involved.</param>
    /// <param name="input">Standard input, which is always a pipe.</param>
    public static async Task<Finished> RunAsync(string program, string[] arguments, byte[]? input = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        using MemoryStream output = new();
        var token = TestContext.Current.CancellationToken;
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, token);
        var complaining = process.StandardError.ReadToEndAsync(token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input to the end, as it may.
        }

        await reading;
        var error = await complaining;
        await process.WaitForExitAsync(token);
        return new Finished(process.ExitCode, output.ToArray(), error);
    }

    /// <summary>Finds a program of the machine. Skips the test when there is none.</summary>
    public static string Find(string program)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var found = folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not installed");
        return found!;
    }

    private static string BuiltCommand()
    {
        // artifacts/bin/Comity.Tests/debug/ has the command's artifacts/bin/Comity.Cli/debug/ for a neighbour.
        DirectoryInfo here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return Path.Combine(here.Parent!.Parent!.FullName, "Comity.Cli", here.Name, "comity" + extension);
    }
}

/// <summary>How a program ended.</summary>
internal sealed record Finished(int Exit, byte[] Output, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>All of it, for comparing.</summary>
    public (int Exit, string Output, string Error) Shown => (Exit, Text, Error);
}
