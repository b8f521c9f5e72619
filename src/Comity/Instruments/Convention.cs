// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Instruments;

/// <summary>The United Nations Convention against Cybercrime (A/RES/79/243), as the rules cite it.</summary>
public static class Convention
{
    /// <summary>Its short form in citations.</summary>
    public const string ShortForm = "UNCC";

    /// <summary>Its name in a request's legal basis.</summary>
    public const string Slug = "un-cybercrime";

    /// <summary>Cites a paragraph.</summary>
    /// <param name="provision">Article, paragraph and letter, for example <c>40(21)(b)</c>.</param>
    public static Citation Article(string provision) => new(ShortForm, provision);
}
