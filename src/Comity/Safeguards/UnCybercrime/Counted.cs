// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;

namespace Comity.Safeguards.UnCybercrime;

/// <summary>A number with its noun, as an English sentence has it.</summary>
internal static class Counted
{
    /// <summary>For example <c>1 month</c> or <c>11 months</c>.</summary>
    public static string Of(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
