// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Net.Http.Headers;
using Comity.Exchange;

namespace Comity.Node.Tests;

/// <summary>What a node answered.</summary>
internal sealed record Answered(HttpStatusCode Status, byte[] Body, ContentRangeHeaderValue? Range)
{
    /// <summary>The answer to a push that was taken.</summary>
    public PushAnswer Push()
    {
        Assert.Equal(HttpStatusCode.OK, Status);
        return ExchangeEncoding.Read<PushAnswer>(Body).Admitted();
    }

    /// <summary>The status and code of a push that was not.</summary>
    public (int Status, string Code) Refusal() =>
        ((int)Status, ExchangeEncoding.Read<TransportRefusal>(Body).Admitted().Code);
}
