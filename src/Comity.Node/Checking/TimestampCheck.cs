// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Node.Hosting;
using Comity.Node.Timestamps;
using Comity.Timestamps;

namespace Comity.Node.Checking;

/// <summary>Every timestamp kept against the checkpoint it is over and, while its authority is in the settings, against its root.</summary>
internal static class TimestampCheck
{
    private const int Page = 500;

    /// <summary>Checks the timestamps and says how many there are, when there is any.</summary>
    public static async Task RunAsync(NodeParts node, CheckReport report, CancellationToken stop)
    {
        var trusted = node.Settings.Timestamps.Authorities.ToDictionary(a => a.Url.AbsoluteUri, a => a.Trust);
        var count = 0;
        KeptRow? last = null;
        while (true)
        {
            var rows = await node.Database.ReadAsync(s => TimestampTables.KeptAsync(s, last, Page), stop);
            foreach (var row in rows)
            {
                var outcome = TimestampToken
                    .Parse(row.Token)
                    .Then(token => token.Covers(row.Content))
                    .Then(token =>
                        trusted.TryGetValue(row.Authority, out var trust)
                            ? token.SignedUnder(trust)
                            : new Outcome<TimestampToken>.Admitted(token)
                    );
                if (outcome is Outcome<TimestampToken>.Refused { Why: var why })
                {
                    var size = row.Size.ToString(CultureInfo.InvariantCulture);
                    report.Fault($"the timestamp of {row.Authority} over the checkpoint of {size} entries: {why.Code}");
                }
            }

            count += rows.Count;
            if (rows.Count < Page)
            {
                break;
            }

            last = rows[^1];
        }

        if (count > 0)
        {
            report.Line($"timestamps: {count.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
