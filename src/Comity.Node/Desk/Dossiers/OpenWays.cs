// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Answers;
using Comity.Node.Desk.Words;
using Comity.Node.Officers;

namespace Comity.Node.Desk.Dossiers;

/// <summary>One thing an officer can do from a dossier's page.</summary>
/// <param name="Path">Where its form is.</param>
/// <param name="Text">What it is.</param>
/// <param name="Source">The paragraphs that open it.</param>
public sealed record OpenWay(string Path, string Text, string Source);

/// <summary>What can be done about a request now, each with the paragraph that opens it.</summary>
internal static class OpenWays
{
    /// <summary>The ways that are open to this Party.</summary>
    /// <remarks>One kind may be open by two paragraphs: one way to its form, both paragraphs beside it.</remarks>
    public static IReadOnlyList<OpenWay> Of(DossierView view, RequestView request, IReadOnlySet<Role> roles)
    {
        if (!Access.Of("GET", AnswerPages.Pattern).Admits(roles))
        {
            return [];
        }

        var ways = new List<OpenWay>();
        foreach (var openings in request.Open.GroupBy(o => o.Kind))
        {
            var kind = KindOf(openings.Key);
            ways.Add(
                new OpenWay(
                    $"/dossiers/{view.Id}/requests/{request.Id}/{kind}",
                    TextOf(kind, request.To.Party == view.Own),
                    Said.And([.. openings.Select(o => Said.Cite(o.Source)).Distinct()])
                )
            );
        }

        return ways;
    }

    /// <summary>The name of a kind of act by its body.</summary>
    public static string KindOf(Type body) => ActKind.All.First(k => k.Body == body).Name;

    private static string TextOf(string kind, bool isAsked) =>
        kind switch
        {
            "acknowledge" => "Say that it is in hand",
            "ask" => "Ask a question",
            "supplement" => "Answer, or add to the request",
            "grant" => "Grant it",
            "accept" => "Accept the conditions",
            "refuse" => "Refuse it",
            "postpone" => "Postpone it",
            "extend" => isAsked ? "Keep the data longer" : "Ask to keep the data longer",
            "supply" => "Supply evidence",
            "confirm" => "Say in what state the evidence arrived",
            "withdraw" => "Withdraw it",
            "close" => "Report what came of it, and close",
            _ => Said.Of(kind),
        };
}
