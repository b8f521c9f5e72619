// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards.UnCybercrime;

namespace Comity.Node.Desk.Answers;

/// <summary>Refusing, on one of the grounds the Convention gives for the measure and on no other (arts 40(21), 42(6)).</summary>
internal sealed class RefuseForm : ActForm
{
    public override string Kind => "refuse";

    public override Type Fields => typeof(RefuseFields);

    public override string TitleFor(Subject subject) => "Refuse the request";

    /// <summary>The grounds that are open to this Party: one that needs a reservation only if it was made.</summary>
    public static IReadOnlyList<PermittedGround> GroundsOf(Subject subject) =>
        [.. Grounds.For(subject.Measure).Where(g => g.Provision != "42(5)" || Reserves(subject, g.Provision))];

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var open = GroundsOf(subject);
        var grounds = new List<Ground>();
        for (var i = 0; i < open.Count; i++)
        {
            if (input.Has("grounds", open[i].Provision))
            {
                var law = read.Optional($"grounds[{i}].law", FormReading.Citation, "the law");
                grounds.Add(new Ground(open[i].Provision, law));
                if (law is null && open[i].AsksForLaw)
                {
                    errors.Add(
                        $"grounds[{i}].law",
                        $"Enter the law for the ground in {Words.Said.Cite(open[i].Provision)}"
                    );
                }
            }
        }

        if (grounds.Count == 0)
        {
            errors.Add("grounds", "Choose the ground or grounds");
        }

        var primary = grounds.FindIndex(g => g.Provision == input["primary"]);
        return new Refuse(
            primary > 0 ? [grounds[primary], .. grounds.Where((_, i) => i != primary)] : grounds,
            read.Text("reasons", FormReading.Long, "the reasons"),
            ActId.TryParse(input["consulted"], out var act) ? act : null
        );
    }

    private static bool Reserves(Subject subject, string provision) =>
        subject.View.Directory.Find(subject.View.Own)?.Entry.Declarations is { } declarations
        && declarations.Any(d => d.Kind == DeclarationKind.Reservation && d.Provision == provision);
}
