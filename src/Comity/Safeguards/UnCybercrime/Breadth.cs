// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>How broad a request is: over all data sought, items times days times the weight of the category.</summary>
/// <remarks>
/// A figure to compare requests by, not a limit. It never falls when an item, a day, a category or a whole period is added.
/// The weights are ours: subscriber data 1, traffic data 3, content 10. An item without a period counts a century.
/// </remarks>
/// <param name="Figure">The sum, 0 or more.</param>
/// <param name="Items">Items named.</param>
/// <param name="TotalDays">Days, over all items named.</param>
public sealed record Breadth(long Figure, int Items, long TotalDays)
{
    private const long Century = 36_525;

    /// <summary>How broad a request is.</summary>
    /// <param name="request">The request.</param>
    public static Breadth Of(Request request)
    {
        var days = request.Items.GroupBy(i => i.Id).ToDictionary(g => g.Key, g => g.Max(Days));
        var figure = request.Data.Sum(d => d.Items.Distinct().Sum(i => days.GetValueOrDefault(i)) * Weight(d.Category));
        return new(figure, request.Items.Count, request.Items.Sum(Days));
    }

    /// <summary>Days of an item's period, begun ones counted; a century without a period.</summary>
    internal static long DaysOf(TimeSpan period) =>
        Math.Max(1, (period.Ticks + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay);

    internal static long Days(Item item) =>
        item is { From: { } from, Until: { } until } ? Math.Min(Century, DaysOf(until - from)) : Century;

    /// <summary>For example <c>figure 120 (2 items, 40 days)</c>.</summary>
    public override string ToString() =>
        $"figure {Figure} ({Counted.Of(Items, "item")}, {Counted.Of(TotalDays, "day")})";

    private static long Weight(DataCategory category) =>
        category switch
        {
            DataCategory.Subscriber => 1,
            DataCategory.Traffic => 3,
            _ => 10,
        };
}
