// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
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
    /// <param name="file">The dossier it enters; nothing when it opens one.</param>
    /// <param name="errors">Where to note what is wrong.</param>
    public static async Task CheckAsync(Visit visit, ActContent content, DossierFile? file, FormErrors errors)
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
        var why =
            Issuing.WhyNotSent(content, directory)
            ?? file?.Dossier.WhyNot(content, visit.Now)
            ?? (file is null ? null : visit.Node.Assessing.WhyNot(file, content, visit.Now));
        if (why is not null)
        {
            Note(errors, why);
        }
    }

    /// <summary>Says a refusal at the field it is about, or on top.</summary>
    public static void Note(FormErrors errors, Refusal why)
    {
        var field = why.Where.StartsWith("body.", StringComparison.Ordinal) ? why.Where["body.".Length..] : "";
        var which = why.Code.StartsWith("decision.", StringComparison.Ordinal) ? $" {why.Where}" : "";
        errors.Add(field, $"{Codes.Of(why.Code)}{which} ({why.Code}, {Said.Cite(why.Source)})");
    }
}
