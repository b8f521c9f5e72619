// SPDX-License-Identifier: EUPL-1.2
using System.Buffers;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>Words that make the expression screen look, in the six languages of the United Nations.</summary>
/// <remarks>
/// A word here can only raise the question, never answer it: that none occurs shows nothing. Stems are compared after
/// <see cref="PlainText"/>, anywhere in a text, so a listed word is found in its inflections, and now and then in a word that
/// has nothing to do with it.
/// </remarks>
internal static class ExpressionTerms
{
    public static IReadOnlyList<(string Language, IReadOnlyList<string> Stems)> All { get; } =
    [
        (
            "en",
            Stems(
                "insult, defam, slander, libel, blasphem, heresy, apostasy, criticis, criticiz, critic of, "
                    + "dissident, opposition, head of state, majesty, the ruler, the monarch, the president, "
                    + "the king, the sovereign, royal family, dignity of, honour of, honor of, false news, "
                    + "fake news, false information, rumour, rumor, seditio, extremis, propaganda, incite, "
                    + "protest, journalis, newspaper, blogger, activis, human rights defender, satir, caricatur, "
                    + "public morals, indecen, homosexual, lgbt, religious feeling, social media post, posted on, "
                    + "published an article"
            )
        ),
        (
            "fr",
            Stems(
                "insulte, outrage, injure publique, propos injurieux, diffam, blasphem, calomni, "
                    + "chef de l'état, le président, le souverain, le roi, fausses nouvelles, fausse nouvelle, "
                    + "fausses informations, critique du, critique de la, critique le, critique les, opposant, "
                    + "dissident, manifestant, manifestation, journalis, militant, caricatur, satir, "
                    + "atteinte à l'honneur, atteinte à la dignité, trouble à l'ordre, sédition, extrémis, "
                    + "propagande, bonnes mœurs, bonnes moeurs, a publié"
            )
        ),
        (
            "es",
            Stems(
                "insult, injuria, calumni, difam, blasfem, desacato, jefe de estado, el presidente, el rey, "
                    + "la corona, noticias falsas, noticia falsa, información falsa, crítica a, críticas a, "
                    + "criticar, criticó, disidente, opositor, protesta, manifestante, periodis, activis, "
                    + "caricatur, sátira, honor de, dignidad de, sedición, extremis, propaganda, "
                    + "buenas costumbres, publicó"
            )
        ),
        (
            "ru",
            Stems(
                "оскорбл, клевет, порочащ, дискредит, глава государства, главы государства, "
                    + "главу государства, президент, монарх, чувства верующих, чувств верующих, богохуль, "
                    + "ложные сведения, ложных сведений, ложную информацию, ложной информации, фейк, критик, "
                    + "оппозиц, инакомысл, митинг, протест, журналист, блогер, активист, карикатур, сатир, "
                    + "экстремис, пропаганд, честь и достоинство, чести и достоинства, возбуждение ненависти, "
                    + "публикаци, опубликов"
            )
        ),
        (
            "zh",
            Stems(
                "侮辱, 诽谤, 誹謗, 诋毁, 詆毀, 辱骂, 辱罵, 批评, 批評, 国家元首, "
                    + "國家元首, 主席, 总统, 總統, 国王, 國王, 领导人, 領導人, 谣言, 謠言, "
                    + "虚假信息, 虛假信息, 煽动, 煽動, 颠覆, 顛覆, 抗议, 抗議, 示威, 记者, "
                    + "記者, 异见, 異見, 异议, 異議, 活动人士, 活動人士, 讽刺, 諷刺, 寻衅滋事, "
                    + "尋釁滋事, 极端主义, 極端主義, 名誉, 名譽, 亵渎, 褻瀆, 发帖, 發帖, 网帖, "
                    + "言论, 言論"
            )
        ),
        (
            "ar",
            Stems(
                "إهانة, أهان, الإساءة إلى, أساء إلى, تشهير, ازدراء, التجديف, تجديف, رئيس الدولة, "
                    + "رئيس الجمهورية, الملك, ولي الأمر, الحاكم, الذات, أخبار كاذبة, أخبارا كاذبة, معلومات كاذبة, "
                    + "شائعات, إشاعات, انتقاد, انتقد, معارض, احتجاج, مظاهر, تظاهر, صحفي, صحافي, مدون, ناشط, "
                    + "كاريكاتير, سخرية, هيبة الدولة, تحريض, تطرف, دعاية, النظام العام, الآداب العامة, كرامة, "
                    + "منشور, تغريدة"
            )
        ),
    ];

    private static readonly IReadOnlyList<(string Language, string Stem, string Plain)> Plain =
    [
        .. from language in All from stem in language.Stems select (language.Language, stem, PlainText.Of(stem)),
    ];

    // Most texts hold none of them, and one pass says so.
    private static readonly SearchValues<string> Any = SearchValues.Create(
        [.. Plain.Select(t => t.Plain)],
        StringComparison.Ordinal
    );

    /// <summary>The stems of the list that occur in a text, each with its language.</summary>
    public static IEnumerable<(string Language, string Stem)> In(string text)
    {
        var plain = PlainText.Of(text);
        // Chinese is written without spaces, so spaces put between its characters hide nothing.
        var packed = plain.Replace(" ", "", StringComparison.Ordinal);
        return plain.AsSpan().ContainsAny(Any) || packed.AsSpan().ContainsAny(Any)
            ? Plain
                .Where(t => (t.Language == "zh" ? packed : plain).Contains(t.Plain, StringComparison.Ordinal))
                .Select(t => (t.Language, t.Stem))
            : [];
    }

    private static IReadOnlyList<string> Stems(string list) => list.Split(", ");
}
