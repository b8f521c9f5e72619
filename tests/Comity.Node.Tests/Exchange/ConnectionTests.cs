// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Security.Authentication;
using System.Text;
using Comity.Exchange;
using Comity.Files.Keys;
using Comity.Node.Exchange;

namespace Comity.Node.Tests.Exchange;

/// <summary>Who may connect, with what, and what a body may be. Everything over a real connection.</summary>
public sealed class ConnectionTests(OnSqlite states) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task A_certificate_that_no_directory_entry_names_is_told_so_and_hung_up_on()
    {
        using var root = Certificates.NewRoot("stranger", DateTimeOffset.UtcNow.AddMinutes(-1), 1);
        using var stranger = Certificates.NewConnection(
            root,
            ["127.0.0.1"],
            DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow.AddDays(1)
        );
        using var client = HostilePeer.Client(states.Victim, stranger, SslProtocols.Tls13);

        using var response = await client.GetAsync("v1/standing", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("exchange.certificate-unknown", await CodeAsync(response));
        Assert.True(response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_seal_is_no_certificate_for_a_connection()
    {
        using var client = HostilePeer.Client(states.Victim, states.Hostile.Seal, SslProtocols.Tls13);
        using var response = await client.GetAsync("v1/standing", Stop);
        Assert.Equal("exchange.certificate-unknown", await CodeAsync(response));
    }

    [Fact]
    public async Task Without_a_certificate_there_is_no_connection()
    {
        using var client = HostilePeer.Client(states.Victim, null, SslProtocols.Tls13);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync("v1/standing", Stop));
    }

    [Fact]
    public async Task TLS_older_than_1_3_is_no_connection()
    {
        using var client = HostilePeer.Client(states.Victim, states.Hostile.Keys.Connection, SslProtocols.Tls12);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync("v1/standing", Stop));
    }

    [Fact]
    public async Task The_certificate_of_another_State_speaks_for_that_State_and_no_other()
    {
        // XC pushes XB's act over its own connection: it is XC that is judged.
        var theirs = states.Hostile.Sign(states.Request());
        var answer = (await states.Other.PushAsync(states.Victim, states.Other.Issue(theirs))).Push();

        Assert.Equal(ActVerdict.NotAdmitted, answer.Answers[0].Verdict);
        Assert.Equal(
            "act.other-sender",
            (
                await states.Parts.Database.ReadAsync(
                    s => NotAdmittedTables.FindAsync(s, theirs.Id.Digest, states.Other.Party),
                    Stop
                )
            )?.Code
        );
    }

    [Theory]
    [InlineData("", "exchange.malformed")]
    [InlineData("[]", "exchange.malformed")]
    [InlineData("{}", "exchange.malformed")]
    [InlineData("""{"acts":null}""", "exchange.malformed")]
    [InlineData("""{"acts":[{}]}""", "exchange.malformed")]
    [InlineData("""{"acts":[],"more":1}""", "exchange.malformed")]
    [InlineData("""{"acts":[],"acts":[]}""", "exchange.malformed")]
    [InlineData("""{"acts":[]}""", "exchange.outside-limits")]
    [InlineData("""{"acts":[null]}""", "exchange.malformed")]
    [InlineData(
        """{"acts":[{"index":0,"act":"","receipt":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}]}""",
        "exchange.malformed"
    )]
    public async Task A_body_that_is_no_push_is_refused_and_nothing_is_entered(string body, string code)
    {
        var before = await states.CountAsync("register_entry");
        var answer = await states.Hostile.PostAsync(states.Victim, Encoding.UTF8.GetBytes(body));
        Assert.Equal((400, code), answer.Refusal());
        Assert.Equal(before, await states.CountAsync("register_entry"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_the_largest_size_is_read(bool isChunked)
    {
        var pushed = states.Hostile.Issue(states.Hostile.Sign(states.Request()));
        var body = Padded(ExchangeEncoding.Write(new Push([pushed])), Push.MaximumBytes);

        var answer = await states.Hostile.PostAsync(states.Victim, body, isChunked);

        Assert.Equal(ActVerdict.Admitted, answer.Push().Answers[0].Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_larger_by_a_byte_is_refused(bool isChunked)
    {
        var pushed = states.Hostile.Issue(states.Hostile.Sign(states.Request()));
        var body = Padded(ExchangeEncoding.Write(new Push([pushed])), Push.MaximumBytes + 1);
        var before = await states.CountAsync("register_entry");

        var answer = await states.Hostile.PostAsync(states.Victim, body, isChunked);

        Assert.Equal((413, "exchange.too-large"), answer.Refusal());
        Assert.Equal(before, await states.CountAsync("register_entry"));
    }

    [Theory]
    [InlineData("v1/nothing")]
    [InlineData("v1/nothing.html")]
    [InlineData("")]
    [InlineData("desk")]
    public async Task An_address_that_is_none_is_told_so(string path) =>
        Assert.Equal((404, "exchange.no-such-address"), (await states.Hostile.GetAsync(states.Victim, path)).Refusal());

    [Fact]
    public async Task Another_method_than_the_one_an_address_has_is_told_so() =>
        Assert.Equal(
            (404, "exchange.no-such-address"),
            (await states.Hostile.GetAsync(states.Victim, "v1/acts")).Refusal()
        );

    private static byte[] Padded(byte[] json, int size)
    {
        var padded = new byte[size];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        ExchangeEncoding.Read<TransportRefusal>(await response.Content.ReadAsByteArrayAsync(Stop)).Admitted().Code;
}
