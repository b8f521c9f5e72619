// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Settings;
using Comity.Node.Setup;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Register;

/// <summary>Stops a node from appending once somebody shows that it is behind itself.</summary>
/// <remarks>
/// A copy of yesterday that goes on writes a second history, and each further entry makes it worse. So the mark of a restored
/// node is set (<see cref="Restoration"/>), which outlives a restart; from then on nothing is appended here. A crash before the
/// mark is written leaves a node that hears the same the next time it speaks to that peer.
/// </remarks>
internal sealed class Halt(IDatabase database, NodeSettings settings, TimeProvider time, ILogger<Halt> log)
{
    private volatile bool isSet;

    /// <summary>Throws when the node may not append.</summary>
    /// <exception cref="RegisterBehindException">It may not.</exception>
    public void ThrowIfSet()
    {
        if (isSet)
        {
            throw new RegisterBehindException();
        }
    }

    /// <summary>Stops it when a peer shows a checkpoint of this register that is ahead of it, or beside it.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="known">The newest checkpoint of this register that the peer says it has seen; empty for none.</param>
    /// <param name="register">The register's key: what it did not sign says nothing about it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task IfBehindAsync(PartyId peer, string known, NoteVerifier register, CancellationToken stop)
    {
        var read = SignedNote
            .Parse(Encoding.UTF8.GetBytes(known))
            .Then(n => Checkpoint.Open(n, register, register.Name));
        if (isSet || read is not Outcome<Checkpoint>.Admitted seen)
        {
            return;
        }

        var (held, root) = await database.ReadAsync(session => RootAsync(session, seen.Value.Size), stop);
        if (root != seen.Value.Root)
        {
            await NowAsync(peer.ToString(), seen.Value.Size, held, stop);
        }
    }

    // The root this register had at a size; nothing when it has not got there.
    private static async Task<(long Held, TreeHash? Root)> RootAsync(Session session, long size)
    {
        var head = (await RegisterTables.HeadAsync(session))!;
        return size > head.Size
            ? (head.Size, null)
            : (head.Size, TreeEdge.Of(size, await RegisterTables.HashesAsync(session, TreeEdge.Subtrees(size))).Root());
    }

    // Stopped first, and then said: an alarm that cannot be raised leaves a node that appends nothing.
    private async Task NowAsync(string peer, long seen, long held, CancellationToken stop)
    {
        isSet = true;
        Restoration.Mark(settings.Data);
        HaltLog.Behind(log, peer, seen, held);
        await database.WriteAsync(
            async session =>
            {
                await AlarmTables.RaiseAsync(
                    session,
                    "register.behind",
                    settings.Party,
                    $"{peer} has seen {seen}, here are {held}",
                    null,
                    Instants.ToSecond(time.GetUtcNow())
                );
                return 0;
            },
            stop
        );
    }
}

/// <summary>What is logged when a node finds itself behind.</summary>
internal static partial class HaltLog
{
    [LoggerMessage(
        62,
        LogLevel.Critical,
        "{Peer} has seen {Seen} entries of this register and here are {Held}: nothing is appended any more (register.behind)"
    )]
    public static partial void Behind(ILogger logger, string peer, long seen, long held);
}
