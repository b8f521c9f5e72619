// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Dossiers;

/// <summary>What to type to check an exported dossier without any program of ours.</summary>
public static class StockCommands
{
    /// <summary>The text of <c>VERIFY.txt</c>.</summary>
    public const string Text = """
        How to check this dossier with stock tools
        ==========================================

        You need the root certificates of the Parties concerned, compared with what each of them publishes, in one
        file: roots.pem. The roots inside this folder prove nothing by themselves. Type the commands in this folder.

        1. Nothing is missing and nothing was changed since it was exported:

             sha256sum -c manifest-sha256.txt

        2. Who signed each act, and what it says. Both -cades and -binary are needed: without the first a
           swapped certificate goes unnoticed, without the second a good act looks altered.

             for act in acts/*.p7m; do
               openssl cms -verify -cades -binary -purpose any -inform DER -in "$act" -CAfile roots.pem -out "$act.json"
             done

           Once certificates have expired, add: -attime SECONDS (for example from: date -d 2026-11-24 +%s)

        3. The id of an act is the digest of its file. Receipts and other acts name it by this:

             sha256sum acts/*.p7m

        4. Evidence is as the act that supplies it says (sealedSha256 in supply acts):

             sha256sum exhibits/*.age

           Who holds the key opens it, and compares with sha256 in the same act:

             age -d -i KEYFILE exhibits/DIGEST.age | sha256sum

        5. That a register took an act in, and when, is in receipts/ and proofs/. How to check the proof and the
           signature over the checkpoint with openssl, xxd and sha256sum stands in docs/spec/register.md of Comity.

        With Comity's own verifier, which opens no network connection:

             comity verify . --roots roots.pem

        What no tool can tell: whether what a State says is true. A signature shows who said it, a register when it
        was received, a digest that bytes are the same.

        """;
}
