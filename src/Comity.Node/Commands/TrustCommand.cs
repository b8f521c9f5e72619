// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Parties;
using Comity.Signatures;

namespace Comity.Node.Commands;

/// <summary><c>comity-node trust</c>: takes another State's directory entry, its root confirmed by two officers.</summary>
internal static class TrustCommand
{
    public static Command Create()
    {
        var entry = new Argument<string>("entry") { Description = "The other State's entry.p7m" };
        var root = new Option<string>("--root")
        {
            Description = "The root fingerprint, as the other State read it out over another channel",
            Required = true,
        };
        var officers = new Option<string[]>("--officer")
        {
            Description =
                "An officer who compared it; two different ones. Phrases are asked for, or read from COMITY_PHRASE_<ID>",
            Required = true,
        };
        var command = new Command(
            "trust",
            "Confirms another State's root, with two officers, and takes its directory entry"
        )
        {
            entry,
            root,
            officers,
            Common.Data,
        };
        command.SetAction(
            (parsed, stop) =>
                Common.WithNodeAsync(
                    parsed.GetValue(Common.Data)!,
                    node =>
                        TrustAsync(
                            node,
                            parsed.GetValue(entry)!,
                            parsed.GetValue(root)!,
                            parsed.GetValue(officers)!,
                            stop
                        )
                )
        );
        return command;
    }

    private static async Task<int> TrustAsync(
        NodeParts node,
        string file,
        string root,
        string[] officers,
        CancellationToken stop
    )
    {
        if (!File.Exists(file) || !Digest.TryParse(root, out var fingerprint))
        {
            return Common.Complain(
                Common.Unusable,
                "an entry file and a fingerprint of 64 hexadecimal digits are needed"
            );
        }

        if (SignedEntry.Parse(await ReadAsync(file, stop)) is not Outcome<SignedEntry>.Admitted entry)
        {
            return Common.Complain(Common.NotOk, $"{file} is not a directory entry signed by its root");
        }

        if (entry.Value.Root != fingerprint)
        {
            return Common.Complain(
                Common.NotOk,
                $"the entry is signed by the root {entry.Value.Root}, which is not the one read out"
            );
        }

        var confirmed = new List<Digest>();
        foreach (var id in officers)
        {
            if (await ConfirmAsync(node, id, entry.Value, stop) is not { } certificate)
            {
                return Common.Complain(
                    Common.NotOk,
                    $"{id} is no officer of this node, or the phrase does not open the key"
                );
            }

            confirmed.Add(certificate);
        }

        var outcome = await node.Directories.ConfirmAsync(entry.Value, fingerprint, confirmed, stop);
        if (outcome is Outcome<PartyDirectory>.Refused refused)
        {
            return Common.Complain(Common.NotOk, $"{refused.Why.Code} ({refused.Why.Source})");
        }

        Console.WriteLine($"{entry.Value.Entry.Party} is confirmed, entry version {entry.Value.Entry.Version}");
        return Common.Ok;
    }

    // No more than an entry can be: what is larger is none, whatever it is.
    private static async Task<byte[]> ReadAsync(string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[2 * SignedEntry.MaximumBytes];
        return bytes[..await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop)];
    }

    // Signing the entry's bytes proves that the officer was there: the phrase opens the key, and nothing else does.
    private static async Task<Digest?> ConfirmAsync(
        NodeParts node,
        string id,
        SignedEntry entry,
        CancellationToken stop
    )
    {
        var officer = await node.Database.ReadAsync(s => OfficerTables.FindAsync(s, id), stop);
        if (officer is null)
        {
            return null;
        }

        var phrase = Phrases.Of(id);
        var input = SigningInput.For(entry.Signed.Encoded, officer.Certificate, node.Now);
        using var key = OfficerKey.Unlock(officer, phrase);
        return key?.Sign(input) is null ? null : officer.Certificate.Id;
    }
}
