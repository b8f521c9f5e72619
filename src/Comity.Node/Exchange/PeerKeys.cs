// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using Comity.Signatures;

namespace Comity.Node.Exchange;

/// <summary>Checks seals with keys that are imported once: importing costs more than verifying.</summary>
/// <remarks>The framework's key objects are not thread-safe, so each is used by one check at a time.</remarks>
internal sealed class PeerKeys : IDisposable
{
    /// <summary>Most certificates kept. A hundred Parties with two authorities and a replaced seal each.</summary>
    private const int Most = 512;

    private readonly ConcurrentDictionary<Digest, ConcurrentBag<PinnedKey>> keys = new();

    /// <summary>Whether a pinned certificate's key made a signature.</summary>
    public bool Verifies(SignedBytes signed, CertificateText seal)
    {
        if (keys.Count > Most)
        {
            Dispose();
        }

        var pool = keys.GetOrAdd(seal.Id, _ => []);
        var key = pool.TryTake(out var kept) ? kept : PinnedKey.TryImport(seal);
        if (key is null)
        {
            return false;
        }

        try
        {
            return signed.VerifiesWith(key);
        }
        finally
        {
            pool.Add(key);
        }
    }

    public void Dispose()
    {
        foreach (var id in keys.Keys)
        {
            if (keys.TryRemove(id, out var pool))
            {
                while (pool.TryTake(out var key))
                {
                    key.Dispose();
                }
            }
        }
    }
}
