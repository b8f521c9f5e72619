// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Files.Register;
using Comity.Node.Public;
using Comity.Register;

namespace Comity.Node.Commands;

/// <summary><c>comity-node mirror</c>: copies a published register from its address into a folder, and verifies all of it.</summary>
/// <remarks>Here and not in <c>comity</c>, which opens no socket: whoever checks a copy needs none.</remarks>
internal static class MirrorCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("address") { Description = "The register's address, http or https" };
        var folder = new Argument<string>("folder") { Description = "The copy, perhaps begun before" };
        var key = new Option<string>("--key") { Description = "The register's verifier key", Required = true };
        var command = new Command(
            "mirror",
            "Copies a published register, goes on where the copy ended, checks the whole"
        )
        {
            address,
            folder,
            key,
        };
        command.SetAction(
            (parsed, stop) => RunAsync(parsed.GetValue(address)!, parsed.GetValue(folder)!, parsed.GetValue(key)!, stop)
        );
        return command;
    }

    private static async Task<int> RunAsync(string address, string folder, string key, CancellationToken stop)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var where)
            || (where.Scheme != Uri.UriSchemeHttp && where.Scheme != Uri.UriSchemeHttps)
        )
        {
            return Common.Complain(Common.Unusable, $"'{address}' is no address: https://public.example/register");
        }

        if (NoteVerifier.Parse(key) is not Outcome<NoteVerifier>.Admitted { Value: { Type: NoteKeyType.Log } register })
        {
            return Common.Complain(Common.Unusable, "--key is no register's verifier key");
        }

        try
        {
            using var source = new TileAddress(where);
            var copied = await LogMirror.CopyAsync(
                source,
                new TileFolder(folder),
                register,
                register.Name,
                TileAddress.AtOnce,
                null,
                stop
            );
            if (copied is not Outcome<VerifiedLog>.Admitted log)
            {
                var why = ((Outcome<VerifiedLog>.Refused)copied).Why;
                return Common.Complain(Common.NotOk, $"{address} does not hold: {why.Code} ({why.Where})");
            }

            Console.WriteLine($"{folder}: {log.Value.Checkpoint.Size} entries, verified");
            return Common.Ok;
        }
        catch (Exception bad) when (Common.WhyUnusable(bad) is { } why)
        {
            return Common.Complain(Common.Unusable, why);
        }
    }
}
