// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;
using Comity.Node.Desk.Dossiers;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Node.Desk.Answers;

/// <summary>The request a form is about, in its dossier.</summary>
/// <param name="View">The dossier.</param>
/// <param name="Request">The request, received.</param>
public sealed record Subject(DossierView View, RequestView Request)
{
    /// <summary>Where it stands.</summary>
    public RequestState State =>
        Request.State ?? throw new InvalidOperationException("nothing is open in a request nobody has received");

    public Measure Measure => Request.Request.Measure;

    /// <summary>Whether this Party is the one that is asked.</summary>
    public bool IsAsked => Request.To.Party == View.Own;

    /// <summary>The authority of ours that speaks.</summary>
    public Office Own => IsAsked ? Request.To : Request.From;

    /// <summary>The authority addressed.</summary>
    public Office Other => IsAsked ? Request.From : Request.To;

    /// <summary>Whether an act that says this would meet an opening, by its kind and use alone.</summary>
    public bool IsOpen(ActBody body) =>
        Request.Open.Any(o => o.Admits(State.Stage, body, IsAsked ? Side.Requested : Side.Requesting));

    /// <summary>What the act would do.</summary>
    public ActContent Content(ActBody body) =>
        new(
            DossierId.TryParse(View.Id, out var id) ? id : throw new InvalidOperationException("no dossier's id"),
            Request.Id,
            Own,
            Other,
            Visibility.Shared,
            body
        );

    /// <summary>Consultations held in this request, on which a refusal or a postponement may rest (art. 40(28)).</summary>
    public IReadOnlyList<(string Value, string Text)> Consultations =>
        [
            .. View
                .Timeline.Where(e =>
                    e.Act.Signed.Act is { Body: Ask { Purpose: AskPurpose.Consultation } } act
                    && act.Concerns == Request.Id
                )
                .Select(e =>
                    (
                        e.Act.Signed.Id.ToString(),
                        $"{Instants.Format(e.Act.Own.At)}: {((Ask)e.Act.Signed.Act.Body).Questions[0].Text}"
                    )
                ),
        ];
}
