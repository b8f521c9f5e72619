// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;

namespace Comity.Tests.Safeguards;

public sealed class ExpressionTermsTests
{
    [Theory]
    [InlineData(ElementKind.Act, "publish")]
    [InlineData(ElementKind.Act, "criticise")]
    [InlineData(ElementKind.Act, "insult-authority")]
    [InlineData(ElementKind.Act, "call-to-assemble")]
    [InlineData(ElementKind.Object, "person-of-authority")]
    [InlineData(ElementKind.Object, "belief")]
    [InlineData(ElementKind.Intent, "to-inform-public")]
    [InlineData(ElementKind.Harm, "reputation-harmed")]
    public void Conduct_that_is_expression_raises_a_flag_whatever_was_answered(ElementKind element, string concept)
    {
        var given = Given.Case.With(r =>
            r with
            {
                Conduct = [.. r.Conduct, new ConductElement(element, concept, "Did it", [1])],
            }
        );
        Assert.Equal(NeedsReview, given.Verdict("sg-3"));
        Assert.Equal(NeedsReview, given.Unanswered().Verdict("sg-3"));
    }

    [Theory]
    [InlineData("en", "He insulted the ruler")]
    [InlineData("fr", "Il a diffamé le chef de l’État")]
    [InlineData("es", "Difamó al jefe de Estado")]
    [InlineData("ru", "Он оскорбил? Оскорбление главы государства")]
    [InlineData("zh", "他侮辱了国家元首")]
    [InlineData("ar", "قام بإهانة رئيس الدولة")]
    public void Words_of_six_languages_raise_a_flag(string language, string text)
    {
        var finding = Given.Case.With(r => r with { Facts = [.. r.Facts, new Fact(3, text)] }).Finding("sg-3");
        Assert.Equal(NeedsReview, finding.Verdict);
        Assert.Contains(
            finding.Reasons,
            r => r.StartsWith($"A word of the list occurs ({language})", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("INSULT")]
    [InlineData("ｉｎｓｕｌｔ")]
    [InlineData("in\u00ADsult")]
    [InlineData("in\u200Bsult")]
    [InlineData("ínsült")]
    [InlineData("fake\n\nnews")]
    [InlineData("fake-news")]
    [InlineData("xxinsultxx")]
    [InlineData("侮 辱")]
    [InlineData("تشـــهير")]
    [InlineData("تَشْهِير")]
    [InlineData("ОСКОРБЛЕНИЕ")]
    [InlineData("ﬁn de la sedición")]
    public void A_spelling_does_not_hide_a_word(string text) => Assert.NotEmpty(ExpressionTerms.In(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("The servers of the hospital were encrypted and a ransom was demanded")]
    [InlineData("\uD800")]
    public void Words_of_an_ordinary_case_raise_nothing(string text) => Assert.Empty(ExpressionTerms.In(text));
}
