// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Files.Bundles;

/// <summary>What to type to check a bundle without any program of ours: a text that is also a script.</summary>
/// <remarks>One text for all bundles, so that a verifier knows it. Whatever fails ends the script with another code than 0.</remarks>
internal static class CourtCommands
{
    /// <summary>The text of <c>VERIFY.txt</c>.</summary>
    public const string Text = """
        # How to check this bundle with stock tools alone
        # ===============================================
        #
        # What you need: openssl (3.0 or later), unzip, sha256sum, xmllint, xxd, and of any Unix sh, sed, base64, cut, tail.
        # Nothing here opens a network connection. Lines that begin with # are for reading, the others for typing: read
        # them first, then type them one after another, or all at once: sh VERIFY.txt roots.pem
        #
        # Unzip the container and go there:
        #
        #   unzip -q FILE.asice -d dossier && cd dossier
        #
        # The root certificates of the Parties concerned, in one PEM file, compared with what each of them publishes. The
        # roots inside the bundle prove only that it agrees with itself; to see whether it does, take them from there:
        #
        #   for entry in data/directory/*.p7m; do openssl pkcs7 -inform DER -in "$entry" -print_certs; done > roots.pem
        #
        # Once certificates have expired, name the time as of which they are to be checked, in seconds since 1970:
        #
        #   at=$(date -d 2026-11-24 +%s) sh VERIFY.txt roots.pem

        set -eu
        roots=${1:-roots.pem}
        tsa=${2:-tsa.pem}
        fail() { echo "NOT: $1"; exit 1; }
        cms() { openssl cms -verify -cades -binary -purpose any -inform DER -CAfile "$roots" ${at:+-attime "$at"} "$@" 2> checked/openssl || { cat checked/openssl; fail "the signature of the file above"; }; }
        mkdir -p checked

        # 1. Nothing is missing, and nothing was changed since the manifests were written.

        sha256sum --quiet -c manifest-sha256.txt || fail "a file of the dossier"
        sha256sum --quiet -c tagmanifest-sha256.txt || fail "a file about the dossier"
        for file in data/* data/*/* data/*/*/*; do
          test -f "$file" || continue
          test -n "$(sed -n "s|^[0-9a-f]*  $file\$|listed|p" manifest-sha256.txt)" || fail "$file is in no manifest"
        done

        # 2. The manifests are those that the exporting authority signed. -cades and -binary are both needed: without the
        #    first a swapped certificate goes unnoticed, without the second a good signature looks bad.

        for file in manifest-sha256.txt tagmanifest-sha256.txt; do
          listed=$(xmllint --nonet --xpath "string(//*[local-name()='DataObjectReference'][@URI='$file']/*[local-name()='DigestValue'])" META-INF/ASiCManifest001.xml)
          test "$listed" = "$(sha256sum "$file" | cut -c1-64 | xxd -r -p | base64)" || fail "$file is not the one that was signed"
        done
        echo META-INF/signature001.p7s
        cms -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -out checked/manifest.xml

        # 3. Each Party's directory entry is signed by its root. It lists the Party's seals and its register's key.

        for entry in data/directory/*.p7m; do
          echo "$entry"
          name=${entry##*/}
          cms -in "$entry" -out "checked/${name%.p7m}.json"
        done

        # 4. Who signed each act, and what it says: read checked/*.json. The seal is one of those that the entry of the
        #    Party that speaks lists.

        for act in data/acts/*.p7m; do
          echo "$act"
          name=${act##*/}
          said=checked/${name%.p7m}.act
          cms -in "$act" -signer checked/signer.pem -out "$said"
          seal=$(openssl x509 -in checked/signer.pem -outform DER | openssl base64 -A)
          party=$(sed -n 's/.*"from": *"\([A-Z][A-Z]\)\/.*/\1/p' "$said" | sed 1q)
          found=
          for entry in checked/"$party"-*.json; do
            test -z "$(sed -n "\|$seal|p" "$entry")" || found=yes
          done
          test -n "$found" || fail "the seal of $act is not one of $party's"
        done

        # 5. What the registers say of each act: that it stands in them, since when, and that the proof holds. The name of a
        #    proof begins with the id of its act, which is the SHA-256 of the act's file.

        node() { printf '01%s%s' "$1" "$2" | xxd -r -p | sha256sum | cut -c1-64; }
        included() {
          sed '1,/^$/d' "$1" > checked/note
          sed '/^$/,$d' checked/note > checked/body
          signed=
          for key in $(sed -n 's/.*"key": *"\([^"+]*+[0-9a-f]\{8\}+[^"]*\)".*/\1/p' checked/"$2"-*.json); do
            { printf 302a300506032b6570032100 | xxd -r -p; printf %s "${key#*+*+}" | base64 -d | tail -c +2; } > checked/key.der
            sed -n "s|^— ${key%%+*} ||p" checked/note | base64 -d | tail -c +5 > checked/signature
            ! openssl pkeyutl -verify -pubin -inkey checked/key.der -keyform DER -rawin -in checked/body -sigfile checked/signature > checked/openssl 2>&1 || signed=yes
          done
          test -n "$signed" || return 1
          sed -n 's/^extra //p' "$1" | base64 -d > checked/salted
          root=$(sed -n 3p checked/body | base64 -d | xxd -p -c 32)
          index=$(sed -n 's/^index //p' "$1")
          last=$(($(sed -n 2p checked/body) - 1))
          hash=$({ printf '\0'; sha256sum < checked/salted | cut -c1-64 | xxd -r -p; } | sha256sum | cut -c1-64)
          test "$index" -le "$last" || return 1
          for sibling in $(sed -n '/^index /,/^$/p' "$1" | sed '1d;$d'); do
            test "$last" -gt 0 || return 1
            sibling=$(printf %s "$sibling" | base64 -d | xxd -p -c 32)
            if test $((index % 2)) = 1 || test "$index" = "$last"; then
              hash=$(node "$sibling" "$hash")
              while test $((index % 2)) = 0; do index=$((index / 2)); last=$((last / 2)); done
            else
              hash=$(node "$hash" "$sibling")
            fi
            index=$((index / 2)); last=$((last / 2))
          done
          test "$last" = 0 && test "$hash" = "$root"
        }
        for act in data/acts/*.p7m; do
          id=$(sha256sum "$act" | cut -c1-64)
          for proof in data/proofs/"$id".*.tlog-proof; do
            test -e "$proof" || { echo "no register's receipt is here for $act"; continue; }
            party=${proof%.tlog-proof}
            party=${party##*.}
            included "$proof" "$party" || fail "$proof"
            test -n "$(tail -c +33 checked/salted | sed -n "/\"act\":\"$id\"/p")" || fail "$proof is for another act"
            echo "$act in the register of $party: $(tail -c +33 checked/salted | sed 's/.*"entry"/"entry"/;s/,"directory".*//')"
          done
        done

        # 6. Evidence is as the act that supplies it says. Who holds the key opens it, and compares with sha256 in the same
        #    act: age -d -i KEYFILE data/exhibits/DIGEST.age | sha256sum

        for said in checked/*.act; do
          for digest in $(sed 's/"sealedSha256"/\
        &/g' "$said" | sed -n 's/^"sealedSha256": *"\([0-9a-f]\{64\}\)".*/\1/p'); do
            exhibit=data/exhibits/$digest.age
            test -e "$exhibit" || { echo "not in this bundle: $exhibit"; continue; }
            test "$(sha256sum "$exhibit" | cut -c1-64)" = "$digest" || fail "$exhibit"
            echo "$exhibit"
          done
        done

        # 7. Timestamps, where there are any: others' word for when a register's checkpoint existed. Their authorities' root
        #    certificates, from the authorities themselves, in one PEM file: tsa.pem, or the second name after VERIFY.txt.

        for token in data/timestamps/*.tst; do
          test -e "$token" || continue
          test -e "$tsa" || { echo "not checked: $token, as there is no $tsa"; continue; }
          number=${token##*/}
          text=data/checkpoints/${number%%-*}.txt
          test "$(sed '/^$/,$d' "${text%.txt}.note" | sha256sum)" = "$(sha256sum < "$text")" || fail "$text"
          openssl ts -verify -token_in -in "$token" -data "$text" -CAfile "$tsa" ${at:+-attime "$at"} > checked/openssl 2>&1 || { cat checked/openssl; fail "$token"; }
          echo "$token over $text: $(openssl ts -reply -token_in -in "$token" -text 2>/dev/null | sed -n 's/^Time stamp: //p')"
        done

        echo "everything holds"

        # What no tool can tell: whether what a State says is true. A signature shows who said it, a register when it was
        # received, a digest that bytes are the same. Whether a certificate was revoked later, no file here can know.
        #
        # With Comity's own verifier, which checks more (the order of the acts, what they add up to, what each may say):
        #
        #   comity verify FILE.asice --roots roots.pem

        """;
}
