// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Instruments;
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards;
using Comity.Safeguards.UnCybercrime;
using static Comity.Safeguards.Verdict;
using static Comity.Tests.Safeguards.Given;

namespace Comity.Tests.Safeguards;

public sealed class RefusalTests
{
    private static readonly ActId Consultation = Some.Id("consultation");

    [Fact]
    public void The_grounds_of_each_measure_are_a_closed_list()
    {
        Assert.Equal(
            [("40(21)(b)", false, true), ("40(21)(c)", true, true), ("40(22)", false, false), ("42(5)", false, false)],
            Grounds.For(Measure.Preservation).Select(g => (g.Provision, g.AsksForLaw, g.AsksForConsultation))
        );
        Assert.Equal(
            [
                ("40(8)", false, false),
                ("40(21)(a)", false, true),
                ("40(21)(b)", false, true),
                ("40(21)(c)", true, true),
                ("40(21)(d)", true, true),
                ("40(22)", false, false),
                ("36(1)(a)", true, false),
            ],
            Grounds.For(Measure.StoredData).Select(g => (g.Provision, g.AsksForLaw, g.AsksForConsultation))
        );
        Assert.Empty(Grounds.For((Measure)99));
    }

    [Fact]
    public void A_refusal_of_stored_data_rests_on_a_ground_of_its_list() =>
        Verdicts(
            "sg-13",
            [
                .. Grounds.For(Measure.StoredData).Select(g => (Met, g.Provision, Refusing(Given.Case, g.Provision))),
                (NotMet, "fiscal", Refusing(Given.Case, "40(23)")),
                (NotMet, "bank secrecy", Refusing(Given.Case, "40(24)")),
                (NotMet, "another paragraph", Refusing(Given.Case, "40(26)")),
                (NotMet, "the whole article", Refusing(Given.Case, "40(21)")),
                (NotMet, "prose", Refusing(Given.Case, "not convenient")),
                (NotMet, "the reservation on preservation", Refusing(Given.Case, "42(5)")),
                (NotMet, "fiscal beside a good ground", Refusing(Given.Case, "40(22)", "40(23)")),
                (Met, "two good grounds", Refusing(Given.Case, "40(22)", "40(8)")),
                (NotMet, "no ground", Refusing(Given.Case)),
            ]
        );

    [Fact]
    public void A_refusal_of_preservation_rests_on_a_ground_of_its_shorter_list() =>
        Verdicts(
            "sg-13",
            (Met, "essential interests", Refusing(Given.PreservationCase, "40(21)(b)")),
            (Met, "barred at home", Refusing(Given.PreservationCase, "40(21)(c)")),
            (Met, "persecution", Refusing(Given.PreservationCase, "40(22)")),
            (NotMet, "not in conformity", Refusing(Given.PreservationCase, "40(21)(a)")),
            (NotMet, "against the law on assistance", Refusing(Given.PreservationCase, "40(21)(d)")),
            (NotMet, "data protection", Refusing(Given.PreservationCase, "36(1)(a)")),
            (NotMet, "dual criminality", Refusing(Given.PreservationCase, "40(8)")),
            (NotMet, "dual criminality, coded otherwise", Refusing(Given.PreservationCase, "35(3)")),
            (NotMet, "dual criminality, coded by what forbids it", Refusing(Given.PreservationCase, "42(4)"))
        );

    [Fact]
    public void Forbidden_grounds_are_told_as_forbidden_with_the_paragraph_that_forbids_them()
    {
        (Case Case, string Because, string Source)[] table =
        [
            (
                Refusing(Given.Case, "40(23)"),
                "That the offence also involves fiscal matters is no ground of refusal.",
                "40(23)"
            ),
            (Refusing(Given.Case, "40(24)"), "Bank secrecy is no ground of refusal.", "40(24)"),
            (Refusing(Given.PreservationCase, "40(24)"), "Bank secrecy is no ground of refusal.", "40(24)"),
            (
                Refusing(Given.PreservationCase, "40(8)"),
                "A lack of dual criminality is no ground to refuse preservation.",
                "42(4)"
            ),
            (
                Refusing(Given.PreservationCase, "35(3)"),
                "A lack of dual criminality is no ground to refuse preservation.",
                "42(4)"
            ),
            (
                Refusing(Given.PreservationCase, "42(4)"),
                "A lack of dual criminality is no ground to refuse preservation.",
                "42(4)"
            ),
            (
                Refusing(Given.PreservationCase, "40(21)(a)"),
                "What is coded 40(21)(a) is not a ground on which this measure may be refused.",
                "42(6)"
            ),
            (
                Refusing(Given.Case, "40(26)"),
                "What is coded 40(26) is not a ground on which this measure may be refused.",
                "40(25)"
            ),
            (
                Refusing(Given.Case, "35(3)"),
                "What is coded 35(3) is not a ground on which this measure may be refused.",
                "40(25)"
            ),
        ];
        Assert.All(
            table,
            row =>
            {
                var point = row.Case.Finding("sg-13").Points.Single(p => p.Verdict == NotMet);
                Assert.Equal((row.Because, Convention.Article(row.Source)), (point.Because, point.Source));
            }
        );
    }

    [Fact]
    public void The_reservation_is_a_ground_only_where_it_was_made_and_never_for_a_Convention_offence()
    {
        var serious = Given.PreservationCase.WithBasis(b => b with { Offence = OffenceBasis.SeriousCrime });
        var reserved = serious.WithHome(p =>
            p with
            {
                Declarations = [new Declaration(DeclarationKind.Reservation, "42(5)", "Reserved.")],
            }
        );
        Verdicts(
            "sg-13",
            (Met, "made", Refusing(reserved, "42(5)")),
            (NotMet, "not made", Refusing(serious, "42(5)")),
            (
                NotMet,
                "made, Convention offence",
                Refusing(reserved.WithBasis(b => b with { Offence = OffenceBasis.ConventionOffence }), "42(5)")
            ),
            (Unknown, "no profile", Refusing(reserved with { RequestedProfile = null }, "42(5)")),
            (
                NotMet,
                "no profile, Convention offence",
                Refusing(Given.PreservationCase with { RequestedProfile = null }, "42(5)")
            )
        );
    }

    [Fact]
    public void A_ground_that_rests_on_a_law_at_home_names_it()
    {
        string[] asking = ["40(21)(c)", "40(21)(d)", "36(1)(a)"];
        Verdicts(
            "sg-13",
            [
                .. Grounds
                    .For(Measure.StoredData)
                    .Select(g =>
                        (
                            asking.Contains(g.Provision) ? Unknown : Met,
                            g.Provision,
                            Refusing(Given.Case, [new Ground(g.Provision, " ")], Consultation)
                        )
                    ),
            ]
        );
        var question = Refusing(Given.Case, [new Ground("36(1)(a)", null)], null).Finding("sg-13").Questions.Single();
        Assert.Equal(
            (
                "law",
                "Which law at home is applied (the law on personal data that binds does not let them be transferred)?"
            ),
            (question.Id, question.Text)
        );
    }

    [Fact]
    public void A_refusal_under_paragraph_21_comes_after_a_consultation_of_this_dossier()
    {
        string[] consulting = ["40(21)(a)", "40(21)(b)", "40(21)(c)", "40(21)(d)"];
        Verdicts(
            "sg-13",
            [
                .. Grounds
                    .For(Measure.StoredData)
                    .Select(g =>
                        (
                            consulting.Contains(g.Provision) ? NotMet : Met,
                            $"{g.Provision}, not consulted",
                            Refusing(Given.Case, [new Ground(g.Provision, "s. 1")], null)
                        )
                    ),
                (
                    NotMet,
                    "a consultation of another dossier",
                    Refusing(Given.Case, [new Ground("40(21)(b)", null)], Some.Id("elsewhere"))
                ),
                (
                    NotMet,
                    "preservation, not consulted",
                    Refusing(Given.PreservationCase, [new Ground("40(21)(b)", null)], null)
                ),
                (
                    NotMet,
                    "one of two grounds asks",
                    Refusing(Given.Case, [new Ground("40(22)", null), new Ground("40(21)(b)", null)], null)
                ),
            ]
        );
    }

    private static Case Refusing(Case given, params IReadOnlyList<string> grounds) =>
        Refusing(given, [.. grounds.Select(g => new Ground(g, "Act of XB, s. 1"))], Consultation);

    private static Case Refusing(Case given, IReadOnlyList<Ground> grounds, ActId? consulted) =>
        given.Deciding(new Refuse(grounds, "Reasons to disclose", consulted), Consultation);
}
