// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Officers;
using Microsoft.AspNetCore.Components;

namespace Comity.Node.Desk.Layout;

/// <summary>What stands around every page: whose node it is, when, and who looks.</summary>
/// <remarks>Components are public, as the framework makes them; so is what they are given, and nothing more.</remarks>
/// <param name="Party">The Party.</param>
/// <param name="Now">When the page was made.</param>
/// <param name="Path">Its address.</param>
/// <param name="Officer">Who is signed in.</param>
/// <param name="Ways">The pages of the desk they may open, with their titles.</param>
public sealed record Frame(
    string Party,
    DateTimeOffset Now,
    string Path,
    FrameOfficer? Officer,
    IReadOnlyList<(string Path, string Text)> Ways
)
{
    /// <summary>Whether whoever looks holds a role.</summary>
    public bool Is(Role role) => Officer?.Roles.Contains(role) == true;
}

/// <summary>Who is signed in.</summary>
public sealed record FrameOfficer(string Id, string Name, IReadOnlySet<Role> Roles);

/// <summary>A page of the desk.</summary>
public abstract class DeskPage : ComponentBase
{
    /// <summary>What stands around it.</summary>
    [Parameter, EditorRequired]
    public required Frame Frame { get; set; }
}
