// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Officers;

namespace Comity.Node.Desk;

/// <summary>Who may open which page and send which form: the one list. What is not in it is not served.</summary>
/// <remarks>
/// A page without a row, or a row without a page, stops the node from starting. Who may do a thing to one dossier is the
/// dossier's own rule (openings, two officers); this list is only about roles.
/// </remarks>
internal static class Access
{
    private static readonly IReadOnlyList<Role> Anyone = Enum.GetValues<Role>();
    private static readonly IReadOnlyList<Role> Casework = [Role.Drafter, Role.Approver, Role.Assessor];
    private static readonly IReadOnlyList<Role> Drafting = [Role.Drafter];
    private static readonly IReadOnlyList<Role> Approving = [Role.Approver];
    private static readonly IReadOnlyList<Role> Assessing = [Role.Assessor];

    /// <summary>Every row.</summary>
    public static IReadOnlyList<AccessRule> All { get; } =
    [
        AccessRule.Open("GET", "/sign-in/{link}"),
        AccessRule.Open("POST", "/sign-in"),
        AccessRule.Open("GET", "/signed-out"),
        new("POST", "/sign-out", Anyone),
        new("GET", "/", Casework),
        new("GET", "/alarms", Anyone),
        new("POST", "/alarms/seen", Anyone),
        new("GET", "/alarms/proof", Anyone),
        new("GET", "/alarms/trust/{peer}", Anyone),
        new("POST", "/alarms/trust/{peer}", Approving),
        new("GET", "/alarms/not-admitted/{peer}/{digest}", Casework),
        new("GET", "/alarms/not-admitted/{peer}/{digest}/bytes", Casework),
        new("GET", "/requests/new", Drafting),
        new("POST", "/requests/new", Drafting),
        new("GET", "/dossiers/{dossier}", Casework),
        new("GET", "/dossiers/{dossier}.json", Casework),
        new("GET", "/dossiers/{dossier}.asice", Casework),
        new("GET", "/dossiers/{dossier}/acts/{act}", Casework),
        new("GET", "/dossiers/{dossier}/acts/{act}.p7m", Casework),
        new("GET", "/dossiers/{dossier}/requests/new", Drafting),
        new("POST", "/dossiers/{dossier}/requests/new", Drafting),
        new("GET", "/dossiers/{dossier}/requests/{request}/{kind}", Drafting),
        new("POST", "/dossiers/{dossier}/requests/{request}/{kind}", Drafting),
        new("GET", "/dossiers/{dossier}/exhibits/new", Drafting),
        AccessRule.Stream("/dossiers/{dossier}/exhibits/new", Drafting),
        AccessRule.Stream("/dossiers/{dossier}/exhibits/sealed", Drafting),
        new("GET", "/dossiers/{dossier}/exhibits/{sealed}", Casework),
        new("GET", "/dossiers/{dossier}/custody", Casework),
        new("GET", "/dossiers/{dossier}/exhibits/{sealed}/take-out", Drafting),
        new("POST", "/dossiers/{dossier}/exhibits/{sealed}/take-out", Drafting),
        new("GET", "/dossiers/{dossier}/requests/{request}/assess", Assessing),
        new("POST", "/dossiers/{dossier}/requests/{request}/assess", Assessing),
        new("GET", "/drafts/{draft}", Casework),
        new("POST", "/drafts/{draft}", Approving),
        new("POST", "/drafts/{draft}/take-back", Drafting),
        new("POST", "/drafts/{draft}/review", Approving),
    ];

    /// <summary>The pages that stand in every page's head, in order.</summary>
    private static readonly IReadOnlyList<(string Path, string Text)> Ways =
    [
        ("/", "Cases"),
        ("/requests/new", "New request"),
        ("/alarms", "Alarms"),
    ];

    /// <summary>Those an officer may open.</summary>
    public static IReadOnlyList<(string Path, string Text)> WaysOf(Officer officer) =>
        [.. Ways.Where(w => Of("GET", w.Path).Admits(officer))];

    /// <summary>The row of a page or form.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static AccessRule Of(string method, string pattern) =>
        All.FirstOrDefault(r => r.Method == method && r.Pattern == pattern)
        ?? throw new InvalidOperationException($"{method} {pattern} has no row in {nameof(Access)}");
}

/// <summary>Who may open a page or send a form, and how much may be sent.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Pattern">The address.</param>
/// <param name="Roles">An officer with one of these may; nothing: anybody, also without signing in.</param>
internal sealed record AccessRule(string Method, string Pattern, IReadOnlyList<Role>? Roles)
{
    /// <summary>Bytes of a form that anybody may send: a token and nothing more.</summary>
    public const long SmallBody = 64 * 1024;

    /// <summary>
    /// Bytes of a form an officer sends: every field of an act at its limit, in any script, still fits, and one that is far
    /// too long is read whole, so that it can be shown again with what is wrong.
    /// </summary>
    public const long FormBody = 16 * 1024 * 1024;

    /// <summary>Largest body, in bytes.</summary>
    /// <param name="largestExhibit">The largest file that can be put in, by the node's settings.</param>
    public long LargestBody(long largestExhibit) =>
        Streams ? (largestExhibit < long.MaxValue - FormBody ? largestExhibit + FormBody : long.MaxValue)
        : Roles is null ? SmallBody
        : FormBody;

    /// <summary>Whether the form reads its body itself, piece by piece, the token first.</summary>
    public bool Streams { get; init; }

    /// <summary>A row for a form that carries files: as large as the node's settings allow, and read piece by piece.</summary>
    public static AccessRule Stream(string pattern, IReadOnlyList<Role> roles) =>
        new("POST", pattern, roles) { Streams = true };

    /// <summary>A row for everybody.</summary>
    public static AccessRule Open(string method, string pattern) => new(method, pattern, null);

    /// <summary>Whether an officer may.</summary>
    public bool Admits(Officer officer) => Admits(officer.Roles);

    /// <summary>Whether somebody with these roles may.</summary>
    public bool Admits(IReadOnlySet<Role> roles) => Roles is null || Roles.Any(roles.Contains);
}
