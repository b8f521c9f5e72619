// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Telling that the help is no longer needed (art. 40(26)).</summary>
internal sealed class WithdrawForm : ActForm
{
    public override string Kind => "withdraw";

    public override Type Fields => typeof(WithdrawFields);

    public override string TitleFor(Subject subject) => "Withdraw the request";

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject) =>
        new Withdraw(new FormReading(input, errors).Optional("reason", FormReading.Paragraph, "the reason"));
}
