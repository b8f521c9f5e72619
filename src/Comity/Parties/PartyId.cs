// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Comity.Parties;

/// <summary>A State or regional organisation that can be a Party, by its ISO 3166-1 alpha-2 code.</summary>
/// <remarks>
/// Officially assigned codes, the exceptionally reserved <c>EU</c> for the one organisation that has signed as such (art.
/// 2(n)), and <c>XA</c> to <c>XZ</c>, which ISO leaves to users and which stand for States that do not exist. A code says
/// who speaks; it says nothing about statehood or recognition, and no rule decides anything from it.
/// </remarks>
[JsonConverter(typeof(TextConverter<PartyId>))]
public sealed record PartyId : IText<PartyId>
{
    private const string Assigned =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
        + "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ FK FM "
        + "FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
        + "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN "
        + "MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT "
        + "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
        + "TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    private static readonly HashSet<string> Codes =
    [
        .. Assigned.Split(' '),
        .. Enumerable.Range('A', 26).Select(c => $"X{(char)c}"),
    ];

    private readonly string code;

    private PartyId(string code) => this.code = code;

    /// <inheritdoc/>
    public static string Pattern => "^[A-Z]{2}$";

    /// <summary>Whether the code is one that ISO leaves to users: a State that does not exist.</summary>
    public bool IsFictional => code[0] == 'X';

    /// <summary>Reads a code that is known to be one.</summary>
    /// <param name="code">Two capital letters. Anything unassigned throws, as it is a mistake in the program.</param>
    public static PartyId Of(string code) =>
        TryParse(code, out var id) ? id : throw new ArgumentException("not a Party's code", nameof(code));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out PartyId value)
    {
        value = text is not null && Codes.Contains(text) ? new PartyId(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => code;
}
