// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Acts;

/// <summary>Tells a duty officer when nobody has reviewed in time what one officer signed alone, whoever looks or does not.</summary>
/// <remarks>
/// An alarm for each act, once. A crash at any line leaves nothing to repair: what is late and has no alarm is found again
/// at the next look, and of two nodes that look at one database the second finds the alarm raised.
/// </remarks>
internal sealed class ReviewWatch(
    IDatabase database,
    NodeSettings settings,
    TimeProvider time,
    ILogger<ReviewWatch> log
) : BackgroundService
{
    /// <summary>Most alarms raised in one write; the rest follow at the next look.</summary>
    private const int Most = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                ReviewWatchLog.LookFailed(log, fault);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Looked for without holding up any writer, and only when there is something once more in the write: a review may have
    // come in between.
    private async Task LookAsync(CancellationToken stop)
    {
        var now = Instants.ToSecond(time.GetUtcNow());
        var before = now.AddHours(-settings.NightReviewHours);
        if ((await database.ReadAsync(s => ReviewTables.LateAsync(s, before, 1), stop)).Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            async session =>
            {
                foreach (var draft in await ReviewTables.LateAsync(session, before, Most))
                {
                    var dossier = DossierId.TryParse(draft.Dossier, out var id)
                        ? (await DossierKeys.FindAsync(session, id))!
                        : throw new InvalidDataException("a dossier's id is not one");
                    await AlarmTables.RaiseAsync(
                        session,
                        Approvals.ReviewOverdue,
                        PartyId.Of(dossier.Peer),
                        draft.Id,
                        evidence: null,
                        now
                    );
                }

                return 0;
            },
            stop
        );
    }
}

/// <summary>What the watch logs. Never an act.</summary>
internal static partial class ReviewWatchLog
{
    [LoggerMessage(50, LogLevel.Error, "looking for late reviews failed; it is tried again")]
    public static partial void LookFailed(ILogger logger, Exception fault);
}
