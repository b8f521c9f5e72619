// SPDX-License-Identifier: EUPL-1.2
using Comity.Files;

namespace Comity.Cli;

/// <summary>What a command writes: a file that appears whole or not at all, or standard output for <c>-</c>.</summary>
internal sealed class Target : IDisposable
{
    private readonly DurableFile? file;

    private Target(DurableFile? file, Stream stream) => (this.file, Stream) = (file, stream);

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Opens the output for anybody's eyes: sealed bytes, a manifest.</summary>
    /// <returns>The output, or a refusal as <c>cli.exists</c>, or <c>cli.no-such-file</c> for a name that is none.</returns>
    public static Outcome<Target> Create(string path) => Create(path, DurableFile.Create);

    /// <summary>Opens the output for its owner only: evidence in the clear, a key.</summary>
    /// <returns>The output, or a refusal as <c>cli.exists</c>, or <c>cli.no-such-file</c> for a name that is none.</returns>
    public static Outcome<Target> CreatePrivate(string path) => Create(path, DurableFile.CreatePrivate);

    /// <summary>Gives the file its name. What went to standard output is out already.</summary>
    public void Publish() => file?.Publish();

    /// <summary>Throws the file away unless it was published.</summary>
    public void Dispose()
    {
        file?.Dispose();
        Stream.Dispose();
    }

    private static Outcome<Target> Create(string path, Func<string, DurableFile> create)
    {
        if (path == Source.Standard)
        {
            return new Outcome<Target>.Admitted(new Target(null, Console.OpenStandardOutput()));
        }

        if (path.Length == 0)
        {
            return new Outcome<Target>.Refused(new Refusal(CliRefusals.NoSuchFile, CliRefusals.Source));
        }

        if (Path.Exists(path))
        {
            return new Outcome<Target>.Refused(new Refusal(CliRefusals.Exists, CliRefusals.Source));
        }

        var file = create(path);
        return new Outcome<Target>.Admitted(new Target(file, file.Stream));
    }
}
