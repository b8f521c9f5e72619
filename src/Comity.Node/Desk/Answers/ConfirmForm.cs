// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Desk.Forms;

namespace Comity.Node.Desk.Answers;

/// <summary>Saying in what state evidence arrived.</summary>
internal sealed class ConfirmForm : ActForm
{
    public override string Kind => "confirm";

    public override Type Fields => typeof(ConfirmFields);

    public override string TitleFor(Subject subject) => "Say in what state the evidence arrived";

    public override FormInput Start(Subject subject) =>
        FormInput.Empty.With([
            .. subject.State.Exhibits.SelectMany(
                (x, i) =>
                    new[]
                    {
                        ($"exhibits[{i}].sealed", (string?)x.Exhibit.Manifest.SealedSha256.ToString()),
                        ($"exhibits[{i}].verdict", VerdictOf(subject, x.Exhibit.Manifest.SealedSha256)),
                    }
            ),
        ]);

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var exhibits = new List<ExhibitReceived>();
        for (var i = 0; i < input.Rows("exhibits"); i++)
        {
            if (
                Digest.TryParse(input[$"exhibits[{i}].sealed"], out var digest)
                && input[$"exhibits[{i}].verdict"].Length > 0
            )
            {
                exhibits.Add(
                    new ExhibitReceived(
                        digest,
                        read.Choice($"exhibits[{i}].verdict", "what was found", Enum.GetValues<ExhibitVerdict>())
                    )
                );
            }
        }

        if (exhibits.Count == 0)
        {
            errors.Add("exhibits[0].verdict", "Choose what was found for at least one exhibit");
        }

        return new Confirm(exhibits, read.Optional("note", FormReading.Paragraph, "the note"));
    }

    // What the node itself has found is chosen already; whether it opens, only a person with the key can say.
    private static string? VerdictOf(Subject subject, Digest sealedFile) =>
        subject.View.Exhibits.FirstOrDefault(x => x.Row.Sealed == sealedFile.ToString())?.State switch
        {
            "whole" => Names.Of(ExhibitVerdict.Whole),
            "differs" => Names.Of(ExhibitVerdict.Differs),
            _ => null,
        };
}
