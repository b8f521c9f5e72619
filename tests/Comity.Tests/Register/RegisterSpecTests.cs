// SPDX-License-Identifier: EUPL-1.2
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Comity.Register;

namespace Comity.Tests.Register;

/// <summary>The specification's examples and commands, taken from the page itself and run.</summary>
public sealed partial class RegisterSpecTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Vectors.Root, "docs", "spec", "register.md"));

    private static readonly string Proof = Blocks("text")[0];
    private static readonly string Key = Blocks("text")[1].TrimEnd();
    private static readonly string Leaf = Blocks("text")[2].TrimEnd();
    private static readonly string Json = Blocks("json").Single();

    [Fact]
    public void The_example_verifies_in_both_forms_and_says_the_same_in_both()
    {
        var key = NoteVerifier.Parse(Key).Value();
        var receipt = Receipt.Parse(Encoding.UTF8.GetBytes(Json)).Value();

        Assert.Equal(new Outcome<Receipt>.Admitted(receipt), receipt.Verify(key, key.Name));
        Assert.Equal(receipt, Receipt.Of(TlogProof.Parse(Encoding.UTF8.GetBytes(Proof)).Value()).Value());
        Assert.Equal(Proof, receipt.ToTlogProof().ToString());
        Assert.Equal(Leaf, receipt.Leaf.ToString());
    }

    [Fact]
    public void The_commands_print_the_leaf_and_verify_the_example() =>
        Assert.Equal(
            (0, $"{Leaf}\nSignature Verified Successfully\nincluded\n"),
            Run(Proof, Key, string.Concat(Blocks("sh")))
        );

    [Theory]
    [InlineData("index 4", "index 5")]
    [InlineData("index 4", "index 7")]
    [InlineData("\n7\n", "\n8\n")]
    [InlineData("extra P", "extra Q")]
    [InlineData("register eOA9+3f/k", "register eOA9+3f/l")]
    public void The_commands_fail_on_a_changed_receipt(string from, string to)
    {
        var changed = Proof.Replace(from, to, StringComparison.Ordinal);
        var (exitCode, output) = Run(changed, Key, string.Concat(Blocks("sh")));

        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("included", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lists_every_refusal()
    {
        var listed = RefusalRow().Matches(Page).Select(row => row.Groups["code"].Value);

        Assert.Equal(RegisterCodes.All.Append("instant.not-canonical").Order(), listed.Order());
    }

    [Fact]
    public void The_page_states_the_limits_that_the_code_has()
    {
        string[] limits =
        [
            $"its longest is {Comity.Register.Leaf.MaximumBytes} bytes",
            $"at most {LeafEntry.NotAdmitted.MaximumCodeLength} characters",
            $"at most {MerklePath.MaximumLength} hashes",
            $"at most {Receipt.MaximumBytes / 1024} KiB",
            $"notes of up to {SignedNote.MaximumBytes / 1024} KiB and {SignedNote.MaximumSignatures} signature lines",
            $"up to {TlogProof.MaximumExtraBytes / 1024} KiB of extra data and {TlogProof.MaximumBytes / 1024} KiB in all",
            $"`version`: `{Receipt.Version}`",
        ];

        Assert.All(limits, limit => Assert.Contains(limit, Page, StringComparison.Ordinal));
    }

    private static string[] Blocks(string language) =>
        [
            .. FencedBlock()
                .Matches(Page)
                .Where(b => b.Groups["language"].Value == language)
                .Select(b => b.Groups["text"].Value),
        ];

    private static (int ExitCode, string Output) Run(string proof, string key, string commands)
    {
        var folder = Directory.CreateTempSubdirectory("comity-register-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "receipt.tlog-proof"), proof);
            File.WriteAllText(Path.Combine(folder.FullName, "key"), key);
            var start = new ProcessStartInfo("sh", ["-e", "-c", commands])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            SkipWithoutTools(start);
            using var shell = Process.Start(start)!;
            var errors = shell.StandardError.ReadToEndAsync();
            var output = shell.StandardOutput.ReadToEnd();
            shell.WaitForExit();
            return (shell.ExitCode, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void SkipWithoutTools(ProcessStartInfo shell)
    {
        try
        {
            string[] ask = ["-c", "command -v openssl && command -v xxd && command -v sha256sum && command -v base64"];
            var start = new ProcessStartInfo(shell.FileName, ask) { RedirectStandardOutput = true };
            using var asked = Process.Start(start)!;
            asked.WaitForExit();
            Assert.SkipUnless(asked.ExitCode == 0, "openssl, xxd, sha256sum or base64 is not installed");
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no POSIX shell");
        }
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedBlock();

    [GeneratedRegex(@"^\| `(?<code>[a-z.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex RefusalRow();
}
