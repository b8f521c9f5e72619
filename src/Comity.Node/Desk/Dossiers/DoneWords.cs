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

    /// <summary>An exhibit was put in.</summary>
    public const string PutIn = "put-in";

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
            PutIn => "The file is sealed and whole in this node's store. It is not supplied yet.",
            Assessed => "The assessment is recorded in the file.",
            _ => null,
        };
}
