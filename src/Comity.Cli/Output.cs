// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Comity.Cli;

/// <summary>How the process ends. Scripts rely on it.</summary>
internal static class Exit
{
    /// <summary>Done, and everything checked holds.</summary>
    public const int Ok = 0;

    /// <summary>The thing looked at does not hold: tampered with, cut off, for another key.</summary>
    public const int NotOk = 1;

    /// <summary>The question could not be put: bad arguments, no such file, a bad key, a full disk.</summary>
    public const int Unusable = 2;

    /// <summary>Stopped from outside, as shells write it.</summary>
    public const int Interrupted = 130;
}

/// <summary>
/// What all commands share. Standard output carries the result, or with <c>--json</c> one JSON object about it; standard
/// error carries one line <c>comity: ...</c> with the stable code, and perhaps a second, <c>hint: ...</c>.
/// </summary>
internal static class Output
{
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object about the result.",
        Recursive = true,
    };

    /// <summary>Parses and runs a command line.</summary>
    public static async Task<int> RunAsync(Command root, string[] args)
    {
        // Not a RootCommand, which calls itself by the name of the assembly in every usage line.
        root.Options.Add(Json);
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        // A file may be called "@evidence"; it is not a list of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Fail(parsed, Complaint.Arguments(parsed.Errors[0].Message.TrimEnd('.')));
        }

        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(parsed, new Complaint(new Refusal(CliRefusals.InputOutput, CliRefusals.Source), e.Message));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("comity: stopped").ConfigureAwait(false);
            return Exit.Interrupted;
        }
    }

    /// <summary>Whether <c>--json</c> was asked for.</summary>
    public static bool WantsJson(ParseResult parsed) => parsed.GetValue(Json);

    /// <summary>Ends a command that did what it was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="result">What <c>--json</c> prints; without it nothing is said.</param>
    /// <param name="type">How to write it.</param>
    public static int Succeed<T>(ParseResult parsed, T result, JsonTypeInfo<T> type)
    {
        if (WantsJson(parsed))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, type));
        }

        return Exit.Ok;
    }

    /// <summary>Ends a command that did not.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="complaint">Its code decides how the process ends.</param>
    public static int Fail(ParseResult parsed, Complaint complaint)
    {
        var (why, subject) = complaint;
        var (sentence, hint) = Words.For(why.Code);
        var told = string.Join(": ", new[] { subject, sentence }.Where(part => part.Length > 0));
        var place = why.Where.Length == 0 ? "" : $", {why.Where}";
        Console.Error.WriteLine(Shown.Line($"comity: {told} ({why.Code}{place})"));
        if (hint.Length > 0)
        {
            Console.Error.WriteLine($"hint: {hint}");
        }

        var isRefused = Words.SaysItDoesNotHold(why.Code);
        if (WantsJson(parsed))
        {
            var outcome = isRefused ? "refused" : "unusable";
            FailedResult result = new(outcome, why.Code, why.Source.ToString(), why.Where, subject);
            Console.Out.WriteLine(JsonSerializer.Serialize(result, OutputJson.Default.FailedResult));
        }

        return isRefused ? Exit.NotOk : Exit.Unusable;
    }
}

/// <summary>What <c>--json</c> prints when a command did not do what it was asked.</summary>
internal sealed record FailedResult(string Outcome, string Code, string Source, string Where, string Subject);

/// <summary>How results are written. Every command's result type stands here.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FailedResult))]
[JsonSerializable(typeof(SealResult))]
[JsonSerializable(typeof(ResealResult))]
[JsonSerializable(typeof(KeygenResult))]
[JsonSerializable(typeof(AssessResult))]
[JsonSerializable(typeof(DraftResult))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(InspectResult))]
[JsonSerializable(typeof(RegisterResult))]
[JsonSerializable(typeof(ComparisonResult))]
internal sealed partial class OutputJson : JsonSerializerContext;
