// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Keeping preserved data longer: asked by one side, given by the other (art. 42(9)).</summary>
internal sealed class ExtendForm : ActForm
{
    public override string Kind => "extend";

    public override Type Fields => typeof(ExtendFields);

    public override string TitleFor(Subject subject) =>
        subject.IsAsked ? "Keep the data longer" : "Ask to keep the data longer";

    public override FormInput Start(Subject subject)
    {
        var asked = subject.State.ExtensionAsked;
        var next = subject.State.Preserved!.Until.AddDays(PreservationOpenings.MinimumDays);
        return FormInput.Empty.With(("until", FormReading.Show(asked ?? next)));
    }

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        return new Extend(
            read.Instant("until", "until when the data are to be kept"),
            read.Optional("reason", FormReading.Paragraph, "the reason")
        );
    }
}
