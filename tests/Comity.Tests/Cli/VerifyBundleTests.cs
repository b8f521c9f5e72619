// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Files.Bundles;
using Comity.Tests.Files;

namespace Comity.Tests.Cli;

public sealed class VerifyBundleTests
{
    private static readonly ExportedCase Case = new();

    [Fact]
    public async Task A_bundle_that_holds_ends_with_zero_and_one_that_does_not_with_one()
    {
        using ScratchFolder scratch = new();
        var bytes = await ExportedCase.BundleAsync(Case.Content());
        var bundle = scratch.Write("case.asice", bytes);
        var roots = scratch.Write("roots.pem", Encoding.ASCII.GetBytes(ExportedCase.RootsPem));

        var good = await RunAsync("verify", bundle, "--roots", roots);
        var unrooted = await RunAsync("verify", bundle);
        bytes[bytes.Length / 2] ^= 1;
        scratch.Write("case.asice", bytes);
        var bad = await RunAsync("verify", bundle, "--roots", roots);

        Assert.Equal((0, ""), (good.Exit, good.Error));
        Assert.StartsWith("holds        the container is the one zip that its files have: 27 files\n", good.Text);
        Assert.EndsWith(" checked, 0 could not be checked\n", good.Text);
        Assert.Equal((0, ""), (unrooted.Exit, unrooted.Error));
        Assert.Contains(
            "\nno roots were given: this shows only that it agrees with itself (--roots FILE)\n",
            unrooted.Text
        );
        Assert.Equal((1, ""), (bad.Exit, bad.Error));
        Assert.EndsWith($": {BundleRefusals.ContentDiffers}\nDOES NOT HOLD: 1 of 1\n", bad.Text);
    }

    [Fact]
    public async Task What_is_no_bundle_does_not_hold_and_one_that_is_not_there_is_unusable()
    {
        using ScratchFolder scratch = new();
        var bundle = scratch.Write("case.asice", "Dear Sirs"u8.ToArray());

        var letter = await RunAsync("verify", bundle, "--json");
        var nothing = await RunAsync("verify", scratch.File("other.asice"));
        var odd = await RunAsync("verify", bundle, "--sha256", Digest.Of([]).ToString());

        Assert.Equal(1, letter.Exit);
        Assert.Equal(
            BundleRefusals.NoEnd,
            JsonElement.Parse(letter.Text).GetProperty("lines")[0].GetProperty("detail").GetString()
        );
        Assert.Equal(2, nothing.Exit);
        Assert.Contains("cli.no-such-file", nothing.Error);
        Assert.Equal(2, odd.Exit);
        Assert.StartsWith("comity: --sha256 is for what lies by itself (cli.arguments)\n", odd.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_is_checked_against_its_registers_key_and_its_act(bool asProof)
    {
        using ScratchFolder scratch = new();
        var exported = Case.Export().Acts[1];
        var receipt = exported.Receipts.Single(r => r.Party == Some.XB).Receipt;
        var file = asProof
            ? scratch.Write("r.tlog-proof", receipt.ToTlogProof().ToBytes())
            : scratch.Write("r.json", receipt.ToJson());
        var act = scratch.Write("act.p7m", exported.Signed.Signed.Encoded.ToArray());
        var other = scratch.Write("other.p7m", Case.Acts[0].Signed.Encoded.ToArray());
        var key = scratch.Write("key", Encoding.UTF8.GetBytes(Case.EntryB.Entry.Register.Key + "\n"));
        var wrong = scratch.Write("wrong", Encoding.UTF8.GetBytes(Case.EntryA.Entry.Register.Key + "\n"));
        var entry = scratch.Write("entry.p7m", Case.EntryB.Signed.Encoded.ToArray());

        var good = await RunAsync("verify", file, "--key", key, "--act", act);
        var byEntry = await RunAsync("verify", file, "--entry", entry, "--id", exported.Signed.Id.ToString());
        var forOther = await RunAsync("verify", file, "--key", key, "--act", other);
        var wrongKey = await RunAsync("verify", file, "--key", wrong, "--act", act);
        var alone = await RunAsync("verify", file);

        Assert.Equal(0, good.Exit);
        Assert.Equal(
            $"holds        {file} is for the act meant: {exported.Signed.Id}\n"
                + $"holds        {file} is in the register xb.example/register: entry 1, issued, 2026-11-04T09:00:00Z\n",
            string.Concat(good.Text.Split('\n')[..2].Select(l => l + "\n"))
        );
        Assert.Equal(good.Text, byEntry.Text);
        Assert.Equal(1, forOther.Exit);
        Assert.Contains(
            "NOT          " + file + " is for the act meant: register.receipt-other-act: it is for ",
            forOther.Text
        );
        Assert.Equal(1, wrongKey.Exit);
        Assert.Contains(": register.checkpoint-unsigned\n", wrongKey.Text);
        Assert.Equal(0, alone.Exit);
        Assert.EndsWith("holds: 0 checked, 2 could not be checked\n", alone.Text);
    }

    [Fact]
    public async Task A_proof_with_a_changed_byte_does_not_hold()
    {
        using ScratchFolder scratch = new();
        var receipt = Case.Export().Acts[1].Receipts[1].Receipt;
        var proof = receipt.ToTlogProof().ToBytes();
        var key = scratch.Write("key", Encoding.UTF8.GetBytes(Case.EntryB.Entry.Register.Key));
        proof[60] ^= 1;

        Assert.Equal(1, (await RunAsync("verify", scratch.Write("r.tlog-proof", proof), "--key", key)).Exit);
        Assert.Equal(2, (await RunAsync("verify", scratch.Write("r.json", receipt.ToJson()), "--key", "no")).Exit);
    }

    [Fact]
    public async Task An_exhibit_is_held_to_the_act_that_supplies_it_or_to_its_digest()
    {
        using ScratchFolder scratch = new();
        var exhibit = scratch.Write("a.age", Case.Sealed);
        var other = scratch.Write("b.age", [.. Case.Sealed, 0]);
        var act = scratch.Write("supply.p7m", Case.Acts[2].Signed.Encoded.ToArray());
        var grant = scratch.Write("grant.p7m", Case.Acts[1].Signed.Encoded.ToArray());
        var digest = Digest.Of(Case.Sealed).ToString();

        var byAct = await RunAsync("verify", exhibit, "--act", act);
        var byDigest = await RunAsync("verify", exhibit, "--sha256", digest);

        Assert.Equal(0, byAct.Exit);
        Assert.StartsWith(
            $"holds        {exhibit} is an exhibit that the act {Case.Acts[2].Id} supplies: "
                + $"access.log, sealed, {Case.Sealed.Length} bytes\nholds        {act} carries a good signature: ",
            byAct.Text
        );
        Assert.Equal(0, byDigest.Exit);
        Assert.StartsWith($"holds        {exhibit} has the digest given: {digest}\n", byDigest.Text);
        foreach (
            var wrong in new[]
            {
                await RunAsync("verify", other, "--act", act),
                await RunAsync("verify", exhibit, "--act", grant),
                await RunAsync("verify", other, "--sha256", digest),
            }
        )
        {
            Assert.Equal(1, wrong.Exit);
            Assert.Contains(": exhibit.differs: ", wrong.Text);
        }
    }

    [Fact]
    public async Task An_exhibit_longer_than_an_act_is_read_to_its_end()
    {
        using ScratchFolder scratch = new();
        var large = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(large);
        var file = scratch.Write("large", large);

        var good = await RunAsync("verify", file, "--sha256", Digest.Of(large).ToString());
        large[^1] ^= 1;
        var bad = await RunAsync("verify", file, "--sha256", Digest.Of(large).ToString());

        Assert.Equal((0, 1), (good.Exit, bad.Exit));
    }

    private static Task<Finished> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Comity, arguments);
}
