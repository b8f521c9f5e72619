// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Supplying evidence that lies whole in this node's store, with how it may be used (arts 44(1), 40(19), 40(20)).</summary>
internal sealed class SupplyForm : ActForm
{
    public override string Kind => "supply";

    public override Type Fields => typeof(SupplyFields);

    public override string TitleFor(Subject subject) => "Supply evidence";

    /// <summary>What was put in and not yet supplied.</summary>
    public static IReadOnlyList<ExhibitView> HeldOf(Subject subject) =>
        [.. subject.View.Exhibits.Where(x => x is { State: "held", Manifest: not null })];

    /// <summary>The conditions of the grant it rests on.</summary>
    public static IReadOnlyList<Condition> ConditionsOf(Subject subject) =>
        subject.State.Decision?.Body is Grant grant ? grant.Conditions : [];

    public override FormInput Start(Subject subject)
    {
        var request = subject.Request.Request;
        return FormInput.Empty.With([
            .. HeldOf(subject).Select(x => ("exhibits", (string?)x.Row.Sealed)),
            (
                "handling.permittedProceeding",
                string.Join(", ", new[] { request.Proceeding?.Subject, request.Proceeding?.Reference }.OfType<string>())
            ),
            ("handling.confidentialUntil", request.Secrecy is { } secrecy ? FormReading.Show(secrecy.Until) : null),
            ("handling.onwardTransfer", Names.Of(OnwardTransfer.WithAuthorisation)),
            .. ConditionsOf(subject).Select(c => ("handling.conditions", (string?)c.Id)),
        ]);
    }

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var token = TokenOf(read, input, subject);
        var chosen = HeldOf(subject).Where(x => input.Has("exhibits", x.Row.Sealed)).ToList();
        if (chosen.Count == 0)
        {
            errors.Add("exhibits", "Choose at least one exhibit. What is not listed must be put in first");
        }

        return new Supply(
            [.. chosen.Select(x => new Exhibit(x.Manifest!, x.SealedTo, token))],
            read.YesOrNo("isComplete", "whether this is all there will be"),
            read.Optional("statement", FormReading.Paragraph, "the statement")
        );
    }

    private static HandlingToken TokenOf(FormReading read, FormInput input, Subject subject)
    {
        var known = ConditionsOf(subject).Select(c => c.Id).ToHashSet();
        return new HandlingToken(
            read.Text("handling.permittedProceeding", FormReading.Paragraph, "the proceeding it may be used in"),
            [
                .. Enumerable
                    .Range(0, input.Rows("handling.useLimits"))
                    .Select(i => read.Optional($"handling.useLimits[{i}]", FormReading.Paragraph, "the limit"))
                    .OfType<string>(),
            ],
            read.Choice("handling.onwardTransfer", "whether it may be passed on", Enum.GetValues<OnwardTransfer>()),
            read.OptionalInstant("handling.confidentialUntil", "until when it is confidential"),
            read.OptionalInstant("handling.retainUntil", "until when it may be kept"),
            [.. input.All("handling.conditions").Where(known.Contains)]
        );
    }
}
