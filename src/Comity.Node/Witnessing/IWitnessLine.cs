// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Exchange;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Witnessing;

/// <summary>A witness as its log sees it: a key, and a way to ask.</summary>
internal interface IWitnessLine
{
    /// <summary>The key its cosignatures have to be by.</summary>
    NoteVerifier Key { get; }

    /// <summary>What a policy may name it by: the Party, or the key's name.</summary>
    string Name { get; }

    /// <summary>Submits a checkpoint.</summary>
    /// <returns>What it answered, bounded; nothing of it is believed yet.</returns>
    /// <exception cref="PeerUnreachableException">It did not answer. It may have cosigned.</exception>
    Task<WitnessAnswer> SubmitAsync(Submission submission, CancellationToken stop);
}

/// <summary>A peer's node.</summary>
internal sealed class PeerWitness(NoteVerifier key, PartyEntry entry, IPeerTransport transport) : IWitnessLine
{
    public NoteVerifier Key => key;

    public string Name => entry.Party.ToString();

    public Task<WitnessAnswer> SubmitAsync(Submission submission, CancellationToken stop) =>
        transport.SubmitAsync(entry, submission, stop);
}

/// <summary>A witness that is no peer: C2SP tlog-witness over HTTP, as anyone may run it.</summary>
/// <param name="client">Bounds how long it waits; follows nothing.</param>
/// <param name="key">Its key.</param>
/// <param name="address">Its submission prefix.</param>
internal sealed class PublicWitness(HttpClient client, NoteVerifier key, Uri address) : IWitnessLine
{
    /// <summary>Most bytes of an answer.</summary>
    public const int LargestAnswer = 16 * 1024;

    public NoteVerifier Key => key;

    public string Name => key.Name;

    public async Task<WitnessAnswer> SubmitAsync(Submission submission, CancellationToken stop)
    {
        try
        {
            using var body = new ByteArrayContent(submission.ToBytes());
            using var response = await client.PostAsync(
                $"{address.ToString().TrimEnd('/')}/add-checkpoint",
                body,
                stop
            );
            return await ReadAsync(response, stop);
        }
        catch (HttpRequestException broken)
        {
            throw new PeerUnreachableException("exchange.no-connection", broken);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new PeerUnreachableException("exchange.timed-out", late);
        }
    }

    /// <summary>Reads an answer: the same from a peer's node and from anyone's.</summary>
    /// <exception cref="PeerUnreachableException">It is larger than <see cref="LargestAnswer"/>.</exception>
    /// <exception cref="HttpRequestException">It is larger than what the client buffers, or the line broke.</exception>
    public static async Task<WitnessAnswer> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentLength > LargestAnswer)
        {
            throw new PeerUnreachableException("exchange.answer-too-large");
        }

        await using var content = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[LargestAnswer + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return read > LargestAnswer
            ? throw new PeerUnreachableException("exchange.answer-too-large")
            : new WitnessAnswer(
                (int)response.StatusCode,
                System.Text.Encoding.UTF8.GetString(buffer, 0, read),
                response.Content.Headers.ContentType?.MediaType == WitnessRoutes.SizeType
            );
    }
}
