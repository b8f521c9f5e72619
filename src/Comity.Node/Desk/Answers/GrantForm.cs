// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Node.Desk.Forms;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>Granting, wholly or in part, with or without conditions (arts 40(17), 40(28), 42(4)).</summary>
internal sealed class GrantForm : ActForm
{
    public override string Kind => "grant";

    public override Type Fields => typeof(GrantFields);

    public override string TitleFor(Subject subject) =>
        subject.Measure == Measure.Preservation ? "Grant: preserve the data" : "Grant the request";

    public override FormInput Start(Subject subject) =>
        subject.Measure == Measure.Preservation
            ? FormInput.Empty.With(
                ("preserved.since", FormReading.Show(subject.View.Now)),
                ("preserved.until", FormReading.Show(subject.View.Now.AddDays(PreservationOpenings.MinimumDays)))
            )
            : FormInput.Empty;

    public override ActBody Read(FormInput input, FormErrors errors, Subject subject)
    {
        var read = new FormReading(input, errors);
        var law = read.Text("law", FormReading.Citation, "the law under which it is executed");
        var reasons = read.Optional("reasons", FormReading.Long, "the reasons");
        if (subject.Measure == Measure.Preservation)
        {
            var since = read.Instant("preserved.since", "since when the data are kept");
            var until = read.Instant("preserved.until", "until when they are kept");
            if (until <= since && errors.Of("preserved.since") is null && errors.Of("preserved.until") is null)
            {
                errors.Add("preserved.until", "Enter an end that is later than the beginning");
            }

            return new Grant(law, reasons, [], [], null, new PreservedPeriod(since, until));
        }

        return new Grant(
            law,
            reasons,
            ConditionsOf(read, input),
            WithheldOf(read, input, errors, subject),
            read.OptionalInstant("supplyBy", "by when evidence is promised"),
            null
        );
    }

    private static IReadOnlyList<Condition> ConditionsOf(FormReading read, FormInput input) =>
        [
            .. Enumerable
                .Range(0, input.Rows("conditions"))
                .Where(i => input[$"conditions[{i}].text"].Length > 0)
                .Select(i =>
                    (
                        Kind: read.Choice(
                            $"conditions[{i}].kind",
                            "what the condition is about",
                            Enum.GetValues<ConditionKind>()
                        ),
                        Text: read.Text($"conditions[{i}].text", FormReading.Paragraph, "the condition")
                    )
                )
                .Select((c, i) => new Condition($"c{i + 1}", c.Kind, c.Text)),
        ];

    private static IReadOnlyList<Withheld> WithheldOf(
        FormReading read,
        FormInput input,
        FormErrors errors,
        Subject subject
    )
    {
        var known = subject.Request.Request.Items.Select(i => i.Id).ToHashSet();
        var parts = new List<Withheld>();
        for (var i = 0; i < input.Rows("withheld"); i++)
        {
            var items = input.All($"withheld[{i}].items").Where(known.Contains).ToList();
            var reason = read.Optional($"withheld[{i}].reason", FormReading.Paragraph, "the reason");
            if (items.Count == 0 && reason is null)
            {
                continue;
            }

            if (items.Count == 0)
            {
                errors.Add($"withheld[{i}].items", "Choose the items that are not granted");
            }

            if (reason is null)
            {
                errors.Add($"withheld[{i}].reason", "Enter why this is not granted");
            }

            parts.Add(
                new Withheld(
                    read.Choice($"withheld[{i}].category", "which data", Enum.GetValues<DataCategory>()),
                    items,
                    reason ?? ""
                )
            );
        }

        return parts;
    }
}
