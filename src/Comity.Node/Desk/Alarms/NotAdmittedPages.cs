// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Node.Desk.Layout;
using Comity.Node.Exchange;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Node.Desk.Alarms;

/// <summary>What was not admitted, for a duty officer to read before calling the sender back (design 17.4).</summary>
/// <remarks>
/// Nothing in it has been vouched for. It is shown as text when it reads as an act, and otherwise not at all: the bytes are
/// there to download, and no browser opens them.
/// </remarks>
internal static class NotAdmittedPages
{
    /// <summary>Its page.</summary>
    public const string Pattern = "/alarms/not-admitted/{peer}/{digest}";

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Pattern, ShowAsync);
        routes.Page(Pattern + "/bytes", DownloadAsync);
    }

    /// <summary>The address of one's page.</summary>
    public static string PathOf(NotAdmittedRow row) => $"/alarms/not-admitted/{row.Peer}/{row.Digest}";

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        if (await FindAsync(visit, "not-admitted.read") is not var (row, bytes))
        {
            return Notices.NoSuchPage(visit);
        }

        var payload = SignedBytes.Parse(bytes, Act.MaximumBytes) is Outcome<SignedBytes>.Admitted signed
            ? signed.Value.Content
            : bytes;
        var act = (ActEncoding.Parse(payload.Span) as Outcome<Act>.Admitted)?.Value;
        return visit.Show<NotAdmittedPage>(
            StatusCodes.Status200OK,
            (nameof(NotAdmittedPage.Row), row),
            (nameof(NotAdmittedPage.Size), (long)bytes.Length),
            (nameof(NotAdmittedPage.Act), act),
            (nameof(NotAdmittedPage.Text), act is null ? null : VisibleText.Of(Encoding.UTF8.GetString(payload.Span)))
        );
    }

    private static async Task<IResult> DownloadAsync(Visit visit) =>
        await FindAsync(visit, "not-admitted.downloaded") is var (row, bytes)
            ? Results.Bytes(bytes, "application/octet-stream", $"{row.Digest}.bin")
            : Notices.NoSuchPage(visit);

    private static async Task<(NotAdmittedRow Row, byte[] Bytes)?> FindAsync(Visit visit, string what)
    {
        if (
            !Digest.TryParse(visit.Route("digest"), out var digest)
            || !PartyId.TryParse(visit.Route("peer"), out var peer)
            || await visit.ReadAsync(s => NotAdmittedTables.FindAsync(s, digest, peer)) is not { } row
        )
        {
            return null;
        }

        await visit.NoteAsync(what, row.Digest);
        return (row, NotAdmittedTables.Open(row, visit.Node.Keys.AtRest));
    }
}
