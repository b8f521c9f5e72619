// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Dossiers;
using Comity.Evidence;
using Comity.Instruments;

namespace Comity.Node.Desk.Words;

/// <summary>What the desk calls things. In one place, so that another language is another place.</summary>
internal static class Said
{
    public static string Of(Measure measure) =>
        measure switch
        {
            Measure.Preservation => "Preservation of stored data",
            Measure.StoredData => "Search, seizure and disclosure of stored data",
            _ => Names.Of(measure),
        };

    public static string Of(Stage stage) =>
        stage switch
        {
            Stage.Received => "Received",
            Stage.InHand => "In hand",
            Stage.Asked => "Question asked",
            Stage.GrantedOnConditions => "Granted on conditions",
            Stage.Granted => "Granted",
            Stage.Preserved => "Preserved",
            Stage.Postponed => "Postponed",
            Stage.Supplying => "Evidence arriving",
            Stage.Supplied => "Evidence supplied",
            Stage.Refused => "Refused",
            Stage.Withdrawn => "Withdrawn",
            Stage.Closed => "Closed",
            _ => Names.Of(stage),
        };

    public static string ToneOf(Stage stage) =>
        stage switch
        {
            Stage.Granted or Stage.Preserved or Stage.Supplied or Stage.Supplying => "good",
            Stage.Asked or Stage.GrantedOnConditions => "warn",
            Stage.Refused => "bad",
            Stage.Withdrawn or Stage.Closed => "plain",
            _ => "wait",
        };

    public static string Of(ClockKind clock) =>
        clock switch
        {
            ClockKind.PreservationEnds => "Preservation ends",
            ClockKind.HarmExpected => "Harm is expected",
            ClockKind.ReplyHoped => "A reply is hoped for",
            ClockKind.SupplyPromised => "Evidence was promised",
            ClockKind.PostponementEnds => "The postponement ends",
            ClockKind.SecrecyEnds => "Secrecy ends",
            ClockKind.RequestAnnounced => "The request for the data was announced",
            _ => Names.Of(clock),
        };

    public static string Of(ClockState state) =>
        state switch
        {
            ClockState.Running => "running",
            ClockState.Held => "held by the request that follows",
            ClockState.Passed => "passed",
            _ => Names.Of(state),
        };

    /// <summary>What an act of a kind does, said of the Party that did it: "XA asked for help".</summary>
    public static string DoneBy(string kind, string party) =>
        kind switch
        {
            "request" => $"{party} asked for help",
            "acknowledge" => $"{party} has the request in hand",
            "ask" => $"{party} asked a question",
            "supplement" => $"{party} answered or added to the request",
            "grant" => $"{party} granted the request",
            "accept" => $"{party} accepted the conditions",
            "refuse" => $"{party} refused",
            "postpone" => $"{party} postponed",
            "extend" => $"{party} on keeping the data longer",
            "supply" => $"{party} supplied evidence",
            "confirm" => $"{party} said in what state the evidence arrived",
            "withdraw" => $"{party} withdrew the request",
            "close" => $"{party} reported what came of it and closed",
            "transcribed" => $"{party} recorded what came another way",
            "approve" => $"An officer of {party} signed",
            "assess" => $"An officer of {party} assessed the request",
            "keep" => $"An officer of {party} put a note in the file",
            "custody" => $"{party} stated how far the chains of custody had got",
            "destroy" => $"{party} certified that evidence was destroyed",
            _ => $"{party}: an act this node does not understand ({kind})",
        };

    /// <summary>What an act of a kind is, as the heading of its form or draft.</summary>
    public static string Of(string kind) =>
        kind switch
        {
            "request" => "Request",
            "acknowledge" => "Acknowledgement",
            "ask" => "Question",
            "supplement" => "Answer or supplement",
            "grant" => "Grant",
            "accept" => "Acceptance of conditions",
            "refuse" => "Refusal",
            "postpone" => "Postponement",
            "extend" => "Longer preservation",
            "supply" => "Supply of evidence",
            "confirm" => "Confirmation of receipt of evidence",
            "withdraw" => "Withdrawal",
            "close" => "Closing report",
            "transcribed" => "Recorded act",
            "approve" => "Signature of an officer",
            "assess" => "Assessment",
            "keep" => "Note",
            "custody" => "State of custody",
            "destroy" => "Certificate of destruction",
            _ => kind,
        };

    public static string Of(CustodyEvent what) =>
        what switch
        {
            CustodyEvent.Collected => "Collected",
            CustodyEvent.Sealed => "Sealed",
            CustodyEvent.Sent => "Sent",
            CustodyEvent.Received => "Received",
            CustodyEvent.Opened => "Opened",
            CustodyEvent.Copied => "Read: the sealed file was given out",
            CustodyEvent.Returned => "Taken out again",
            CustodyEvent.Destroyed => "Destroyed",
            _ => Names.Of(what),
        };

    public static string Of(string exhibitState, long arrived, long size) =>
        exhibitState switch
        {
            "held" => "Held here, not yet supplied",
            "supplied" => "Supplied",
            "expected" when arrived == 0 => "Expected",
            "expected" => $"Arriving: {Bytes(arrived)} of {Bytes(size)}",
            "whole" => "Whole: every byte as announced",
            "differs" => "Differs from what was announced",
            "destroying" => "Certified as destroyed; its file is being deleted",
            "destroyed" => "Destroyed: a certificate stands in its place",
            "damaged" => "Damaged in this node's store: it is given to nobody",
            _ => exhibitState,
        };

    public static string ToneOfExhibit(string state) =>
        state switch
        {
            "whole" or "supplied" => "good",
            "differs" or "damaged" => "bad",
            _ => "wait",
        };

    public static string Bytes(long size)
    {
        string[] units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
        var value = (double)size;
        var unit = 0;
        while (value >= 1000 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{size:N0} bytes")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A citation as people read it.</summary>
    public static string Cite(Citation citation) => Convention.Print(citation);

    /// <summary>A paragraph of the Convention as people read it.</summary>
    public static string Cite(string provision) => Cite(Convention.Article(provision));

    /// <summary>A list of short words as a sentence has them.</summary>
    public static string And(IReadOnlyList<string> words) =>
        words.Count switch
        {
            0 => "",
            1 => words[0],
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };
}
