// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;
using Comity.Register;

namespace Comity.Files.Bundles;

/// <summary>What the report calls things.</summary>
internal static class ReportWords
{
    /// <summary>What an act is, to somebody who has never seen one.</summary>
    public static string Of(Act act) =>
        act.Kind switch
        {
            "request" => "Request",
            "acknowledge" => "Acknowledgement",
            "ask" => "Question",
            "supplement" => "Answer or addition",
            "grant" => "Grant",
            "accept" => "Conditions accepted",
            "refuse" => "Refusal",
            "postpone" => "Postponement",
            "extend" => "Extension",
            "supply" => "Evidence supplied",
            "confirm" => "Evidence confirmed",
            "withdraw" => "Withdrawal",
            "close" => "Closing report",
            "transcribed" => "Transcription",
            _ => $"\u201C{act.Kind}\u201D, which this program does not understand",
        };

    public static string Of(Measure measure) =>
        measure switch
        {
            Measure.Preservation => "Preservation of stored data",
            Measure.StoredData => "Search, seizure and disclosure of stored data",
            _ => Of(Names.Of(measure)),
        };

    public static string Of(Stage stage) => Of(Names.Of(stage));

    public static string Of(ExhibitVerdict verdict) =>
        verdict switch
        {
            ExhibitVerdict.Whole => "arrived whole",
            ExhibitVerdict.Opened => "arrived whole and was opened",
            ExhibitVerdict.Differs => "differs from what was announced",
            ExhibitVerdict.CannotOpen => "cannot be opened",
            _ => Of(Names.Of(verdict)),
        };

    public static string Of(LeafEntry recorded) =>
        recorded switch
        {
            LeafEntry.Issued => "issued",
            LeafEntry.Admitted => "taken in",
            LeafEntry.NotAdmitted not => $"not admitted ({not.Code})",
            _ => throw new InvalidOperationException("an entry is issued, admitted or not admitted"),
        };

    /// <summary>A member's name in words: <c>permittedProceeding</c> as "Permitted proceeding".</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var c in name.Replace('-', ' '))
        {
            words.Append(
                words.Length == 0 ? char.ToUpperInvariant(c).ToString()
                : char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}"
                : c.ToString()
            );
        }

        return words.ToString();
    }
}
