// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Node.Parties;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards;

namespace Comity.Node.Acts;

/// <summary>Puts a case together from what the dossier holds, and asks the safeguards.</summary>
internal sealed class Assessing(LocalProfiles profiles, NodeSettings settings)
{
    private static readonly Citation Specification = new("docs/safeguards.md", "1");

    /// <summary>What the safeguards say of a request, perhaps with a decision drafted.</summary>
    /// <param name="file">The dossier.</param>
    /// <param name="request">A request in it.</param>
    /// <param name="decision">The decision drafted, when there is one.</param>
    /// <param name="at">The instant.</param>
    public Assessment Assess(DossierFile file, RequestState request, ActBody? decision, DateTimeOffset at)
    {
        var requesting = file.Dossier.Requesting ?? PartyId.Of(file.Row.Peer);
        var requested = file.Dossier.Requested ?? settings.Party;
        var given = new Case(
            request.Supplements.Aggregate(request.Request, (r, s) => r.With(s)),
            profiles.Of(requesting),
            profiles.Of(requested),
            AnswersTo(file, request.Id),
            SenderOf(file, request.Id),
            decision is null ? null : new DraftedDecision(decision, Consultations(request)),
            at
        );
        return Assessment.Of(given) is Outcome<Assessment>.Admitted assessment
            ? assessment.Value
            : throw new InvalidOperationException("no safeguard applies: the list is empty");
    }

    /// <summary>Why one's own draft must wait: what is missing in a request, or what speaks against a decision.</summary>
    /// <param name="file">The dossier.</param>
    /// <param name="content">The draft.</param>
    /// <param name="at">The instant.</param>
    /// <returns>
    /// Nothing, or <c>request.content-missing</c>, <c>decision.finding-open</c> or <c>decision.record</c>, with what is
    /// missing or the safeguards' codes.
    /// </returns>
    public Refusal? WhyNot(DossierFile file, ActContent content, DateTimeOffset at)
    {
        if (content.Body is Request own)
        {
            var missing = Drafting.Guidance(own).Missing;
            return missing.Count == 0
                ? null
                : new Refusal(
                    "request.content-missing",
                    missing[0].Source,
                    string.Join(", ", missing.Select(m => m.Where))
                );
        }

        if (
            content.Body is not (Grant or Refuse or Postpone)
            || content.Concerns is not { } concerns
            || file.Dossier.Find(concerns) is not { } request
        )
        {
            return null;
        }

        var assessment = Assess(file, request, content.Body, at);
        var record = assessment.Findings.Where(f => f.Safeguard.Id == "sg-13" && f.Verdict != Verdict.Met).ToList();
        if (content.Body is Grant)
        {
            var blocking = assessment.Blocking;
            return blocking.Count == 0
                ? null
                : new Refusal(
                    "decision.finding-open",
                    Specification,
                    string.Join(", ", blocking.Select(f => f.Safeguard.Id))
                );
        }

        return record.Count == 0
            ? null
            : new Refusal("decision.record", Specification, string.Join(' ', record[0].Reasons.Take(1)));
    }

    // An answer counts for the officer who signed it, and for nobody else: the later word of the same officer on the same
    // question stands.
    private static List<RecordedAnswer> AnswersTo(DossierFile file, ActId request)
    {
        var answers = new Dictionary<(string, string, Digest), RecordedAnswer>();
        foreach (var act in file.Internal.Where(a => a.Signed.Act.Concerns == request))
        {
            foreach (var answer in act.Signed.Act.Body is Assess assess ? assess.Answers : [])
            {
                if (answer.By == act.Signed.Signed.Signer.Id)
                {
                    answers[(answer.Safeguard, answer.Question, answer.By)] = answer;
                }
            }
        }

        return [.. answers.Values];
    }

    private static SenderVerification SenderOf(DossierFile file, ActId request)
    {
        var act = file.Acts.FirstOrDefault(a => a.Signed.Id == request);
        return act?.Signed.Act.Body switch
        {
            null => new SenderVerification.NotChecked(),
            Transcribed t => new SenderVerification.Recorded(t.Channel, t.Authenticity),
            _ => new SenderVerification.BySeal(act.Checked),
        };
    }

    private static List<ActId> Consultations(RequestState request) =>
        [.. request.Questions.Where(q => q.Purpose == AskPurpose.Consultation).Select(q => q.Act).Distinct()];
}
