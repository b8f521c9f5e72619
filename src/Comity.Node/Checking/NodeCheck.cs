// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Evidence;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Hosting;
using Comity.Node.Storage;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Checking;

/// <summary>Reads everything a node holds and compares it with what it should be.</summary>
/// <remarks>
/// The register against its root and signature, every act against its id, its signature and its entry, every act of this
/// node against its officers' signatures, what lists are sorted by against the fold, every exhibit against its digest, every
/// timestamp against its checkpoint.
/// Writes nothing.
/// </remarks>
internal static class NodeCheck
{
    private const int Page = 1_000;

    /// <summary>Checks a node.</summary>
    public static async Task<CheckReport> RunAsync(NodeParts node, CancellationToken stop)
    {
        var report = new CheckReport();
        await RegisterCheck.RunAsync(node, report, stop);
        await ActsAsync(node, report, stop);
        await ExhibitsAsync(node, report, stop);
        await TimestampCheck.RunAsync(node, report, stop);
        return report;
    }

    private static async Task ActsAsync(NodeParts node, CheckReport report, CancellationToken stop)
    {
        var dossiers = await node.Database.ReadAsync(
            async s =>
                (
                    await s.Connection.QueryAsync<string>(
                        "select id from dossier where key is not null order by id",
                        transaction: s.Transaction
                    )
                ).ToList(),
            stop
        );
        var acts = 0;
        foreach (var text in dossiers)
        {
            if (!DossierId.TryParse(text, out var id))
            {
                report.Fault("a dossier's id is not one");
                continue;
            }

            try
            {
                var directory = await node.Directories.CurrentAsync(stop);
                acts += await node.Database.ReadAsync(s => DossierAsync(node, s, id, directory, report), stop);
            }
            catch (Exception bad) when (bad is InvalidDataException or CryptographicException)
            {
                report.Fault($"dossier {id}: {bad.Message}");
            }
        }

        report.Line(
            $"acts: {acts.ToString(CultureInfo.InvariantCulture)} in {dossiers.Count.ToString(CultureInfo.InvariantCulture)} dossiers"
        );
    }

    // In one read, so that nothing that happens meanwhile is taken for a fault.
    private static async Task<int> DossierAsync(
        NodeParts node,
        Session session,
        DossierId id,
        PartyDirectory directory,
        CheckReport report
    )
    {
        var file = (await DossierFile.ReadAsync(session, id, node.Keys.AtRest))!;
        Signatures(node, file, report);
        await OfficerCheck.RunAsync(node, session, file, report);
        await RowsAsync(session, file, report);
        await CustodyAsync(node, session, file, directory, report);
        return file.Acts.Count;
    }

    private static async Task CustodyAsync(
        NodeParts node,
        Session session,
        DossierFile file,
        PartyDirectory directory,
        CheckReport report
    )
    {
        var certified = file
            .Internal.Select(a => a.Signed.Act.Body)
            .OfType<Destroy>()
            .Select(d => d.SealedSha256.ToString())
            .ToHashSet();
        foreach (var row in await ExhibitTables.OfAsync(session, file.Dossier.Id))
        {
            if (row.State is ExhibitTables.Destroying or ExhibitTables.Destroyed && !certified.Contains(row.Sealed))
            {
                report.Fault($"exhibit {row.Sealed} was destroyed without a certificate");
            }
        }

        foreach (var chain in await CustodyReport.ReadAsync(session, node, file, directory))
        {
            foreach (var fault in chain.Faults)
            {
                report.Fault(
                    $"exhibit {chain.Exhibit}: its chain of custody is broken at {fault.Where} ({fault.Code})"
                );
            }
        }
    }

    // Who holds the database and no key can put an act there, not sign it.
    private static void Signatures(NodeParts node, DossierFile file, CheckReport report)
    {
        foreach (var act in file.Acts.Select(a => a.Signed))
        {
            if (!node.PeerKeys.Verifies(act.Signed, act.Signed.Signer))
            {
                report.Fault($"act {act.Id} does not carry its signer's signature");
            }
        }
    }

    private static async Task RowsAsync(Session session, DossierFile file, CheckReport report)
    {
        var requests = file.Dossier.Requests;
        var request = requests.LastOrDefault(r => !r.IsEnded) ?? (requests.Count > 0 ? requests[^1] : null);
        if (file.Row.Stage != (request is null ? "" : Names.Of(request.Stage)))
        {
            report.Fault($"dossier {file.Row.Id}: the list says {file.Row.Stage} and the acts do not");
        }

        var inRegister = await session.Connection.ExecuteScalarAsync<long>(
            """
            select count(*) from act a where a.dossier = @Id
              and not exists (select 1 from register_entry e where e.act = a.id and e.recorded <> 'not-admitted')
            """,
            new { file.Row.Id },
            session.Transaction
        );
        if (inRegister > 0)
        {
            report.Fault(
                $"dossier {file.Row.Id}: {inRegister.ToString(CultureInfo.InvariantCulture)} acts are not in the register"
            );
        }
    }

    private static async Task ExhibitsAsync(NodeParts node, CheckReport report, CancellationToken stop)
    {
        var count = 0;
        await foreach (var digest in node.Evidence.ListAsync(stop))
        {
            count++;
            await using var stream = (await node.Evidence.OpenAsync(digest, stop))!;
            if (new Digest(await SHA256.HashDataAsync(stream, stop)) != digest)
            {
                report.Fault($"exhibit {digest} is not what its name says");
            }
        }

        var expected = await node.Database.ReadAsync(
            async s =>
                (
                    await s.Connection.QueryAsync<string>(
                        "select sealed from exhibit where state in (@Held, @Whole, @Damaged)",
                        new
                        {
                            ExhibitTables.Held,
                            ExhibitTables.Whole,
                            ExhibitTables.Damaged,
                        },
                        s.Transaction
                    )
                ).ToList(),
            stop
        );
        foreach (var name in expected)
        {
            if (!Digest.TryParse(name, out var digest) || await node.Evidence.OpenAsync(digest, stop) is not { } stream)
            {
                report.Fault($"exhibit {name} is not in the store");
                continue;
            }

            await stream.DisposeAsync();
        }

        report.Line($"exhibits: {count.ToString(CultureInfo.InvariantCulture)}");
    }
}

/// <summary>What a check found.</summary>
internal sealed class CheckReport
{
    private readonly List<string> lines = [];
    private readonly List<string> faults = [];

    /// <summary>What was looked at.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>What does not hold; empty when everything does.</summary>
    public IReadOnlyList<string> Faults => faults;

    public void Line(string line) => lines.Add(line);

    public void Fault(string fault) => faults.Add(fault);
}
