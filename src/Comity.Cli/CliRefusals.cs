// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Cli;

/// <summary>Why a command could not put its question. Stable, like every refusal code.</summary>
internal static class CliRefusals
{
    /// <summary>The arguments do not make sense, alone or together.</summary>
    public const string Arguments = "cli.arguments";

    /// <summary>There is no file of that name, or it is a folder.</summary>
    public const string NoSuchFile = "cli.no-such-file";

    /// <summary>The output has a name that is taken. Nothing is ever overwritten.</summary>
    public const string Exists = "cli.exists";

    /// <summary>Reading or writing failed.</summary>
    public const string InputOutput = "cli.input-output";

    /// <summary>No passphrase was given, it is too long, or the two entries differ.</summary>
    public const string Passphrase = "cli.passphrase";

    /// <summary>The file is none of the kinds this program makes.</summary>
    public const string NotOurs = "cli.not-ours";

    /// <summary>The file is larger than anything of its kind may be.</summary>
    public const string TooLarge = "cli.too-large";

    /// <summary>The manifest is of another file.</summary>
    public const string ManifestDiffers = "cli.manifest-differs";

    /// <summary>Bytes would go to a terminal.</summary>
    public const string Terminal = "cli.terminal";

    /// <summary>Where these come from.</summary>
    public static Citation Source { get; } = new("comity", "command line");
}
