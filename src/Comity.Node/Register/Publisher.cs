// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Node.Timestamps;
using Comity.Node.Witnessing;

namespace Comity.Node.Register;

/// <summary>Gives the register to the public, at fixed intervals: takes a checkpoint, writes the tiles, asks the witnesses.</summary>
/// <remarks>
/// <para>
/// At instants that do not depend on what happens here, and with padding, so that nobody outside learns when an act entered
/// (design 17.2). Nobody who appends waits for any of it.
/// </para>
/// <para>
/// The three steps are durable one by one: the checkpoint is taken in the transaction of the batch that it covers; the tiles and
/// the checkpoint are brought to the folder from the database; each cosignature is kept before the folder shows it. A crash
/// between any two is repaired by doing the next one, which is what a start does first.
/// </para>
/// </remarks>
internal sealed class Publisher(
    IDatabase database,
    RegisterWriter register,
    ITileStore store,
    Keys.NodeKeys keys,
    NodeSettings settings,
    WitnessRound witnesses,
    Stamper stamper,
    TimeProvider time,
    ILogger<Publisher> log
) : BackgroundService
{
    // What Linux and Windows say of a file that another process has open.
    private const int WouldBlock = 11;
    private const int SharingViolation = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Publishes now, unless that was done at or after an instant.</summary>
    /// <param name="since">The instant.</param>
    /// <param name="stop">Gives up; what was done stays, and the next attempt goes on from there.</param>
    /// <returns>What the folder shows then; nothing when nothing was ever published.</returns>
    public async Task<Publication?> PublishAsync(DateTimeOffset since, CancellationToken stop)
    {
        await register.WriteAsync(
            async batch =>
            {
                var newest = await PublicationTables.NewestAsync(batch.Session);
                if (newest is null || newest.At < since)
                {
                    batch.Publish(
                        newest?.Size ?? 0,
                        settings.Padding,
                        async (checkpoint, note) =>
                        {
                            await PublicationTables.AddAsync(batch.Session, checkpoint.Size, batch.Entered, note);
                            await stamper.EnqueueAsync(batch.Session, note, batch.Entered);
                        }
                    );
                }

                return 0;
            },
            stop
        );
        return await BringOutAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var slot = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // The first round repairs what a crash has left, and publishes nothing new.
                await (
                    slot == DateTimeOffset.MinValue ? BringOutAsync(stoppingToken) : PublishAsync(slot, stoppingToken)
                );
                if (settings.PublishSeconds == 0)
                {
                    return;
                }

                var now = time.GetUtcNow();
                slot = Next(now, settings.PublishSeconds);
                await Task.Delay(slot - now, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                PublisherLog.NotPublished(log, fault);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<Publication?> BringOutAsync(CancellationToken stop)
    {
        // One at a time, whichever process: of two, the slower would put back the older checkpoint.
        await using var turn = await TurnAsync(stop);
        var shown = await TileWriting.BringOutAsync(database, store, keys.Register.Verifier, stop);
        if (shown is not null && await witnesses.AskAsync(shown, stop))
        {
            shown = await TileWriting.BringOutAsync(database, store, keys.Register.Verifier, stop);
        }

        return shown;
    }

    private async Task<FileStream> TurnAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(settings.Data, "publishing.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException busy) when (busy.HResult == WouldBlock || (busy.HResult & 0xFFFF) == SharingViolation)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
        }
    }

    // The next multiple of the interval since 1970, whatever was the case when the node started.
    private static DateTimeOffset Next(DateTimeOffset now, int seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / seconds + 1) * seconds);
}

/// <summary>What the publisher logs.</summary>
internal static partial class PublisherLog
{
    [LoggerMessage(60, LogLevel.Error, "the register was not published; it is tried again")]
    public static partial void NotPublished(ILogger logger, Exception fault);
}
