// SPDX-License-Identifier: EUPL-1.2
using Comity.Instruments;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>The grounds on which each measure may be refused, and those on which none may.</summary>
public static class Grounds
{
    private static PermittedGround Interests =>
        new(
            "40(21)(b)",
            "execution would harm sovereignty, security, public order or other essential interests",
            AsksForLaw: false,
            AsksForConsultation: true
        );

    private static PermittedGround Barred =>
        new(
            "40(21)(c)",
            "the law at home would bar the same step in a like case",
            AsksForLaw: true,
            AsksForConsultation: true
        );

    private static PermittedGround Persecution =>
        new(
            "40(22)",
            "substantial grounds to believe that someone is pursued for who they are or what they think",
            AsksForLaw: false,
            AsksForConsultation: false
        );

    private static IReadOnlyList<PermittedGround> Preservation =>
        [
            Interests,
            Barred,
            Persecution,
            new(
                "42(5)",
                "by reservation: dual criminality could not be met at disclosure",
                AsksForLaw: false,
                AsksForConsultation: false
            ),
        ];

    private static IReadOnlyList<PermittedGround> StoredData =>
        [
            new(
                "40(8)",
                "no dual criminality, a trifle, or help open under another provision",
                AsksForLaw: false,
                AsksForConsultation: false
            ),
            new(
                "40(21)(a)",
                "the request does not conform to the article",
                AsksForLaw: false,
                AsksForConsultation: true
            ),
            Interests,
            Barred,
            new(
                "40(21)(d)",
                "it would be contrary to the law on legal assistance",
                AsksForLaw: true,
                AsksForConsultation: true
            ),
            Persecution,
            new(
                "36(1)(a)",
                "the law on personal data that binds does not let them be transferred",
                AsksForLaw: true,
                AsksForConsultation: false
            ),
        ];

    /// <summary>The closed list for a measure.</summary>
    /// <param name="measure">The measure.</param>
    public static IReadOnlyList<PermittedGround> For(Measure measure) =>
        measure switch
        {
            Measure.Preservation => Preservation,
            Measure.StoredData => StoredData,
            _ => [],
        };

    /// <summary>Why a ground is one that the Convention forbids for a measure; nothing when it does not.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="provision">The ground as it is coded in a refusal.</param>
    internal static string? Forbids(Measure measure, string provision) =>
        (provision, measure) switch
        {
            ("40(23)", _) => "That the offence also involves fiscal matters is no ground of refusal.",
            ("40(24)", _) => "Bank secrecy is no ground of refusal.",
            ("42(4)" or "40(8)" or "35(3)", Measure.Preservation) =>
                "A lack of dual criminality is no ground to refuse preservation.",
            _ => null,
        };
}

/// <summary>A ground on which a measure may be refused.</summary>
/// <param name="Provision">Its paragraph: what a refusal names.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="AsksForLaw">Whether it rests on a law at home, which the refusal then names.</param>
/// <param name="AsksForConsultation">Whether the requesting Party is consulted first (art. 40(28)).</param>
public sealed record PermittedGround(string Provision, string What, bool AsksForLaw, bool AsksForConsultation);
