// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Postponing, because executing now would get in the way of a case here (art. 40(27)).</summary>
internal sealed class PostponeForm : ActForm
{
    public override string Kind => "postpone";

    public override Type Fields => typeof(PostponeFields);

    public override string TitleFor(Subject subject) => "Postpone the request";

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        return new Postpone(
            read.Instant("until", "until when"),
            read.Text("reasons", FormReading.Long, "the reasons"),
            ActId.TryParse(input["consulted"], out var act) ? act : null
        );
    }
}
