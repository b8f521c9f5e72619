// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics.Metrics;
using Comity.Exchange;

namespace Comity.Node;

/// <summary>What a node counts: how much and how it went, never whose or about what.</summary>
internal sealed class NodeMeters : IDisposable
{
    public const string Name = "Comity.Node";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> entries;
    private readonly Histogram<int> batches;
    private readonly Counter<long> arrivals;
    private readonly Counter<long> carried;
    private readonly Counter<long> evidence;
    private readonly Counter<long> timestamps;

    public NodeMeters()
    {
        entries = meter.CreateCounter<long>("comity.register.entries", "{entry}", "Entries appended");
        batches = meter.CreateHistogram<int>("comity.register.batch", "{work}", "Pieces of work in a batch");
        arrivals = meter.CreateCounter<long>(
            "comity.acts.arrived",
            "{act}",
            "Acts pushed by peers, by verdict and code"
        );
        carried = meter.CreateCounter<long>("comity.acts.carried", "{act}", "Acts answered by peers");
        evidence = meter.CreateCounter<long>("comity.evidence.bytes", "By", "Evidence bytes taken and given");
        timestamps = meter.CreateCounter<long>("comity.timestamps", "{answer}", "Timestamps asked for, by how it went");
    }

    public void Appended(int added, int works)
    {
        entries.Add(added);
        batches.Record(works);
    }

    public void Arrived(ActVerdict verdict, string code) =>
        arrivals.Add(1, new("verdict", Names.Of(verdict)), new("code", code));

    public void Carried(int acts) => carried.Add(acts);

    public void Evidence(long bytes, string direction) =>
        evidence.Add(bytes, new KeyValuePair<string, object?>("direction", direction));

    /// <summary>A timestamp was asked for: <c>kept</c>, or the code of what went wrong.</summary>
    public void Stamped(string outcome) => timestamps.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => meter.Dispose();
}
