// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Bags;

/// <summary>Progress of one file among several: what was done before it is added.</summary>
internal sealed class ProgressFrom(IProgress<long>? inner, long before) : IProgress<long>
{
    public void Report(long value) => inner?.Report(before + value);
}
