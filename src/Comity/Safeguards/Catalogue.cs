// SPDX-License-Identifier: EUPL-1.2
using Comity.Safeguards.UnCybercrime;

namespace Comity.Safeguards;

/// <summary>The safeguards there are: one list, in the order in which they are read.</summary>
public static class Catalogue
{
    /// <summary>Version of the rules and of the law they read, as an assessment records it.</summary>
    public const string Version = "un-cybercrime-rules@v1";

    /// <summary>Every safeguard. Adding one is adding a file and a line here.</summary>
    public static IReadOnlyList<Safeguard> All { get; } =
    [
        new AuthenticSender(),
        new RequiredContent(),
        new ScopeGate(),
        new DualCriminality(),
        new ExpressionScreen(),
        new Minimisation(),
        new DecisionRecord(),
    ];

    /// <summary>
    /// Those a draft of one's own is held to before it goes out: completeness and law. The screens for abuse are the other
    /// State's, and no draft is coached past them (design 17.4 and 17.11).
    /// </summary>
    public static IReadOnlyList<Safeguard> OfDrafts =>
        [.. All.Where(s => s is RequiredContent or ScopeGate or Minimisation)];

    /// <summary>The safeguard of that code, or nothing.</summary>
    /// <param name="id">For example <c>sg-2</c>.</param>
    public static Safeguard? Find(string id) => All.FirstOrDefault(s => s.Id == id);
}
