// SPDX-License-Identifier: EUPL-1.2
using static Comity.Instruments.Confidence;

namespace Comity.Instruments;

/// <summary>The paragraphs of the Convention that our rules cite. A rule that cites another fails the tests.</summary>
/// <remarks>
/// Articles 1 to 15 were read in one authentic language (Arabic, in a third party's copy). Of the later articles no official
/// text was at hand: some of their substance was read in sources on the Convention, their numbers were not. Until someone
/// confirms a number against A/RES/79/243 it prints as unconfirmed. <c>docs/safeguards.md</c> says what follows from that.
/// </remarks>
public static class CitedParagraphs
{
    private const string Letter = "The ground was read in a source; its letter was not.";

    /// <summary>Every paragraph, in the order of the Convention.</summary>
    public static IReadOnlyList<Paragraph> All { get; } =
    [
        new("2(c)", "Traffic data: data about a communication, not its substance.", Sourced),
        new("2(d)", "Content data: the substance of what is transferred.", Sourced),
        new("2(f)", "Subscriber information: what a provider holds on its subscribers.", Sourced),
        new(
            "2(h)",
            "Serious crime: an offence with a maximum of at least four years' deprivation of liberty.",
            Sourced,
            "It does not say whose law sets the penalty; a Party's profile does."
        ),
        new("2(o)", "Emergency: a significant and imminent risk to a person's life or safety.", Sourced),
        new("3(b)", "The Convention covers sharing electronic evidence as far as arts 23 and 35 say.", Sourced),
        new("4(2)", "Offences of other conventions do not become offences of this one by art. 4.", Sourced),
        new(
            "6(2)",
            "Nothing in it permits suppressing human rights, expression, conscience, belief, assembly and association among them.",
            Sourced,
            "That a State may decline help on it is an inference, not its text."
        ),
        new(
            "23(1)",
            "Powers are for specific criminal investigations or proceedings.",
            Recalled,
            "The substance was read in a source; its number was not."
        ),
        new("24(1)", "Powers stand under conditions that protect human rights, proportionality included.", Recalled),
        new(
            "24(2)",
            "Those are, as fits: independent review, remedy, grounds, limits of scope and duration.",
            Recalled
        ),
        new("35(1)(a)", "Cooperation on Convention offences, in every form.", Recalled),
        new("35(1)(b)", "Sharing electronic evidence of Convention offences.", Recalled),
        new(
            "35(1)(c)",
            "Sharing electronic evidence of any serious crime, those of other United Nations treaties included.",
            Recalled,
            "Scope and four years were read in a source; the letter and the words on other treaties were not."
        ),
        new("35(3)", "Dual criminality looks at the conduct; what either State calls it does not count.", Recalled),
        new("36(1)(a)", "Personal data need not be transferred against the data protection law that binds.", Recalled),
        new("36(1)(b)", "Conditions may be sought that make a transfer lawful.", Recalled),
        new("40(7)", "Paras 8 to 31 govern where no treaty on legal assistance binds the two States.", Recalled),
        new(
            "40(8)",
            "Help may be declined where dual criminality is lacking, given all the same, or declined for trifles.",
            Recalled
        ),
        new(
            "40(13)",
            "Requests are in writing, in an accepted language, so that authenticity can be checked.",
            Recalled
        ),
        new("40(14)", "Electronic transmission is encouraged, with authenticity that can be verified.", Recalled),
        new("40(15)(a)", "A request names the authority that makes it.", Recalled),
        new("40(15)(b)", "It says what the proceeding is, its nature, and who conducts it.", Recalled),
        new("40(15)(c)", "It sums up the relevant facts.", Recalled),
        new("40(15)(d)", "It describes the assistance and any procedure wished for.", Recalled),
        new("40(15)(e)", "It identifies persons, items and accounts, where possible.", Recalled),
        new("40(15)(f)", "It states the period for which evidence is sought, where that applies.", Recalled),
        new("40(15)(g)", "It states the purpose.", Recalled),
        new("40(16)", "The requested State may ask for what it needs to execute.", Recalled),
        new(
            "40(17)",
            "Execution follows the requested State's law, and the procedure asked for where it can.",
            Recalled
        ),
        new(
            "40(19)",
            "Evidence is used in the proceeding named, elsewhere only by prior consent.",
            Recalled,
            "The substance was read in a source; its number was not."
        ),
        new("40(20)", "The fact and the substance of a request are kept confidential where asked.", Recalled),
        new("40(21)(a)", "Refusal where a request does not conform to the article.", Recalled),
        new("40(21)(b)", "Refusal for sovereignty, security, public order or essential interests.", Recalled, Letter),
        new("40(21)(c)", "Refusal where the same step would be barred in a like domestic case.", Recalled),
        new("40(21)(d)", "Refusal where it would be contrary to the law on legal assistance.", Recalled),
        new(
            "40(22)",
            "No obligation where there are substantial grounds to believe in persecution on one of seven grounds.",
            Recalled,
            "The ground and its list were read in a source; its number was not."
        ),
        new("40(23)", "That an offence also involves fiscal matters is no ground of refusal by itself.", Recalled),
        new("40(24)", "Bank secrecy is no ground of refusal.", Recalled),
        new("40(25)", "Reasons are given for any refusal.", Recalled),
        new("40(26)", "Requests are executed as soon as possible, and questions on progress answered.", Recalled),
        new("40(27)", "Execution may be postponed where it would get in the way of one's own case.", Recalled),
        new(
            "40(28)",
            "Before refusing under para. 21 or postponing, the States consult on terms and conditions.",
            Recalled,
            "By its terms it does not cover refusals under paras 8 and 22."
        ),
        new("41(3)(e)", "The point of contact helps with data to avert an emergency.", Recalled),
        new("41(4)", "Points of contact communicate on an expedited basis.", Recalled),
        new("42(1)", "A State may ask another to preserve data that it means to ask for.", Recalled),
        new("42(3)(a)", "A request for preservation names the authority.", Recalled),
        new("42(3)(b)", "It states the offence and sums up the facts.", Recalled),
        new("42(3)(c)", "It states the data and how they relate to the offence.", Recalled),
        new("42(3)(d)", "It says what is known of the custodian or of where the system is.", Recalled),
        new("42(3)(e)", "It says why preservation is necessary.", Recalled),
        new("42(3)(f)", "It states the intention to ask for the data.", Recalled),
        new("42(3)(g)", "It states, where fitting, the need for confidence and for not telling the user.", Recalled),
        new("42(4)", "Data are preserved quickly, and dual criminality is no condition for it.", Recalled),
        new(
            "42(5)",
            "By reservation only: refusal where dual criminality could not be met at disclosure, and never for a Convention offence.",
            Recalled
        ),
        new(
            "42(6)",
            "Otherwise preservation may be refused only on art. 40(21)(b), 40(21)(c) and 40(22).",
            Recalled,
            "The cross-references are recalled: verify these first."
        ),
        new(
            "42(7)",
            "If preservation will not secure the data or would prejudice the case, the State says so.",
            Recalled
        ),
        new(
            "42(8)",
            "Data are preserved for at least sixty days, and then until the request for them is decided.",
            Recalled
        ),
        new("42(9)", "The requesting State may ask for longer before the time is over.", Recalled),
        new("44(1)", "A State may ask for stored electronic data, preserved data included.", Recalled),
        new("45", "Assistance in collecting traffic data in real time.", Recalled),
    ];
}
