// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Requests;

namespace Comity.Cli;

/// <summary>A request as a file: the body of a <c>request</c> act, before it is one.</summary>
internal static class RequestFile
{
    private static readonly ActKind Kind = ActKind.Find("request", 1)!;

    /// <summary>Reads a request file.</summary>
    /// <returns>
    /// The request, or <c>cli.no-such-file</c>, <c>act.too-large</c>, <c>act.malformed</c> or <c>act.outside-limits</c> at a
    /// path.
    /// </returns>
    public static Outcome<Request> Read(string path) =>
        Source
            .ReadBeginning(path, Act.MaximumBytes + 1)
            .Then(bytes => ActEncoding.ReadBody(Kind, bytes))
            .Map(body => (Request)body);
}
