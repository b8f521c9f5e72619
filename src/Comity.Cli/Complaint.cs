// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;

namespace Comity.Cli;

/// <summary>A refusal, and the file or argument it is about.</summary>
/// <param name="Why">The refusal.</param>
/// <param name="Subject">A file name, an argument or a sentence. Never content, never a secret.</param>
internal sealed record Complaint(Refusal Why, string Subject)
{
    /// <summary>Arguments that cannot be meant.</summary>
    public static Complaint Arguments(string sentence) =>
        new(new Refusal(CliRefusals.Arguments, CliRefusals.Source), sentence);
}

/// <summary>Lets a command read from top to bottom, leaving at the first refusal.</summary>
internal static class OutcomeReading
{
    /// <summary>Whether there is a value; if not, there is a complaint about the subject.</summary>
    public static bool Has<T>(
        this Outcome<T> outcome,
        string subject,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out Complaint? complaint
    )
        where T : notnull
    {
        var refusal = (outcome as Outcome<T>.Refused)?.Why;
        complaint = refusal is null ? null : new Complaint(refusal, subject);
        value = outcome is Outcome<T>.Admitted admitted ? admitted.Value : default;
        return complaint is null;
    }
}
