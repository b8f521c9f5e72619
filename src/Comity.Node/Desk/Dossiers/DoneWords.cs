// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Desk.Dossiers;

/// <summary>What was just done, said once at the top of the page the browser was sent on to.</summary>
/// <remarks>The address names one of these words and nothing else, so that nobody can put a sentence of theirs here.</remarks>
internal static class DoneWords
{
    /// <summary>Signed by one officer; another must sign too.</summary>
    public const string Drafted = "drafted";

    /// <summary>Sealed and on its way.</summary>
    public const string Sealed = "sealed";

    /// <summary>Returned to its drafter.</summary>
    public const string Returned = "returned";

    /// <summary>Taken back by its drafter.</summary>
    public const string TakenBack = "taken-back";

    /// <summary>An approver has looked at it again and has nothing to object.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>An approver has looked at it again and objects.</summary>
    public const string Objected = "objected";

    /// <summary>An exhibit was put in.</summary>
    public const string PutIn = "put-in";

    /// <summary>An exhibit was taken out.</summary>
    public const string TakenOut = "taken-out";

    /// <summary>An assessment was recorded.</summary>
    public const string Assessed = "assessed";

    /// <summary>The sentence for a word, or nothing.</summary>
    public static string? Of(string word) =>
        word switch
        {
            Drafted => "Signed and kept. It is sent when another officer has approved it.",
            Sealed => "Sealed and on its way. The other side's receipt appears in the timeline.",
            Returned => "Returned to its drafter. Nothing was sent.",
            TakenBack => "Taken back. Nothing was sent.",
            Reviewed => "Your review is recorded in the file. Nothing was sent.",
            Objected =>
                "Your objection is recorded in the file, and an alarm shows it. What was sent stands until a further act changes it.",
            PutIn => "The file is sealed and whole in this node's store. It is not supplied yet.",
            TakenOut => "The file was taken out. It is no longer in this node's store, and it was never supplied.",
            Assessed => "The assessment is recorded in the file.",
            _ => null,
        };
}
