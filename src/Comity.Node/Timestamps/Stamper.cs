// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Register;
using Comity.Timestamps;

namespace Comity.Node.Timestamps;

/// <summary>Gets a timestamp over every published checkpoint from every authority, when they can be reached.</summary>
/// <remarks>
/// Nothing waits for it: publishing only notes that a checkpoint is to be stamped. Each authority has a round of its own, so
/// that one that hangs holds up no other. A crash at any line leaves a checkpoint that waits, which the next round finds; a
/// token that came and was not kept is asked for again. Of two nodes on one database both may ask, and the first token stays.
/// </remarks>
internal sealed class Stamper(
    IDatabase database,
    NodeSettings settings,
    AuthorityLine line,
    TimeProvider time,
    NodeMeters meters,
    ILogger<Stamper> log
) : BackgroundService
{
    /// <summary>The alarm that nothing was stamped for too long.</summary>
    public const string Overdue = "timestamp.overdue";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Notes that a checkpoint is to be stamped by every authority. For the write in which it is published.</summary>
    /// <param name="session">That write.</param>
    /// <param name="checkpoint">A checkpoint of this register.</param>
    /// <param name="now">When it is published.</param>
    public async Task EnqueueAsync(Session session, SignedNote checkpoint, DateTimeOffset now)
    {
        foreach (var authority in settings.Timestamps.Authorities)
        {
            await TimestampTables.AwaitAsync(session, authority.Url, checkpoint, now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await AgainAndAgainAsync(ForgetAsync, stoppingToken);
        await Task.WhenAll(
            settings
                .Timestamps.Authorities.Select(authority =>
                {
                    var failures = 0;
                    return AgainAndAgainAsync(
                        async stop =>
                        {
                            failures = await RoundAsync(authority, stop) ? 0 : failures + 1;
                            return WaitAfter(failures);
                        },
                        stoppingToken
                    );
                })
                .Append(AgainAndAgainAsync(WatchAsync, stoppingToken))
        );
    }

    /// <summary>How long to wait after so many failures in a row.</summary>
    private TimeSpan WaitAfter(int failures)
    {
        var wait = TimeSpan.FromSeconds(settings.FirstRetrySeconds * Math.Pow(2, Math.Min(failures - 1, 16)));
        return failures == 0 ? Pause
            : wait < LongestWait ? wait
            : LongestWait;
    }

    // Runs a work, waits as long as it says, and runs it again; ends when it gives nothing. A fault is logged and tried again.
    private async Task AgainAndAgainAsync(Func<CancellationToken, Task<TimeSpan?>> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan? wait = Pause;
            try
            {
                wait = await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                StamperLog.RoundFailed(log, fault);
            }

            if (wait is not { } pause)
            {
                return;
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What waits for an authority that the operator took out would wait for ever, and raise an alarm that nobody can end.
    private async Task<TimeSpan?> ForgetAsync(CancellationToken stop)
    {
        var known = settings.Timestamps.Authorities.Select(a => a.Url.AbsoluteUri).ToHashSet(StringComparer.Ordinal);
        var others = (await database.ReadAsync(TimestampTables.AwaitedAsync, stop)).Where(a => !known.Contains(a));
        foreach (var authority in others)
        {
            await database.WriteAsync(
                async session =>
                {
                    await TimestampTables.ForgetAsync(session, authority);
                    return 0;
                },
                stop
            );
        }

        return null;
    }

    /// <summary>Asks an authority for one timestamp, if there is one to ask for.</summary>
    /// <returns>False when it failed.</returns>
    private async Task<bool> RoundAsync(TimestampAuthority authority, CancellationToken stop)
    {
        var row = await database.ReadAsync(s => TimestampTables.NewestAsync(s, authority.Url), stop);
        if (row is null)
        {
            return true;
        }

        var request = TimestampRequest.For(Digest.Of(row.Content), RandomNumberGenerator.GetBytes(16));
        var asked = time.GetUtcNow();
        var outcome = (await line.AskAsync(authority.Url, request, stop))
            .Then(token => token.Answers(request, asked, time.GetUtcNow()))
            .Then(token => token.SignedUnder(authority.Trust));
        if (outcome is not Outcome<TimestampToken>.Admitted { Value: var verified })
        {
            var why = ((Outcome<TimestampToken>.Refused)outcome).Why;
            meters.Stamped(why.Code);
            StamperLog.NotStamped(log, authority.Url.Host, why.Code, why.Where);
            return false;
        }

        // A crash before this is done leaves the checkpoint waiting. Reported failed and kept all the same, it waits no more.
        await database.WriteAsync(
            async session =>
            {
                await TimestampTables.KeepAsync(session, authority.Url, row, verified);
                return 0;
            },
            stop
        );
        meters.Stamped("kept");
        return true;
    }

    private async Task<TimeSpan?> WatchAsync(CancellationToken stop)
    {
        if (settings.Timestamps.Authorities.Count == 0)
        {
            return null;
        }

        var now = Instants.ToSecond(time.GetUtcNow());
        if (
            await database.ReadAsync(TimestampTables.WaitingSinceAsync, stop) is { } since
            && now - since > TimeSpan.FromHours(settings.Timestamps.AlarmHours)
        )
        {
            // Named for when the waiting began: one alarm for each time that the authorities are away.
            var subject = Instants.Format(since);
            if (!await database.ReadAsync(s => AlarmTables.IsRaisedAsync(s, Overdue, settings.Party, subject), stop))
            {
                await database.WriteAsync(
                    async session =>
                    {
                        await AlarmTables.RaiseAsync(session, Overdue, settings.Party, subject, evidence: null, now);
                        return 0;
                    },
                    stop
                );
            }
        }

        return Pause;
    }
}

/// <summary>What the stamper logs: which authority and why, never what was to be stamped.</summary>
internal static partial class StamperLog
{
    [LoggerMessage(60, LogLevel.Warning, "no timestamp from {Authority}: {Code} {Where}")]
    public static partial void NotStamped(ILogger logger, string authority, string code, string where);

    [LoggerMessage(61, LogLevel.Error, "a timestamp round failed; it is tried again")]
    public static partial void RoundFailed(ILogger logger, Exception fault);
}
