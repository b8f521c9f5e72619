// SPDX-License-Identifier: EUPL-1.2
using Comity.Exchange;
using Comity.Node.Exchange;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Tests.Faults;

/// <summary>A real line that drops when a test says so: before the peer heard anything, or after it did all it was asked.</summary>
internal sealed class FaultyTransport(IPeerTransport inner) : IPeerTransport
{
    private long calls;
    private long fetched;

    /// <summary>Whether the call of that number fails, from 1, and how.</summary>
    public Func<long, Form?> Plan { get; set; } = _ => null;

    /// <summary>Bytes of exhibits that came over the line.</summary>
    public long Fetched => Interlocked.Read(ref fetched);

    public Task<Standing> StandingAsync(PartyEntry peer, IReadOnlyList<long> since, CancellationToken stop) =>
        CallAsync(() => inner.StandingAsync(peer, since, stop));

    public Task<PushAnswer> PushAsync(PartyEntry peer, Push push, CancellationToken stop) =>
        CallAsync(() => inner.PushAsync(peer, push, stop));

    public Task<WitnessAnswer> SubmitAsync(PartyEntry peer, Submission submission, CancellationToken stop) =>
        CallAsync(() => inner.SubmitAsync(peer, submission, stop));

    public Task<byte[]> EntryAsync(PartyEntry peer, CancellationToken stop) =>
        CallAsync(() => inner.EntryAsync(peer, stop));

    public Task FetchAsync(
        PartyEntry peer,
        Digest sealedFile,
        long from,
        long size,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> into,
        CancellationToken stop
    ) =>
        CallAsync(async () =>
        {
            await inner.FetchAsync(
                peer,
                sealedFile,
                from,
                size,
                (bytes, cancel) =>
                {
                    Interlocked.Add(ref fetched, bytes.Length);
                    return into(bytes, cancel);
                },
                stop
            );
            return 0;
        });

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        var form = Plan(Interlocked.Increment(ref calls));
        if (form == Form.Failed)
        {
            throw new PeerUnreachableException("exchange.no-connection");
        }

        var answer = await call();
        return form == Form.Persisted ? throw new PeerUnreachableException("exchange.cut-off") : answer;
    }
}
