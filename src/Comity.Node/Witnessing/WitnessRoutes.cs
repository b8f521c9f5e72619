// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;
using Comity.Register;

namespace Comity.Node.Witnessing;

/// <summary>The call by which a log asks for a cosignature: C2SP tlog-witness, <c>add-checkpoint</c>.</summary>
internal static class WitnessRoutes
{
    /// <summary>The media type of the size in a 409.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>Answers a submission.</summary>
    /// <param name="context">The request.</param>
    /// <param name="witness">The witness.</param>
    /// <param name="find">The key and origin of the log of that name, when it is one that is witnessed for this caller.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task AnswerAsync(
        HttpContext context,
        Witness witness,
        Func<string, (NoteVerifier Key, string Origin)?> find,
        CancellationToken stop
    )
    {
        var body = await BoundedBody.ReadAsync(context.Request, Submission.MaximumBytes, stop);
        if (body is null)
        {
            await WriteAsync(context, new WitnessAnswer(413, "register.submission-too-large\n", IsSize: false), stop);
            return;
        }

        if (Submission.Parse(body) is not Outcome<Submission>.Admitted submission)
        {
            var why = ((Outcome<Submission>.Refused)Submission.Parse(body)).Why;
            await WriteAsync(context, new WitnessAnswer(400, why.Code + "\n", IsSize: false), stop);
            return;
        }

        // The name is read before anything is verified, and decides only which key is tried.
        var name = submission.Value.Checkpoint.Text.Split('\n')[0];
        var answer = find(name) is { } log
            ? await witness.AddAsync(submission.Value, log.Key, log.Origin, stop)
            : new WitnessAnswer(404, "register.checkpoint-origin\n", IsSize: false);
        await WriteAsync(context, answer, stop);
    }

    private static Task WriteAsync(HttpContext context, WitnessAnswer answer, CancellationToken stop)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.IsSize ? SizeType : "text/plain; charset=utf-8";
        return context.Response.WriteAsync(answer.Text, stop);
    }
}
