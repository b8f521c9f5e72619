// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;

namespace Comity.Node.Desk.Answers;

/// <summary>The form of one kind of act: what stands in it at first, how it is read, and which component shows its fields.</summary>
/// <remarks>
/// Reading gives the same act from the same fields, however often and whenever: an officer signs the digest of what was
/// shown, so nothing here may ask the clock.
/// </remarks>
internal abstract class ActForm
{
    /// <summary>The kind.</summary>
    public abstract string Kind { get; }

    /// <summary>The component that shows its fields. Given the <see cref="Subject"/>, inside a <see cref="FormState"/>.</summary>
    public abstract Type Fields { get; }

    /// <summary>The form's heading.</summary>
    public abstract string TitleFor(Subject subject);

    /// <summary>What stands in the fields at first.</summary>
    public virtual FormInput Start(Subject subject) => FormInput.Empty;

    /// <summary>The act's body, as far as it can be read; what is wrong is noted.</summary>
    public abstract ActBody Read(FormInput input, FormErrors errors, Subject subject);

    /// <summary>Every form.</summary>
    public static IReadOnlyList<ActForm> All { get; } =
    [
        new AcknowledgeForm(),
        new AskForm(),
        new SupplementForm(),
        new GrantForm(),
        new AcceptForm(),
        new RefuseForm(),
        new PostponeForm(),
        new ExtendForm(),
        new SupplyForm(),
        new ConfirmForm(),
        new WithdrawForm(),
        new CloseForm(),
    ];

    /// <summary>The form of a kind, or nothing.</summary>
    public static ActForm? Find(string kind) => All.FirstOrDefault(f => f.Kind == kind);
}

/// <summary>A component that shows the fields of one form.</summary>
public abstract class ActFields : Microsoft.AspNetCore.Components.ComponentBase
{
    /// <summary>The request it is about.</summary>
    [Microsoft.AspNetCore.Components.Parameter]
    public required Subject Subject { get; set; }

    /// <summary>The form.</summary>
    [Microsoft.AspNetCore.Components.CascadingParameter]
    public required FormState Form { get; set; }

    /// <summary>How many rows of a list to show: those filled in, and at least so many.</summary>
    private protected int Rows(string list, int least) => Math.Clamp(Form.Input.Rows(list), least, FormInput.MostRows);
}
