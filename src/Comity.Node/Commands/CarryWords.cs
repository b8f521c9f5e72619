// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Globalization;
using Comity.Node.Bags;
using Comity.Parties;

namespace Comity.Node.Commands;

/// <summary>What <c>comity-node carry</c> says: lines for a person, or one JSON object a step.</summary>
internal static class CarryWords
{
    /// <summary>Of a bag that was packed, or would be.</summary>
    public static int Packed(ParseResult parsed, string outcome, PartyId to, DueByBag due, string? folder)
    {
        if (parsed.GetValue(Common.Json))
        {
            Common.Print(
                new
                {
                    outcome,
                    to = to.ToString(),
                    acts = due.Acts.Count,
                    answers = due.Answers.Count,
                    exhibits = due.Exhibits.Count,
                    bytes = due.Bytes,
                    isMore = due.IsMore,
                    folder,
                }
            );
            return Common.Ok;
        }

        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{due.Acts.Count} acts, {due.Answers.Count} answers, {due.Exhibits.Count} exhibits of {due.Bytes} bytes"
        );
        Console.WriteLine(
            outcome switch
            {
                "nothing-due" => $"nothing is due to {to}",
                "would-pack" => $"due to {to}: {what}",
                _ => $"packed for {to}: {what}, in {folder}",
            }
        );
        if (due.IsMore)
        {
            Console.WriteLine("more is due than a bag holds: pack another when this one was answered");
        }

        return Common.Ok;
    }

    /// <summary>Of a bag that was read through and not taken in.</summary>
    public static int Read(ParseResult parsed, ReadBag bag)
    {
        var manifest = bag.Manifest;
        var bytes = manifest.Exhibits.Sum(x => x.Size);
        if (parsed.GetValue(Common.Json))
        {
            Common.Print(
                new
                {
                    outcome = "holds",
                    from = manifest.From.ToString(),
                    made = Instants.Format(manifest.Made),
                    letters = manifest.Letters.Count,
                    exhibits = manifest.Exhibits.Count,
                    bytes,
                }
            );
        }
        else
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"whole, packed by {manifest.From} at {Instants.Format(manifest.Made)}: {manifest.Letters.Count} letters, {manifest.Exhibits.Count} exhibits of {bytes} bytes"
                )
            );
        }

        return Common.Ok;
    }

    /// <summary>Of a bag that was taken in. Not well when something in it needs a person.</summary>
    public static int Taken(ParseResult parsed, Unpacked done)
    {
        if (parsed.GetValue(Common.Json))
        {
            Common.Print(
                new
                {
                    outcome = "taken-in",
                    from = done.From.ToString(),
                    admitted = done.Admitted,
                    notAdmitted = done.NotAdmitted,
                    parked = done.Parked,
                    settled = done.Settled,
                    answersUnknown = done.Unknown,
                    exhibits = done.Exhibits,
                    exhibitsHere = done.ExhibitsHere,
                    exhibitsWaiting = done.ExhibitsWaiting,
                    cursor = done.Cursor,
                }
            );
        }
        else
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"from {done.From}: {done.Admitted} acts admitted, {done.NotAdmitted} not admitted, {done.Parked} parked; {done.Settled} answers; {done.Exhibits} exhibits, {done.ExhibitsHere} here before"
                )
            );
            if (done.ExhibitsWaiting > 0)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{done.ExhibitsWaiting} exhibits are supplied by no act that took effect here: take this bag in again when it has come"
                    )
                );
            }
        }

        return done.NotAdmitted + done.Unknown > 0 ? Common.NotOk : Common.Ok;
    }

    /// <summary>Of a bag that is not one, or that there can be none.</summary>
    public static int Refused(ParseResult parsed, Refusal why, string what)
    {
        if (parsed.GetValue(Common.Json))
        {
            Common.Print(
                new
                {
                    outcome = "refused",
                    code = why.Code,
                    source = why.Source.ToString(),
                    where = why.Where,
                }
            );
        }

        return Common.Complain(Common.NotOk, $"{what}: {why.Code}, {why.Where} ({why.Source})");
    }
}
