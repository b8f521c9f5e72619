// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization.Metadata;
using Comity.Evidence;
using Comity.Requests;

namespace Comity.Acts;

/// <summary>A kind of act this build understands.</summary>
/// <param name="Name">Its name in acts, never renamed and never reused.</param>
/// <param name="Version">Version of its body that this build reads and writes.</param>
/// <param name="By">Who issues it.</param>
/// <param name="Body">Type of its body.</param>
/// <param name="IsNightAct">Whether one duty officer may sign it alone, to be reviewed afterwards (design 17.5).</param>
public sealed record ActKind(string Name, int Version, Side By, Type Body, bool IsNightAct = false)
{
    /// <summary>Every kind, in the order in which a request usually meets them.</summary>
    public static IReadOnlyList<ActKind> All { get; } =
    [
        new("request", 1, Side.Requesting, typeof(Request)),
        new("acknowledge", 1, Side.Requested, typeof(Acknowledge), IsNightAct: true),
        new("ask", 1, Side.Requested, typeof(Ask)),
        new("supplement", 1, Side.Requesting, typeof(Supplement)),
        new("grant", 1, Side.Requested, typeof(Grant)),
        new("accept", 1, Side.Requesting, typeof(Accept)),
        new("refuse", 1, Side.Requested, typeof(Refuse)),
        new("postpone", 1, Side.Requested, typeof(Postpone)),
        new("extend", 1, Side.Either, typeof(Extend), IsNightAct: true),
        new("supply", 1, Side.Requested, typeof(Supply)),
        new("confirm", 1, Side.Requesting, typeof(Confirm)),
        new("withdraw", 1, Side.Requesting, typeof(Withdraw)),
        new("close", 1, Side.Requesting, typeof(Close)),
        new("transcribed", 1, Side.Either, typeof(Transcribed)),
        new("approve", 1, Side.Internal, typeof(Approve)),
        new("assess", 1, Side.Internal, typeof(Assess)),
        new("keep", 1, Side.Internal, typeof(Keep)),
        new("custody", 1, Side.Internal, typeof(Custody)),
        new("destroy", 1, Side.Internal, typeof(Destroy)),
    ];

    private static readonly Dictionary<string, ActKind> ByName = All.ToDictionary(k => k.Name);

    private static readonly Dictionary<Type, ActKind> ByBody = All.ToDictionary(k => k.Body);

    /// <summary>The kind of that name and version, or nothing when this build does not understand it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version.</param>
    public static ActKind? Find(string name, int version) =>
        ByName.TryGetValue(name, out var kind) && kind.Version == version ? kind : null;

    /// <summary>The kind of a body.</summary>
    /// <param name="body">A body of a kind in <see cref="All"/>.</param>
    public static ActKind Of(ActBody body) => ByBody[body.GetType()];

    /// <summary>How the body is read and written.</summary>
    internal JsonTypeInfo BodyType => ActJson.Of(Body);
}

/// <summary>Which side of a dossier issues a kind of act.</summary>
public enum Side
{
    /// <summary>The Party that asks.</summary>
    Requesting,

    /// <summary>The Party that is asked, whose register is the dossier's home.</summary>
    Requested,

    /// <summary>Either of the two.</summary>
    Either,

    /// <summary>Either, for itself: never sent.</summary>
    Internal,
}
