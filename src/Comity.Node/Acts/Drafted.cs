// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;

namespace Comity.Node.Acts;

/// <summary>A draft and what became of it.</summary>
/// <param name="Id">The draft.</param>
/// <param name="State">waiting, sealed or returned.</param>
/// <param name="Act">The sealed act.</param>
internal sealed record Drafted(string Id, string State, ActId? Act)
{
    public static Drafted Of(DraftRow row) => new(row.Id, row.State, ActId.TryParse(row.Act, out var act) ? act : null);
}
