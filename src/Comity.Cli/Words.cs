// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;

namespace Comity.Cli;

/// <summary>The one table from refusal code to what a person reads.</summary>
internal static class Words
{
    private const string AskMirror = "copy it again, or compare with another copy: comity register compare A B";
    private const string AskAgain = "ask for the file again, and compare its SHA-256 with the manifest";

    /// <summary>
    /// A sentence without its full stop, empty where the complaint's subject is one; and what to do about it, empty where
    /// nothing can be.
    /// </summary>
    public static (string Sentence, string Hint) For(string code) =>
        code switch
        {
            SealRefusals.NotASeal => ("this is not an age v1 file, or its first bytes are damaged", AskAgain),
            SealRefusals.HeaderMalformed => ("the header is damaged or cut off", AskAgain),
            SealRefusals.HeaderTooLarge => ("the header is larger than any honest one", AskAgain),
            SealRefusals.StanzaMalformed => ("the header holds a key that nobody can have made honestly", AskAgain),
            SealRefusals.PassphraseNotAlone => ("a passphrase stands beside another recipient", AskAgain),
            SealRefusals.WorkFactorTooHigh => ("trying the passphrase would take too much memory", ""),
            SealRefusals.NoMatchingKey => (
                "none of the keys at hand opens it",
                "give the identity file with -i, or -p if it was sealed with a passphrase"
            ),
            SealRefusals.MacWrong => ("the header was changed after sealing", AskAgain),
            SealRefusals.ChunkNotAuthentic => ("the content was changed after sealing", AskAgain),
            SealRefusals.Truncated => ("the file is cut off", AskAgain),
            SealRefusals.BytesAfterEnd => ("something was added after the end", AskAgain),
            SealRefusals.LastChunkEmpty => ("the content ends in a way sealing never ends it", AskAgain),
            SealRefusals.ArmorMalformed => ("the text form is damaged", AskAgain),
            SealRefusals.RecipientMalformed => ("this is not a recipient", "recipients begin with age1 or age1pq1"),
            SealRefusals.IdentityMalformed => ("this is not an identity file", "make one with: comity keygen -o FILE"),
            SealRefusals.NoRecipients => (
                "nobody to seal to",
                "name a recipient with -r, a file of them with -R, or use -p"
            ),
            SealRefusals.TooManyRecipients => ($"more than {SealLimits.MaxStanzas} recipients", ""),
            SealRefusals.RecipientsMixed => (
                "these recipients cannot share a file",
                "post-quantum recipients stand alone, and so does a passphrase"
            ),
            KeyFile.Unusable => ("no key in this file", ""),
            CliRefusals.NoSuchFile => ("no such file", ""),
            CliRefusals.Exists => ("exists already", "nothing is overwritten: choose another name with -o"),
            CliRefusals.Passphrase => (
                "no usable passphrase",
                "type it at the prompt, or give it as one line on standard input"
            ),
            CliRefusals.NotOurs => ("this is no act, directory entry, receipt, manifest or sealed exhibit", ""),
            CliRefusals.TooLarge => ("larger than anything of its kind may be", ""),
            "verify.roots-unusable" => ("no certificate in this file", "give the roots as PEM, one after another"),
            "register.tile-missing" => ("a file of the register is not there", AskMirror),
            "register.tile-malformed" => ("a file of the register is cut off, too long, or none", AskMirror),
            "register.tile-wrong" => ("a file of the register was changed", AskMirror),
            "register.root-wrong" => ("the files are one tree, and the checkpoint states another", AskMirror),
            "register.checkpoint-unsigned" or "register.checkpoint-signature-wrong" or "register.checkpoint-origin" => (
                "the checkpoint is not signed by the register's key",
                "the key is in the Party's directory entry, and on its node's public page /register"
            ),
            "register.cosignature-wrong" => ("a line of a witness does not hold", AskMirror),
            "register.key-malformed" or "register.key-id-wrong" or "register.key-type-wrong" => (
                "this is not the verifier key that is needed here",
                "keys are written NAME+8 digits+base64"
            ),
            CliRefusals.ManifestDiffers => (
                "the sealed file is not the one that this manifest describes",
                "compare their SHA-256; nothing was written"
            ),
            CliRefusals.Terminal => ("will not write sealed bytes to a terminal", "use -o FILE, or -a for text"),
            CliRefusals.Arguments => ("", "see comity --help"),
            CliRefusals.InputOutput => ("", ""),
            _ => ("refused", ""),
        };

    /// <summary>Whether a code says that what was looked at does not hold, rather than that the question could not be put.</summary>
    public static bool SaysItDoesNotHold(string code) =>
        code
            is "register.tile-missing"
                or "register.tile-malformed"
                or "register.tile-wrong"
                or "register.root-wrong"
                or "register.checkpoint-unsigned"
                or "register.checkpoint-signature-wrong"
                or "register.checkpoint-origin"
                or "register.checkpoint-malformed"
                or "register.cosignature-wrong"
                or SealRefusals.NotASeal
                or SealRefusals.HeaderMalformed
                or SealRefusals.HeaderTooLarge
                or SealRefusals.StanzaMalformed
                or SealRefusals.PassphraseNotAlone
                or SealRefusals.WorkFactorTooHigh
                or SealRefusals.NoMatchingKey
                or SealRefusals.MacWrong
                or SealRefusals.ChunkNotAuthentic
                or SealRefusals.Truncated
                or SealRefusals.BytesAfterEnd
                or SealRefusals.LastChunkEmpty
                or SealRefusals.ArmorMalformed
                or CliRefusals.ManifestDiffers;
}
