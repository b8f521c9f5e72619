// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Requests;

/// <summary>How what is supplied later becomes part of a request.</summary>
public static class Merging
{
    /// <summary>The request as it stands once a supplement is added.</summary>
    /// <remarks>
    /// Facts are numbered on from those there, whatever number they came with. An offence with a short name already used
    /// takes the other's place; conduct and attachments are added. A reference to a fact that does not exist shows nothing
    /// and is dropped. Adding supplements one by one in the order they were taken in gives the request a rule reads.
    /// </remarks>
    /// <param name="request">The request so far.</param>
    /// <param name="supplement">What is added.</param>
    public static Request With(this Request request, Supplement supplement)
    {
        var facts = request.Facts.Count + supplement.Facts.Count;
        return request with
        {
            Facts =
            [
                .. request.Facts,
                .. supplement.Facts.Select((f, i) => f with { Number = request.Facts.Count + i + 1 }),
            ],
            Conduct =
            [
                .. request.Conduct,
                .. supplement.Conduct.Select(c => c with { Facts = [.. c.Facts.Where(f => f >= 1 && f <= facts)] }),
            ],
            Offences =
            [
                .. request.Offences.Select(o => supplement.Offences.FirstOrDefault(s => s.Id == o.Id) ?? o),
                .. supplement.Offences.Where(s => request.Offences.All(o => o.Id != s.Id)),
            ],
            Attachments = [.. request.Attachments, .. supplement.Attachments],
        };
    }
}
