// SPDX-License-Identifier: EUPL-1.2
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Comity.Node.Tests.Exchange;
using Dapper;

namespace Comity.Node.Tests.Evidence;

/// <summary>An exhibit goes to the State it was supplied to, once an act supplies it, and to nobody else.</summary>
public abstract class ServeTests(HostileFixture states)
{
    private const string Act = "act-that-supplies-it";

    [Fact]
    public async Task The_State_it_was_supplied_to_gets_it_whole_or_in_parts()
    {
        var (digest, bytes) = await HoldAsync(suppliedTo: "XB");

        Assert.Equal((206, digest), await GetAsync(digest, new RangeHeaderValue(0, bytes.Length - 1)));
        Assert.Equal(
            (206, Digest.Of(bytes.AsSpan(1000))),
            await GetAsync(digest, new RangeHeaderValue(1000, bytes.Length - 1))
        );
        Assert.Equal((206, Digest.Of(bytes.AsSpan(5, 1))), await GetAsync(digest, new RangeHeaderValue(5, 5)));
        Assert.Equal((200, digest), await GetAsync(digest, null));
    }

    [Fact]
    public async Task A_part_beyond_its_end_is_none()
    {
        var (digest, bytes) = await HoldAsync(suppliedTo: "XB");
        Assert.Equal(
            (416, Digest.Of([])),
            await GetAsync(digest, new RangeHeaderValue(bytes.Length, bytes.Length + 10))
        );
    }

    [Theory]
    [InlineData("XC", "held")]
    [InlineData("", "held")]
    [InlineData("XB", "expected")]
    [InlineData("XB", "whole")]
    public async Task To_anyone_else_and_before_an_act_supplies_it_it_is_unknown(string suppliedTo, string state)
    {
        var (digest, _) = await HoldAsync(suppliedTo, state);
        Assert.Equal((404, "exhibit.unknown"), (await RefusedAsync(digest.ToString())).Refusal());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("..%2f..%2fkeys%2fdata.key")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_exhibit_is_unknown(string name) =>
        Assert.Equal((404, "exhibit.unknown"), (await RefusedAsync(name)).Refusal());

    [Fact]
    public async Task One_whose_file_is_gone_is_unknown()
    {
        var (digest, _) = await HoldAsync(suppliedTo: "XB");
        await states.Parts.Evidence.DeleteAsync(digest, Stop);
        Assert.Equal((404, "exhibit.unknown"), (await RefusedAsync(digest.ToString())).Refusal());
    }

    private Task<Answered> RefusedAsync(string name) => states.Hostile.GetAsync(states.Victim, $"v1/exhibits/{name}");

    private async Task<(int Status, Digest Body)> GetAsync(Digest digest, RangeHeaderValue? range)
    {
        var answer = await states.Hostile.GetAsync(states.Victim, $"v1/exhibits/{digest}", range);
        return ((int)answer.Status, Digest.Of(answer.Body));
    }

    // A file in XA's store, with the rows that stand when an act supplied it.
    private async Task<(Digest Digest, byte[] Bytes)> HoldAsync(string suppliedTo, string state = "held")
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var digest = Digest.Of(bytes);
        var file = Path.Combine(Directory.CreateDirectory(states.Parts.Settings.ArrivingFolder).FullName, "to-place");
        await File.WriteAllBytesAsync(file, bytes, Stop);
        await states.Parts.Evidence.PlaceAsync(file, digest, Stop);
        await states.Parts.Database.WriteAsync(
            async s =>
            {
                var act = $"{Act} {digest}";
                await s.Connection.ExecuteAsync(
                    """
                    insert into exhibit (sealed, dossier, act, size, state, source, next_try, failures, put_by)
                    values (@Sealed, '', @act, @Size, @state, '', 9223372036854775807, 0, '')
                    """,
                    new
                    {
                        Sealed = digest.ToString(),
                        act = suppliedTo.Length == 0 ? "" : act,
                        Size = (long)bytes.Length,
                        state,
                    },
                    s.Transaction
                );
                return await s.Connection.ExecuteAsync(
                    "insert into delivery (peer, idx, act, is_answered) values (@suppliedTo, @Index, @act, 1)",
                    new
                    {
                        suppliedTo,
                        Index = 1_000_000 + Random.Shared.NextInt64(1_000_000_000),
                        act,
                    },
                    s.Transaction
                );
            },
            Stop
        );
        return (digest, bytes);
    }
}

/// <summary>With the data in SQLite.</summary>
public sealed class SqliteServeTests(OnSqlite states) : ServeTests(states), IClassFixture<OnSqlite>;

/// <summary>With the data in PostgreSQL.</summary>
public sealed class PostgresServeTests(OnPostgres states) : ServeTests(states), IClassFixture<OnPostgres>;
