// SPDX-License-Identifier: EUPL-1.2
using System.Reflection;
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>Every code the register can refuse with, read off its one table.</summary>
internal static class RegisterCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(RegisterRefusals)
            .GetProperties(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(property => ((Refusal)property.GetValue(null)!).Code),
    ];
}
