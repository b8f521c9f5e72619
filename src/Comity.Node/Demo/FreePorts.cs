// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Comity.Node.Demo;

/// <summary>Ports on loopback that were free a moment ago.</summary>
/// <remarks>
/// Taken below those that systems give to outgoing connections (Linux from 32,768, others from 49,152): a node that is
/// killed and started again must find its port as it left it.
/// </remarks>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int End = 32_768;

    /// <summary>Finds so many different ports.</summary>
    public static int[] Find(int count)
    {
        var found = new HashSet<int>();
        while (found.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return [.. found];
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
