// SPDX-License-Identifier: EUPL-1.2
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography.X509Certificates;
using Comity.Node.Parties;
using Comity.Parties;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Comity.Node.Exchange;

/// <summary>How many connections each Party may hold, so that no Party can hold all there are and lock the others out.</summary>
/// <remarks>
/// Counted once the handshake has shown a certificate. Before that only the handshake's five seconds are a bound: whoever opens
/// connections faster than that, from wherever, is for the network in front of the node to keep off. Whoever no directory entry
/// names shares one Party's room with all others of that kind: certificates cost nothing.
/// </remarks>
internal sealed class Connections(Directories directories)
{
    /// <summary>Connections of one Party. A node uses four: one for acts, and one for each exhibit it fetches.</summary>
    public const int OfEachParty = 32;

    /// <summary>Connections of everybody, handshakes included: as many as some thirty Parties at their most.</summary>
    public const int OfAll = 1_024;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>The Party whose entry names a certificate, or nothing.</summary>
    public static PartyId? PartyOf(PartyDirectory directory, X509Certificate2? certificate)
    {
        var id = certificate is null ? default : Digest.Of(certificate.RawData);
        return certificate is null
            ? null
            : directory.Parties.FirstOrDefault(p => directory.Find(p)!.Entry.Tls.Any(c => c.Id == id));
    }

    /// <summary>Lets a connection go on if its Party has room for it, and closes it otherwise.</summary>
    public async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var whose = await WhoseAsync(connection);
        try
        {
            if (open.AddOrUpdate(whose, 1, (_, count) => count + 1) <= OfEachParty)
            {
                await next(connection);
            }
        }
        finally
        {
            open.AddOrUpdate(whose, 0, (_, count) => count - 1);
        }
    }

    private async Task<string> WhoseAsync(ConnectionContext connection)
    {
        try
        {
            var directory = await directories.CurrentAsync(connection.ConnectionClosed);
            var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
            return PartyOf(directory, certificate)?.ToString() ?? "";
        }
        catch (Exception away) when (away is DbException or OperationCanceledException)
        {
            // The database is away, or the caller is: a request that still comes says so, and is logged there.
            return "";
        }
    }
}
