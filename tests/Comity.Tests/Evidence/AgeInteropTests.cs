// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Evidence;
using Comity.Files;

namespace Comity.Tests.Evidence;

/// <summary>Debian's <c>age</c> opens what we seal, and we open what it seals.</summary>
public sealed class AgeInteropTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public static TheoryData<int> Sizes => [0, 1, 65535, 65536, 65537, 131072, 10_000_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Debian_s_age_opens_what_we_seal(int size)
    {
        var age = ChildProcess.Find("age");
        var plain = Seals.Bytes(40, size);
        var key = WriteKey(Seals.Anna);
        foreach (var form in Enum.GetValues<SealForm>())
        {
            var sealedFile = await Seals.SealAsync(plain, form, Seals.Boris.Recipient, Seals.Anna.Recipient);
            var opened = await ChildProcess.RunAsync(age, ["-d", "-i", key], sealedFile);
            Assert.Equal((0, ""), (opened.Exit, opened.Error));
            Assert.Equal(plain, opened.Output);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task We_open_what_Debian_s_age_seals(int size)
    {
        var age = ChildProcess.Find("age");
        var plain = Seals.Bytes(41, size);
        foreach (var armor in new[] { "", "-a" })
        {
            string[] arguments =
            [
                "-r",
                Seals.Anna.Recipient.ToString(),
                .. armor.Length > 0 ? [armor] : Array.Empty<string>(),
            ];
            var sealedFile = await ChildProcess.RunAsync(age, arguments, plain);
            var (outcome, released) = await Seals.OpenAsync(sealedFile.Output, Seals.Anna);
            Assert.Equal(Seals.Measure(plain), outcome.Value().Plain);
            Assert.Equal(plain, released);
        }
    }

    [Fact]
    public async Task A_key_that_we_make_is_a_key_to_Debian_s_age()
    {
        var keygen = ChildProcess.Find("age-keygen");
        var recipient = await ChildProcess.RunAsync(keygen, ["-y", WriteKey(Seals.Anna)]);
        Assert.Equal(Seals.Anna.Recipient + "\n", recipient.Text);
    }

    [Fact]
    public async Task A_key_that_Debian_s_age_makes_is_a_key_to_us()
    {
        var keygen = ChildProcess.Find("age-keygen");
        var made = await ChildProcess.RunAsync(keygen, []);
        var identity = Assert.Single(KeyFile.ParseIdentities(made.Text).Value());
        Assert.Contains($"# public key: {identity.Recipient}\n", made.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_works_in_both_directions()
    {
        // age asks at a terminal only, so script(1) plays one.
        _ = ChildProcess.Find("age");
        var script = ChildProcess.Find("script");
        var plain = Seals.Bytes(42, 1000);
        var file = folder.Write("plain", plain);

        var typed = Encoding.ASCII.GetBytes("open sesame\nopen sesame\n");
        var theirs = folder.File("theirs.age");
        _ = await ChildProcess.RunAsync(script, ["-qec", $"age -p -o {theirs} {file}", "/dev/null"], typed);
        Assert.True(File.Exists(theirs), "age did not take the passphrase from the terminal that script played");
        var (outcome, _) = await Seals.OpenAsync(
            await File.ReadAllBytesAsync(theirs, TestContext.Current.CancellationToken),
            new Identity.Passphrase("open sesame")
        );
        Assert.Equal(Seals.Measure(plain), outcome.Value().Plain);

        var ours = folder.Write(
            "ours.age",
            await Seals.SealAsync(plain, SealForm.Binary, new Recipient.Passphrase("open sesame", 10))
        );
        var back = folder.File("back");
        _ = await ChildProcess.RunAsync(script, ["-qec", $"age -d -o {back} {ours}", "/dev/null"], typed);
        Assert.Equal(plain, await File.ReadAllBytesAsync(back, TestContext.Current.CancellationToken));
    }

    public void Dispose() => folder.Dispose();

    private string WriteKey(Identity identity) =>
        folder.Write("key", Encoding.ASCII.GetBytes(KeyFile.Write(identity, "2026-03-02T09:00:00Z")));
}
