// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Comity.Node.Demo;

/// <summary>Ports on loopback that nothing uses, each given out once, and to one process of Comity at a time.</summary>
/// <remarks>
/// A node that is killed and started again must find its ports as it left them, though others look for ports meanwhile. So
/// they lie below those that systems give to outgoing connections (Linux from 32,768, others from 49,152), and come from
/// blocks: whoever listens at a block's first port owns the others, until its process ends.
/// </remarks>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int Block = 64;
    private const int Blocks = 352;

    private static readonly Lock Turn = new();

    // Never stopped: they are what keeps the blocks ours.
    private static readonly List<TcpListener> Owned = [];
    private static int next;
    private static int end;

    /// <summary>Finds so many different ports.</summary>
    /// <exception cref="InvalidOperationException">Every block is taken.</exception>
    public static int[] Find(int count)
    {
        lock (Turn)
        {
            return [.. Enumerable.Range(0, count).Select(_ => Next())];
        }
    }

    private static int Next()
    {
        while (true)
        {
            if (next == end)
            {
                TakeBlock();
            }

            var port = next++;
            if (ListenAt(port) is { } listener)
            {
                listener.Dispose();
                return port;
            }
        }
    }

    private static void TakeBlock()
    {
        var from = RandomNumberGenerator.GetInt32(Blocks);
        for (var i = 0; i < Blocks; i++)
        {
            var head = First + ((from + i) % Blocks * Block);
            if (ListenAt(head) is { } listener)
            {
                Owned.Add(listener);
                (next, end) = (head + 1, head + Block);
                return;
            }
        }

        throw new InvalidOperationException("no ports are free on loopback between 10,000 and 32,527");
    }

    private static TcpListener? ListenAt(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
