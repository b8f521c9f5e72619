// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Cli;

/// <summary>What a command reads: a file, or standard input for <c>-</c>.</summary>
internal static class Source
{
    /// <summary>The name that means standard input, or standard output.</summary>
    public const string Standard = "-";

    /// <summary>Opens the input.</summary>
    /// <returns>The stream, or a refusal as <c>cli.no-such-file</c>.</returns>
    public static Outcome<Stream> Open(string path)
    {
        if (path == Standard)
        {
            return new Outcome<Stream>.Admitted(Console.OpenStandardInput());
        }

        if (!File.Exists(path))
        {
            return new Outcome<Stream>.Refused(new Refusal(CliRefusals.NoSuchFile, CliRefusals.Source));
        }

        FileStreamOptions options = new() { BufferSize = 0, Options = FileOptions.SequentialScan };
        return new Outcome<Stream>.Admitted(new FileStream(path, options));
    }

    /// <summary>Whether standard input would be read for two things at once.</summary>
    /// <param name="paths">Every file the command reads.</param>
    /// <param name="passphrase">Whether it also asks for a passphrase.</param>
    public static Complaint? Shared(IEnumerable<string> paths, bool passphrase) =>
        paths.Count(path => path == Standard) + (passphrase ? 1 : 0) > 1
            ? Complaint.Arguments("two things would share standard input; name the files")
            : null;

    /// <summary>Reads a file that may not be larger than a limit.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="limit">Most bytes.</param>
    /// <returns>The bytes, or a refusal as <c>cli.no-such-file</c> or <c>cli.too-large</c>.</returns>
    public static Outcome<byte[]> ReadBytes(string path, int limit) =>
        ReadBeginning(path, limit + 1)
            .Then(bytes =>
                bytes.Length > limit
                    ? new Outcome<byte[]>.Refused(new Refusal(CliRefusals.TooLarge, CliRefusals.Source))
                    : (Outcome<byte[]>)new Outcome<byte[]>.Admitted(bytes)
            );

    /// <summary>Reads the beginning of a file, or all of it when it is shorter.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="most">Most bytes.</param>
    /// <returns>The bytes, or a refusal as <c>cli.no-such-file</c>.</returns>
    public static Outcome<byte[]> ReadBeginning(string path, int most) =>
        Open(path)
            .Map(stream =>
            {
                using (stream)
                {
                    var bytes = new byte[most];
                    return bytes[..stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false)];
                }
            });

    /// <summary>Reads a small text file, such as one of keys.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="limit">Characters that are of interest; one more is read, so that the reader can tell.</param>
    /// <returns>The text, or a refusal as <c>cli.no-such-file</c>.</returns>
    public static Outcome<string> ReadText(string path, int limit) =>
        Open(path)
            .Map(stream =>
            {
                using StreamReader reader = new(stream);
                var text = new char[limit + 1];
                return new string(text, 0, reader.ReadBlock(text));
            });
}
