// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Saying that a request is in hand (arts 40(26), 41(4)).</summary>
internal sealed class AcknowledgeForm : ActForm
{
    public override string Kind => "acknowledge";

    public override Type Fields => typeof(AcknowledgeFields);

    public override string TitleFor(Subject subject) => "Say that the request is in hand";

    public override FormInput Start(Subject subject)
    {
        var contact = subject.View.Directory.Find(subject.Own)?.Contact;
        return FormInput.Empty.With(
            ("handledBy.name", contact?.Name),
            ("handledBy.functions", contact?.Functions),
            ("handledBy.telephone", contact?.Telephone),
            ("handledBy.mail", contact?.Mail),
            ("handledBy.hours", contact?.Hours)
        );
    }

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var reference = read.Text("reference", 80, "your reference for this request");
        var name = read.Optional("handledBy.name", FormReading.Short, "the name");
        var functions = read.Optional("handledBy.functions", FormReading.Short, "the functions");
        var telephone = read.Optional("handledBy.telephone", 40, "the telephone number");
        var mail = read.Optional("handledBy.mail", FormReading.Short, "the address");
        var hours = read.Optional("handledBy.hours", FormReading.Short, "the hours");
        if (name is null && (functions ?? telephone ?? mail ?? hours) is not null)
        {
            errors.Add("handledBy.name", "Enter who handles it, or leave the fields after it empty");
        }

        return new Acknowledge(reference, name is null ? null : new Contact(name, functions, telephone, mail, hours));
    }
}
