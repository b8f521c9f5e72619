// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Net.Sockets;

namespace Comity.Node.Demo;

/// <summary>A bad line: passes bytes on between peers, and cuts whoever carries more than it will bear.</summary>
/// <remarks>It sees ciphertext only, as any line does. How often it cuts is set; then it holds.</remarks>
internal sealed class CuttingLine : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int to;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private long cutAfter = long.MaxValue;
    private int cutsLeft;

    /// <param name="at">Port on loopback that peers are told.</param>
    /// <param name="to">Port on loopback where the node listens.</param>
    public CuttingLine(int at, int to)
    {
        this.to = to;
        listener = new TcpListener(IPAddress.Loopback, at);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the next connections that carry more than so many bytes in one direction.</summary>
    public void CutAfter(long bytes, int times)
    {
        Interlocked.Exchange(ref cutAfter, bytes);
        Interlocked.Exchange(ref cutsLeft, times);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var near = await listener.AcceptTcpClientAsync(stopping.Token);
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var _ = near;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, to, stopping.Token);
            await Task.WhenAny(
                PassAsync(near.GetStream(), far.GetStream()),
                PassAsync(far.GetStream(), near.GetStream())
            );
        }
        catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException)
        {
            // The node is away or the demo ends: for whoever connected the line is dead, as a line can be.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream into)
    {
        var buffer = new byte[64 * 1024];
        var carried = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, stopping.Token)) > 0)
        {
            carried += read;
            if (carried > Interlocked.Read(ref cutAfter) && Interlocked.Decrement(ref cutsLeft) >= 0)
            {
                Cuts++;
                return;
            }

            await into.WriteAsync(buffer.AsMemory(0, read), stopping.Token);
        }
    }
}
