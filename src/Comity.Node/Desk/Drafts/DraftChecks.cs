// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Acts;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Words;

namespace Comity.Node.Desk.Drafts;

/// <summary>Everything that would stop an act, found before an officer signs it, each said at its field.</summary>
internal static class DraftChecks
{
    /// <summary>Bytes left for what sealing adds: what it follows, its approvals, number and time.</summary>
    private const int Added = 8 * 1024;

    /// <summary>Checks what an act would do.</summary>
    /// <param name="visit">Whose draft it is.</param>
    /// <param name="content">What it would do.</param>
    /// <param name="dossier">The dossier it enters; nothing when it opens one.</param>
    /// <param name="errors">Where to note what is wrong.</param>
    public static async Task CheckAsync(Visit visit, ActContent content, Dossier? dossier, FormErrors errors)
    {
        if (ActContent.Parse(content.Write()) is Outcome<ActContent>.Refused outside)
        {
            Note(errors, outside.Why);
            return;
        }

        if (ActEncoding.Write(content.Seal(1, visit.Now, [], [])).Length > Act.MaximumBytes - Added)
        {
            Note(errors, new Refusal("act.too-large", new Citation("docs/spec/act.md", "4")));
            return;
        }

        var directory = await visit.Node.Directories.CurrentAsync(visit.Stop);
        if ((Issuing.WhyNotSent(content, directory) ?? dossier?.WhyNot(content, visit.Now)) is { } why)
        {
            Note(errors, why);
        }
    }

    /// <summary>Says a refusal at the field it is about, or on top.</summary>
    public static void Note(FormErrors errors, Refusal why)
    {
        var field = why.Where.StartsWith("body.", StringComparison.Ordinal) ? why.Where["body.".Length..] : "";
        errors.Add(field, $"{Codes.Of(why.Code)} ({why.Code}, {Said.Cite(why.Source)})");
    }
}
