// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Accepting the conditions of a grant, and with that being bound by them (art. 40(28)).</summary>
internal sealed class AcceptForm : ActForm
{
    public override string Kind => "accept";

    public override Type Fields => typeof(AcceptFields);

    public override string TitleFor(Subject subject) => "Accept the conditions";

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var grant = (Grant)subject.State.Decision!.Body;
        if (!input.Has("accepts", "yes"))
        {
            errors.Add("accepts", "Tick the box if you accept all conditions. Otherwise ask the other side for others");
        }

        return new Accept([.. grant.Conditions.Select(c => c.Id)]);
    }
}
