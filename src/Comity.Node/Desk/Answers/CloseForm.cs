// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Reporting what came of the proceeding, which ends the request.</summary>
internal sealed class CloseForm : ActForm
{
    public override string Kind => "close";

    public override Type Fields => typeof(CloseFields);

    public override string TitleFor(Subject subject) => "Report what came of it, and close";

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        return new Close(
            read.Choice("outcome", "what came of the proceeding", Enum.GetValues<ProceedingOutcome>()),
            read.YesOrNo("evidenceUsed", "whether evidence that was supplied was used"),
            read.Optional("note", FormReading.Paragraph, "the note")
        );
    }
}
