// SPDX-License-Identifier: EUPL-1.2
using Microsoft.AspNetCore.Components;

namespace Comity.Node.Desk.Forms;

/// <summary>What every field has: a name, a label, a hint, and the error said at it.</summary>
public abstract class FormField : ComponentBase
{
    /// <summary>The form it stands in.</summary>
    [CascadingParameter]
    public required FormState Form { get; set; }

    /// <summary>Its name: the member of the act it becomes.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What helps to fill it in.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Whether it may be left empty.</summary>
    [Parameter]
    public bool IsOptional { get; set; }

    private protected string Id => FormState.IdOf(Name);

    private protected string Value => Form.Input[Name];

    private protected string? Fault => Form.Errors.Of(Name);

    private protected string? Invalid => Fault is null ? null : "true";

    private protected string? Title => IsOptional ? $"{Label} (optional)" : Label;

    private protected string Css => Fault is null ? "field" : "field wrong";

    /// <summary>What is read out with the field.</summary>
    private protected string? DescribedBy =>
        (Hint, Fault) switch
        {
            (null, null) => null,
            ({ }, null) => $"{Id}-hint",
            (null, { }) => $"{Id}-fault",
            _ => $"{Id}-hint {Id}-fault",
        };
}
