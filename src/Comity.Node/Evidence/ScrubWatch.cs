// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Hosting;

namespace Comity.Node.Evidence;

/// <summary>Scrubs the store in the background, slowly enough that nobody notices, a pass a day.</summary>
internal sealed class ScrubWatch(NodeParts node, ILogger<ScrubWatch> log) : BackgroundService
{
    /// <summary>A node that has just started has other things to read.</summary>
    private static readonly TimeSpan First = TimeSpan.FromHours(1);

    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (node.Settings.ScrubMebibytesPerSecond == 0)
        {
            return;
        }

        await Task.Delay(First, node.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var report = await new Scrub(node).RunAsync(node.Settings.ScrubMebibytesPerSecond, null, stoppingToken);
                if (report.IsWell)
                {
                    ScrubLog.Well(log, report.Files);
                }
                else
                {
                    ScrubLog.Found(log, report.Changed.Count, report.Missing.Count, report.Files);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                ScrubLog.Failed(log, fault);
            }

            await Task.Delay(Between, node.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>What scrubbing logs: counts, never a name.</summary>
internal static partial class ScrubLog
{
    [LoggerMessage(60, LogLevel.Information, "the evidence store was read through: {Files} files, all whole")]
    public static partial void Well(ILogger logger, int files);

    [LoggerMessage(
        61,
        LogLevel.Error,
        "{Changed} exhibits are damaged and {Missing} are gone, of {Files}: see the alarms"
    )]
    public static partial void Found(ILogger logger, int changed, int missing, int files);

    [LoggerMessage(62, LogLevel.Error, "reading the evidence store through failed; it is tried again in a day")]
    public static partial void Failed(ILogger logger, Exception fault);
}
