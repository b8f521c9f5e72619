// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json;
using Comity.Register;
using Comity.Tests.Files;

namespace Comity.Tests.Cli;

/// <summary>A published register, checked from the command line.</summary>
public sealed class RegisterTests
{
    private static readonly string Key = PublishedLog.Key.Verifier.ToString();

    [Fact]
    public async Task A_register_that_holds_ends_with_zero_and_says_that_no_witness_was_asked_for()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 300);

        var run = await RunAsync("register", "check", scratch.Path, "--key", Key);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith("holds: xa.example/register, 300 entries, root ", run.Text);
        Assert.EndsWith("\nwitnesses: none was named with --witness, so none was checked\n", run.Text);
    }

    [Fact]
    public async Task A_register_that_was_changed_ends_with_one_and_names_the_file()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 300);
        var bytes = await File.ReadAllBytesAsync(scratch.File("tile/1/000.p/1"), Stop);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(scratch.File("tile/1/000.p/1"), bytes, Stop);

        var run = await RunAsync("register", "check", scratch.Path, "--key", Key);

        Assert.Equal(1, run.Exit);
        Assert.Contains(
            "a file of the register was changed (register.tile-wrong, tile/1/000.p/1)\nhint: copy it again",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task As_many_witnesses_as_are_asked_for_must_have_cosigned()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 3);
        var (one, two) = (Witness(1), Witness(2));
        var note = SignedNote.Parse(await File.ReadAllBytesAsync(scratch.File("checkpoint"), Stop)).Value();
        var at = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        await File.WriteAllBytesAsync(scratch.File("checkpoint"), note.With(one.Sign(note.Text, at)).ToBytes(), Stop);
        string[] check = ["register", "check", scratch.Path, "--key", Key, "--json"];

        var signed = await RunAsync([.. check, "--witness", one.Verifier.ToString()]);
        var both = await RunAsync([
            .. check,
            "--witness",
            one.Verifier.ToString(),
            "--witness",
            two.Verifier.ToString(),
        ]);

        Assert.Equal((0, "holds", 1), Read(signed.Exit, signed.Text));
        Assert.Equal((1, "not-witnessed", 1), Read(both.Exit, both.Text));
    }

    [Fact]
    public async Task Two_copies_that_part_end_with_one_and_the_first_entry_in_which_they_do()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.File("a"), 300);
        await PublishedLog.WriteAsync(scratch.File("b"), 700, otherAt: 17);
        await PublishedLog.WriteAsync(scratch.File("c"), 700);

        var part = await RunAsync("register", "compare", scratch.File("a"), scratch.File("b"), "--key", Key);
        var agree = await RunAsync("register", "compare", scratch.File("a"), scratch.File("c"), "--key", Key);

        Assert.Equal(1, part.Exit);
        Assert.StartsWith("DIFFER at entry 17: ", part.Text);
        Assert.Equal((0, "agree: 300 entries of 300 and 700\n", ""), (agree.Exit, agree.Text, agree.Error));
    }

    [Fact]
    public async Task Without_a_key_or_with_none_that_is_one_nothing_is_checked()
    {
        using ScratchFolder scratch = new();
        await PublishedLog.WriteAsync(scratch.Path, 3);

        Assert.Equal(2, (await RunAsync("register", "check", scratch.Path)).Exit);
        Assert.Equal(2, (await RunAsync("register", "check", scratch.Path, "--key", "nonsense")).Exit);
        Assert.Equal(
            2,
            (await RunAsync("register", "check", scratch.Path, "--key", Witness(1).Verifier.ToString())).Exit
        );
    }

    private static Cosigner Witness(byte seed) => new($"witness-{seed}", [.. Enumerable.Repeat(seed, 32)]);

    private static (int Exit, string Outcome, int Cosigned) Read(int exit, string json)
    {
        var result = JsonDocument.Parse(json).RootElement;
        return (exit, result.GetProperty("outcome").GetString()!, result.GetProperty("cosigned").GetArrayLength());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<Finished> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Comity, arguments);
}
