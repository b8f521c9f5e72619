// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Node.Acts;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;

namespace Comity.Node.Desk.Drafts;

/// <summary>The last step of every form: the officer signs exactly what was shown.</summary>
internal static class Signing
{
    /// <summary>The hidden field with the draft's id: the same form sent twice is one draft.</summary>
    public const string DraftField = "draft";

    /// <summary>The hidden field with the digest that was shown.</summary>
    public const string DigestField = "digest";

    /// <summary>A draft's id, made when its form is shown.</summary>
    public static string NewDraft() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether a field holds an id that <see cref="NewDraft"/> could have made.</summary>
    public static bool IsDraft(string text) => DossierId.TryParse(text, out _);

    /// <summary>The form as it is shown: its draft's id in it, and nothing of an earlier step.</summary>
    public static FormInput Prepare(FormInput input) =>
        input
            .Without("step", "token", DigestField, FormInput.Phrase)
            .With((DraftField, IsDraft(input[DraftField]) ? input[DraftField] : NewDraft()));

    /// <summary>Signs and keeps a draft.</summary>
    /// <param name="visit">The officer.</param>
    /// <param name="input">The form, with the draft's id, the digest that was shown and the phrase.</param>
    /// <param name="content">What the form says now.</param>
    /// <returns>
    /// The draft, or a refusal of <see cref="Issuing.DraftAsync"/>, or <c>draft.other-content</c>: the text is not the one
    /// that was shown, or the form was sent before with another.
    /// </returns>
    public static async Task<Outcome<Drafted>> SignAsync(Visit visit, FormInput input, ActContent content)
    {
        var digest = content.Digest().ToString();
        if (input[DigestField] != digest || !IsDraft(input[DraftField]))
        {
            return Other();
        }

        var id = input[DraftField];
        var outcome = await visit.Node.Issuing.DraftAsync(
            id,
            content,
            visit.Officer,
            input[FormInput.Phrase],
            visit.Stop
        );
        if (outcome is Outcome<Drafted>.Refused { Why.Code: "approval.phrase-wrong" })
        {
            await visit.NoteAsync("phrase.wrong", content.Dossier.ToString());
        }

        // A draft of that id may have been there before: then it is this one only if it says the same, by the same officer.
        return
            outcome is Outcome<Drafted>.Admitted
            && await visit.ReadAsync(s => DraftTables.FindAsync(s, id)) is { } kept
            && (kept.Digest != digest || kept.Drafter != visit.Officer.Id)
            ? Other()
            : outcome;
    }

    /// <summary>Where the browser goes once a draft is kept.</summary>
    public static IResult Done(ActContent content, Drafted drafted) =>
        Visit.SeeOther(
            $"/dossiers/{content.Dossier}?done={(drafted.State == DraftTables.Sealed ? DoneWords.Sealed : DoneWords.Drafted)}"
        );

    private static Outcome<Drafted> Other() =>
        new Outcome<Drafted>.Refused(new Refusal("draft.other-content", new Citation("docs/spec/act.md", "6")));
}
