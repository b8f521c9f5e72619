// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Exchange;
using Comity.Instruments;
using Comity.Node.Bags;
using Dapper;

namespace Comity.Node.Tests.Bags;

/// <summary>A bag that is not as it was packed is refused whole, with the file it is about, and nothing has changed.</summary>
public sealed class HostileBagTests : IAsyncLifetime
{
    private BagPair pair = null!;
    private string folder = null!;
    private string exhibit = null!;

    public async ValueTask InitializeAsync()
    {
        pair = await BagPair.StartAsync();
        var (dossier, request) = await pair.GrantedAsync();
        var (_, sealedFile) = await pair.SupplyAsync(dossier, request, RandomNumberGenerator.GetBytes(70_000));
        exhibit = BagFolder.ExhibitName(sealedFile);
        folder = (await pair.PackAsync(pair.B))!;
    }

    public ValueTask DisposeAsync() => pair.DisposeAsync();

    [Fact]
    public async Task One_bit_in_any_file_is_found_before_anything_is_taken_in()
    {
        foreach (var name in new[] { "bag.age", "letters/1.age", exhibit })
        {
            var file = Path.Combine(folder, name);
            var whole = await File.ReadAllBytesAsync(file, Stop);
            foreach (var place in new[] { 0, 30, whole.Length / 2, whole.Length - 1 })
            {
                byte[] changed = [.. whole];
                changed[place] ^= 1;
                await File.WriteAllBytesAsync(file, changed, Stop);

                var why = await RefusedAsync(folder);

                Assert.StartsWith(name, why.Where, StringComparison.Ordinal);
            }

            await File.WriteAllBytesAsync(file, whole, Stop);
        }

        Assert.Equal(1, (await BagPair.TakeAsync(pair.A, folder)).Exhibits);
    }

    [Fact]
    public async Task A_file_that_is_missing_shorter_longer_or_a_link_is_found()
    {
        foreach (var name in new[] { "bag.age", "letters/1.age", exhibit })
        {
            var file = Path.Combine(folder, name);
            var whole = await File.ReadAllBytesAsync(file, Stop);
            await File.WriteAllBytesAsync(file, whole[..^1], Stop);
            Assert.StartsWith(name, (await RefusedAsync(folder)).Where, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, [.. whole, 0], Stop);
            Assert.StartsWith(name, (await RefusedAsync(folder)).Where, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, [], Stop);
            Assert.Equal(("bag.file-differs", name), await WhyAsync(folder));
            File.Delete(file);
            Assert.Equal(("bag.file-missing", name), await WhyAsync(folder));
            File.CreateSymbolicLink(file, "/dev/zero");
            Assert.Equal(("bag.file-missing", name), await WhyAsync(folder));
            File.Delete(file);
            await File.WriteAllBytesAsync(file, whole, Stop);
        }
    }

    [Fact]
    public async Task A_bag_is_for_the_Party_it_was_packed_for()
    {
        var why = (await BagPair.ReadAsync(pair.B, folder)).Refused();

        Assert.Equal(("seal.no-matching-key", "bag.age"), (why.Code, why.Where[..7]));
    }

    [Theory]
    [InlineData("to", "bag.other-addressee")]
    [InlineData("cursor", "exchange.outside-limits")]
    [InlineData("settled", "exchange.outside-limits")]
    [InlineData("entry", "bag.malformed")]
    [InlineData("format", "exchange.outside-limits")]
    [InlineData("letters", "exchange.outside-limits")]
    [InlineData("exhibits", "exchange.outside-limits")]
    public async Task What_a_manifest_says_wrongly_is_refused_at_its_member(string member, string code)
    {
        using var hostile = new ForgedBag("", default, new HostilePeer(pair.B));
        var forged = Path.Combine(pair.Pair.Folder, "forged");
        await ForgedBag.PackAsync(pair, new HostilePeer(pair.B), forged, [Any()], m => Wrong(m, member));

        Assert.Equal((code, $"bag.age: {member}"), await WhyAsync(forged));
    }

    [Fact]
    public async Task Only_a_key_that_may_speak_on_the_line_may_sign_a_bag()
    {
        using var other = new HostilePeer(pair.B).NewSeal(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        foreach (var (signer, name) in new[] { (new HostilePeer(pair.B).Seal, "seal"), (other, "other") })
        {
            var forged = Path.Combine(pair.Pair.Folder, name);
            await ForgedBag.PackAsync(pair, new HostilePeer(pair.B), forged, [Any()], signer: signer);

            Assert.Equal(("bag.sender-unknown", "bag.age: from"), await WhyAsync(forged));
        }
    }

    [Fact]
    public async Task A_signature_of_another_key_or_of_another_second_does_not_hold()
    {
        var hostile = new HostilePeer(pair.B);
        var wrong = Path.Combine(pair.Pair.Folder, "wrong");
        await ForgedBag.PackAsync(pair, hostile, wrong, [Any()], key: hostile.Seal);
        var late = Path.Combine(pair.Pair.Folder, "late");
        await ForgedBag.PackAsync(pair, hostile, late, [Any()], signedLater: TimeSpan.FromSeconds(1));

        Assert.Equal(("bag.signature-wrong", "bag.age"), await WhyAsync(wrong));
        Assert.Equal(("bag.malformed", "bag.age: made"), await WhyAsync(late));
    }

    [Fact]
    public async Task A_letter_that_is_none_is_refused_by_its_name()
    {
        var forged = Path.Combine(pair.Pair.Folder, "empty-letter");
        await ForgedBag.PackAsync(pair, new HostilePeer(pair.B), forged, []);

        Assert.Equal(("exchange.outside-limits", "letters/1.age: acts"), await WhyAsync(forged));
    }

    private PushedAct Any()
    {
        var hostile = new HostilePeer(pair.B);
        return hostile.Issue(
            hostile.Sign(hostile.Act(pair.A, Pair.NewDossier(), Pair.Request(Measure.Preservation), pair.A.Parts.Now))
        );
    }

    private static BagManifest Wrong(BagManifest manifest, string member) =>
        member switch
        {
            "to" => manifest with { To = manifest.From },
            "cursor" => manifest with { Cursor = -2 },
            "settled" => manifest with { Settled = -2 },
            "entry" => manifest with { Entry = "AAAA" },
            "format" => manifest with { Format = "comity-bag@v2" },
            "letters" => manifest with
            {
                Letters = [.. Enumerable.Repeat(manifest.Letters[0], BagManifest.MaximumLetters + 1)],
            },
            _ => manifest with { Exhibits = [new BagFile(Digest.Of([1]), 0)] },
        };

    private async Task<(string Code, string Where)> WhyAsync(string bag)
    {
        var why = await RefusedAsync(bag);
        return (why.Code, why.Where);
    }

    private async Task<Refusal> RefusedAsync(string bag)
    {
        var before = await TraceAsync();
        var why = (await BagPair.ReadAsync(pair.A, bag)).Refused();
        Assert.Equal(before, await TraceAsync());
        return why;
    }

    private Task<long> TraceAsync() =>
        pair.A.Parts.Database.ReadAsync(
            s =>
                s.Connection.ExecuteScalarAsync<long>(
                    """
                    select (select count(*) from act) + (select count(*) from not_admitted) + (select count(*) from alarm)
                      + (select count(*) from bag_answer) + (select count(*) from register_entry)
                    """,
                    transaction: s.Transaction
                ),
            Stop
        );
}
