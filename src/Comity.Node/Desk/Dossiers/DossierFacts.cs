// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using System.Text.Json.Serialization;
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Acts;

namespace Comity.Node.Desk.Dossiers;

/// <summary>The dossier's page for programs: <c>/dossiers/{id}.json</c>.</summary>
/// <remarks>
/// The same facts as on the page, in members that keep their names: what is added is added beside them. Instants are spelled
/// as in acts, digests and ids as 64 hexadecimal digits, states by their names in acts.
/// </remarks>
/// <param name="Dossier">The dossier.</param>
/// <param name="Peer">The other Party.</param>
/// <param name="Home">The Party whose register fixes order and time.</param>
/// <param name="At">The instant the dates are judged for.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="Clocks">Its dates, the nearest first.</param>
/// <param name="Lines">What the home register took in, in order.</param>
/// <param name="Pending">What was sent and the home register has not answered for, or has not admitted.</param>
/// <param name="Internal">What this Party keeps.</param>
/// <param name="Exhibits">Its evidence.</param>
/// <param name="Drafts">What officers wrote.</param>
internal sealed record DossierFacts(
    string Dossier,
    string Peer,
    string Home,
    DateTimeOffset At,
    IReadOnlyList<RequestFacts> Requests,
    IReadOnlyList<ClockFacts> Clocks,
    IReadOnlyList<LineFacts> Lines,
    IReadOnlyList<PendingFacts> Pending,
    IReadOnlyList<InternalFacts> Internal,
    IReadOnlyList<ExhibitFacts> Exhibits,
    IReadOnlyList<DraftFacts> Drafts
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new InstantConverter() },
    };

    /// <summary>The facts of a dossier.</summary>
    public static DossierFacts Of(DossierView view) =>
        new(
            view.Id,
            view.Peer.ToString(),
            view.Home.ToString(),
            view.Now,
            [.. view.Requests.Select(Of)],
            [
                .. view.Clocks.Select(c => new ClockFacts(
                    Names.Of(c.Kind),
                    c.Request.ToString(),
                    c.Due,
                    Names.Of(c.State),
                    c.Source.ToString()
                )),
            ],
            [.. view.Timeline.Where(e => e.Line is not null).Select(e => Of(e, e.Line!))],
            [
                .. view
                    .Timeline.Where(e => e.Line is null)
                    .Select(e => new PendingFacts(
                        e.Act.Signed.Id.ToString(),
                        e.Act.Signed.Act.Kind,
                        e.Act.Own.Index,
                        e.Act.NotAdmitted
                    )),
            ],
            [
                .. view.Kept.Select(k => new InternalFacts(
                    k.Act.Signed.Id.ToString(),
                    k.Act.Signed.Act.Kind,
                    k.By,
                    k.Act.Own.Index,
                    k.Act.Own.At
                )),
            ],
            [.. view.Exhibits.Select(Of)],
            [.. view.Drafts.Select(d => Of(d, view))]
        );

    /// <summary>The bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    private static RequestFacts Of(RequestView request) =>
        new(
            request.Id.ToString(),
            Names.Of(request.Request.Measure),
            request.Request.Reference,
            request.From.ToString(),
            request.To.ToString(),
            request.State is { } state ? Names.Of(state.Stage) : null,
            request.State?.Received,
            request.State?.Decision is { } decision
                ? new DecisionFacts(decision.Act.ToString(), ActKind.Of(decision.Body).Name, decision.At)
                : null,
            request.State?.Preserved,
            request.IsPreserved,
            [.. (request.State?.KeptFor ?? []).Select(k => k.ToString())],
            [.. request.Open.Select(o => new OpenFacts(KindOf(o), o.Source.ToString()))],
            request.Assessment is { } assessment
                ? [.. assessment.Findings.Select(f => FindingFacts.Of(f, assessment.Blocks(f)))]
                : []
        );

    private static LineFacts Of(TimelineEntry entry, DossierLine line)
    {
        var (effect, code, source, remarks) = line.Effect switch
        {
            Effect.Took took => ("took", null, took.Source, took.Remarks),
            Effect.None none => ("none", none.Why.Code, none.Why.Source, (IReadOnlyList<Refusal>)[]),
            _ => throw new InvalidOperationException("an act took effect or it did not"),
        };
        return new LineFacts(
            entry.Act.Signed.Id.ToString(),
            entry.Act.Signed.Act.Kind,
            entry.Act.Signed.Act.From.ToString(),
            entry.Act.Signed.Act.Concerns?.ToString(),
            line.Entered.Index,
            line.Entered.At,
            effect,
            code,
            source.ToString(),
            [.. remarks.Select(r => r.Code)],
            entry.Act.Peer?.Index,
            entry.Signature == SignatureCheck.Good
        );
    }

    private static ExhibitFacts Of(ExhibitView exhibit) =>
        new(
            exhibit.Row.Sealed,
            exhibit.State,
            exhibit.Row.Size,
            exhibit.Arrived,
            exhibit.Row.Act.Length > 0 ? exhibit.Row.Act : null,
            exhibit.Manifest?.Name,
            exhibit.Manifest?.MediaType,
            exhibit.Manifest?.Size,
            exhibit.Manifest?.Sha256.ToString(),
            exhibit.Verdict is { } verdict ? Names.Of(verdict) : null
        );

    private static DraftFacts Of(DraftRow draft, DossierView view)
    {
        var review = ActId.TryParse(draft.Act, out var act) ? view.Reviews.GetValueOrDefault(act) : null;
        return new DraftFacts(
            draft.Id,
            draft.Kind,
            draft.Digest,
            draft.Drafter,
            draft.State,
            draft.Act,
            review?.Due,
            review?.Verdict is { } verdict ? Names.Of(verdict) : null
        );
    }

    private static string KindOf(Opening opening) => ActKind.All.First(k => k.Body == opening.Kind).Name;
}
