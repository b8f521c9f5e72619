// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Instruments;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Drafts;
using Comity.Node.Desk.Forms;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Desk.Requests;

/// <summary>A request being made: what was put into the form, and what is still missing.</summary>
/// <param name="View">The dossier it is added to; nothing when it opens one.</param>
/// <param name="From">The authority of ours that asks.</param>
/// <param name="Addressees">Whom it can be addressed to.</param>
public sealed record NewRequest(DossierView? View, Office From, IReadOnlyList<(string Value, string Text)> Addressees)
{
    /// <summary>The pasted text of a request file.</summary>
    public const string TextField = "request";

    /// <summary>An uploaded request file.</summary>
    public const string FileField = "file";

    /// <summary>The authority that is asked.</summary>
    public const string ToField = "to";

    /// <summary>The preservation the request rests on, in the same dossier.</summary>
    public const string RestsOnField = "restsOn";

    /// <summary>Preservations in this dossier that a request can rest on, and so keep alive until it is decided (art. 42(8)).</summary>
    public IReadOnlyList<(string Value, string Text)> Preservations =>
        View is null
            ? []
            :
            [
                .. View
                    .Requests.Where(r => r is { Request.Measure: Measure.Preservation, State.IsEnded: false })
                    .Select(r => (r.Id.ToString(), $"{r.Request.Reference}, the preservation of this dossier")),
            ];

    /// <summary>Whom a request can be addressed to: in a dossier its other side, otherwise every authority known.</summary>
    internal static NewRequest In(DossierView? view, Office own, PartyDirectory directory) =>
        new(
            view,
            own,
            [
                .. directory
                    .Parties.Where(p => view is null ? p != own.Party : p == view.Peer)
                    .SelectMany(p =>
                        directory
                            .Find(p)!
                            .Entry.Authorities.Select(a =>
                                ($"{p}/{a.Id}", $"{directory.Find(p)!.Entry.Name} ({p}): {a.Name}")
                            )
                    ),
            ]
        );

    /// <summary>Reads the form: the file's text, with the preservation it rests on put in.</summary>
    /// <returns>The content, or nothing when it cannot be read; what is wrong is noted.</returns>
    internal ActContent? Read(FormInput input, FormErrors errors)
    {
        var text = input[TextField];
        if (text.Length == 0)
        {
            errors.Add(TextField, "Choose a request file, or paste its text");
        }

        if (!Office.TryParse(input[ToField], out var to) || Addressees.All(a => a.Value != input[ToField]))
        {
            errors.Add(ToField, "Choose whom you ask");
        }

        if (errors.Any)
        {
            return null;
        }

        var read = ActEncoding.ReadBody(ActKind.Find("request", 1)!, Encoding.UTF8.GetBytes(text));
        if (read is Outcome<ActBody>.Refused refused)
        {
            errors.Add(
                TextField,
                refused.Why.Code == "act.malformed"
                    ? $"This is no request file this node can read.{At(refused.Why.Where)} ({refused.Why.Code})"
                    : $"{Words.Codes.Of(refused.Why.Code)}{At(refused.Why.Where)} ({refused.Why.Code})"
            );
            return null;
        }

        var request = RestingOn((Request)((Outcome<ActBody>.Admitted)read).Value, input[RestsOnField]);
        return new ActContent(DossierOf(input), null, From, to!, Visibility.Shared, request);
    }

    // The dossier's id is drawn from the form's: the same form sent twice opens one dossier, and nobody can choose an id.
    private DossierId DossierOf(FormInput input) =>
        View is not null && DossierId.TryParse(View.Id, out var id)
            ? id
            : DossierId.From(
                Digest.Of(Encoding.ASCII.GetBytes($"dossier/{input[Signing.DraftField]}")).ToArray().AsSpan(0, 16)
            );

    private static Request RestingOn(Request request, string preservation) =>
        !ActId.TryParse(preservation, out var act) ? request
        : request.Earlier.Any(e => e.Act == act) ? request
        : request with
        {
            Earlier = [.. request.Earlier, new EarlierRequest(RequestRelation.FollowsPreservation, act, null)],
        };

    private static string At(string where) => where.Length == 0 ? "" : $" Look at {where}.";
}
