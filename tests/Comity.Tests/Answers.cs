// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Tests;

/// <summary>Short forms for outcomes in tests.</summary>
internal static class Answers
{
    /// <summary>The value; the test fails with the refusal when there is none.</summary>
    public static T Value<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Admitted admitted
            ? admitted.Value
            : throw new InvalidOperationException($"refused: {((Outcome<T>.Refused)outcome).Why}");

    /// <summary>The refusal's code, or <c>admitted</c>.</summary>
    public static string Code<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Refused refused ? refused.Why.Code : "admitted";

    /// <summary>The refusal's code and place, or <c>admitted</c>.</summary>
    public static (string Code, string Where) CodeAndPlace<T>(this Outcome<T> outcome) =>
        outcome is Outcome<T>.Refused refused ? (refused.Why.Code, refused.Why.Where) : ("admitted", "");
}
