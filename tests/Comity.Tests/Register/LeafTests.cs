// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Register;
using CsCheck;

namespace Comity.Tests.Register;

public sealed class LeafTests
{
    private static readonly Gen<LeafEntry> Entries = Gen.OneOf(
        Gen.Const<LeafEntry>(new LeafEntry.Issued()),
        Gen.Const<LeafEntry>(new LeafEntry.Admitted()),
        Gen.String[Gen.Char["abyz019.-"], 3, 64]
            .Where(code => LeafEntry.NotAdmitted.IsCode(code))
            .Select(LeafEntry (code) => new LeafEntry.NotAdmitted(code))
    );

    private static readonly Gen<Leaf> Leaves =
        from act in Gen.Byte.Array[32]
        from directory in Gen.Byte.Array[32]
        from entry in Entries
        from seconds in Gen.Long[0, 253_402_300_799]
        select new Leaf(new Digest(act), entry, DateTimeOffset.FromUnixTimeSeconds(seconds), new Digest(directory));

    [Fact]
    public void A_leaf_is_written_and_read_the_same() =>
        Leaves.Sample(leaf =>
        {
            Assert.Equal(leaf, Leaf.Parse(leaf.Canonical()).Value());
            Assert.Equal(Encoding.ASCII.GetString(leaf.Canonical()), leaf.ToString());
        });

    [Fact]
    public void Whatever_is_read_as_a_leaf_is_written_byte_for_byte_the_same()
    {
        var text = Some.Leaf.Canonical();
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    var changed = text.ToArray();
                    changed[at] = value;
                    if (Leaf.Parse(changed) is Outcome<Leaf>.Admitted leaf)
                        Assert.Equal(changed, leaf.Value.Canonical());
                }
            );
    }

    [Fact]
    public void Every_cut_of_a_leaf_is_refused()
    {
        var text = new Leaf(
            Some.Leaf.Act,
            new LeafEntry.NotAdmitted("act.a-b"),
            Some.Noon,
            Some.Leaf.Directory
        ).Canonical();
        for (var length = 0; length < text.Length; length++)
            Assert.IsType<Outcome<Leaf>.Refused>(Leaf.Parse(text.AsSpan(..length)));
    }

    [Fact]
    public void The_refusal_names_the_byte_where_the_text_departs_from_the_form()
    {
        var text = Some.Leaf.ToString();
        Refusal At(string changed) => Leaf.Parse(Encoding.UTF8.GetBytes(changed)).Why();

        var source = new Citation("docs/spec/register.md", "1");
        Assert.Equal(new Refusal("register.leaf-not-canonical", source, "byte 0"), At(" " + text));
        Assert.Equal("byte 8", At(text.Replace("act\":\"", "act\":\"G", StringComparison.Ordinal)).Where);
        Assert.Equal("byte 83", At(text.Replace("admitted", "forgotten", StringComparison.Ordinal)).Where);
        Assert.Equal($"byte {text.Length}", At(text + "\n").Where);
    }

    [Fact]
    public void The_longest_leaf_has_283_bytes()
    {
        var code = "a." + new string('b', LeafEntry.NotAdmitted.MaximumCodeLength - 2);
        var leaf = new Leaf(Some.Leaf.Act, new LeafEntry.NotAdmitted(code), Some.Noon, Some.Leaf.Directory);

        Assert.Equal(Leaf.MaximumBytes, leaf.Canonical().Length);
        Assert.Equal(leaf, Leaf.Parse(leaf.Canonical()).Value());
        Assert.Throws<ArgumentException>(() => new LeafEntry.NotAdmitted(code + "b"));
    }

    [Fact]
    public void The_entry_is_the_hash_of_the_salt_and_the_text()
    {
        byte[] input = [.. Some.Seed("salt"), .. Some.Leaf.Canonical()];

        Assert.Equal(Digest.Of(input), Some.Leaf.Entry(Some.Salt));
        Assert.NotEqual(Some.Leaf.Entry(Some.Salt), Some.Leaf.Entry(new Salt(Some.Seed("another salt"))));
    }

    [Fact]
    public void Each_thing_a_leaf_says_changes_its_entry()
    {
        var (act, directory) = (Some.Leaf.Act, Some.Leaf.Directory);
        Leaf[] leaves =
        [
            Some.Leaf,
            new(directory, new LeafEntry.Admitted(), Some.Noon, directory),
            new(act, new LeafEntry.Issued(), Some.Noon, directory),
            new(act, new LeafEntry.NotAdmitted("act.unsigned"), Some.Noon, directory),
            new(act, new LeafEntry.NotAdmitted("act.too-large"), Some.Noon, directory),
            new(act, new LeafEntry.Admitted(), Some.Noon.AddSeconds(1), directory),
            new(act, new LeafEntry.Admitted(), Some.Noon, act),
        ];

        Assert.Equal(leaves.Length, leaves.Select(leaf => leaf.Entry(Some.Salt)).Distinct().Count());
    }

    [Fact]
    public void A_leaf_has_an_instant_in_whole_seconds_of_utc()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new Leaf(default, new LeafEntry.Issued(), Some.Noon.AddTicks(1), default)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new Leaf(default, new LeafEntry.Issued(), Some.Noon.ToOffset(TimeSpan.FromHours(2)), default)
        );
    }
}
