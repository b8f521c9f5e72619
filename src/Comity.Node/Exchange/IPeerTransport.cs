// SPDX-License-Identifier: EUPL-1.2
using Comity.Exchange;
using Comity.Node.Witnessing;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Exchange;

/// <summary>How a node reaches a peer's.</summary>
/// <remarks>
/// The contract every implementation keeps, and the tests' double enforces: an answer is the peer's, whose key the
/// directory names; a call that throws <see cref="PeerUnreachableException"/> may still have been carried out, so whatever
/// is sent can be sent again; nothing is retried here.
/// </remarks>
internal interface IPeerTransport
{
    /// <summary>Asks how far the peer has got with us, and for proof that its register only grew since these sizes.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="since">Up to <see cref="Standing.MaximumProofs"/> sizes that were seen before.</param>
    /// <param name="stop">Gives up.</param>
    Task<Standing> StandingAsync(PartyEntry peer, IReadOnlyList<long> since, CancellationToken stop);

    /// <summary>Pushes acts.</summary>
    Task<PushAnswer> PushAsync(PartyEntry peer, Push push, CancellationToken stop);

    /// <summary>Fetches part of an exhibit.</summary>
    /// <param name="peer">The Party that supplies it.</param>
    /// <param name="sealedFile">The exhibit, by the digest of the sealed file.</param>
    /// <param name="from">First byte wanted.</param>
    /// <param name="size">Size of the whole, as the manifest says.</param>
    /// <param name="into">Takes the bytes as they come, from <paramref name="from"/> on, never more than to the end.</param>
    /// <param name="stop">Gives up.</param>
    Task FetchAsync(
        PartyEntry peer,
        Digest sealedFile,
        long from,
        long size,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> into,
        CancellationToken stop
    );

    /// <summary>Asks the peer, as a witness, to cosign a checkpoint.</summary>
    /// <returns>Its answer, whatever the status: nothing of it is believed yet.</returns>
    Task<WitnessAnswer> SubmitAsync(PartyEntry peer, Submission submission, CancellationToken stop);

    /// <summary>The peer's own newest directory entry, signed.</summary>
    Task<byte[]> EntryAsync(PartyEntry peer, CancellationToken stop);
}

/// <summary>A peer could not be reached, or did not answer as the specification says.</summary>
/// <param name="code">Stable code, for an operator: which hop is broken.</param>
/// <param name="inner">What the machine said.</param>
internal sealed class PeerUnreachableException(string code, Exception? inner = null)
    : Exception($"the peer was not reached ({code})", inner)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
