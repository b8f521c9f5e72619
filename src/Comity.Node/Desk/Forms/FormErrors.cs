// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Desk.Forms;

/// <summary>What is wrong with a form, each said at its field and again on top.</summary>
public sealed class FormErrors
{
    private readonly List<FormError> all = [];

    /// <summary>Every error, in the order found.</summary>
    public IReadOnlyList<FormError> All => all;

    /// <summary>Whether something is wrong.</summary>
    public bool Any => all.Count > 0;

    /// <summary>Adds an error. A field says one thing at a time.</summary>
    /// <param name="field">The field's name; empty when it is about the whole form.</param>
    /// <param name="message">What to do about it.</param>
    public FormErrors Add(string field, string message)
    {
        if (field.Length == 0 || Of(field) is null)
        {
            all.Add(new FormError(field, message));
        }

        return this;
    }

    /// <summary>What is said at a field, or nothing.</summary>
    public string? Of(string field) => all.FirstOrDefault(e => e.Field == field)?.Message;
}

/// <summary>Something wrong with a form.</summary>
public sealed record FormError(string Field, string Message);

/// <summary>A form as its fields see it.</summary>
/// <param name="Input">What stands in them.</param>
/// <param name="Errors">What is wrong.</param>
public sealed record FormState(FormInput Input, FormErrors Errors)
{
    /// <summary>A field's name as an element's id.</summary>
    public static string IdOf(string field) =>
        string.Concat(field.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
}
