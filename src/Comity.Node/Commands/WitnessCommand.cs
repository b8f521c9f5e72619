// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Comity.Files;
using Comity.Node.Witnessing;
using Comity.Register;

namespace Comity.Node.Commands;

/// <summary><c>comity-node witness</c>: runs a witness that is no Party's node.</summary>
internal static class WitnessCommand
{
    private const string KeyFile = "witness.key";
    private const string NameFile = "witness.name";
    private const string LogsFile = "logs";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The witness's own folder", Required = true };
        var name = new Option<string?>("--name")
        {
            Description = "Its name, when it is first started, for example witness.example/w1",
        };
        var address = new Option<string>("--address")
        {
            Description = "Where it listens",
            DefaultValueFactory = _ => "http://127.0.0.1:8470",
        };
        var logs = new Option<string[]>("--log")
        {
            Description = "The verifier key of a register to witness. Kept; may be repeated",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("witness", "Runs a witness: cosigns the checkpoints of the registers it knows")
        {
            data,
            name,
            address,
            logs,
        };
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    parsed.GetValue(data)!,
                    parsed.GetValue(name),
                    parsed.GetValue(address)!,
                    parsed.GetValue(logs)!,
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string data,
        string? name,
        string addressed,
        IReadOnlyList<string> added,
        CancellationToken stop
    )
    {
        if (!Uri.TryCreate(addressed, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            return Common.Complain(
                Common.Unusable,
                "--address is an address such as http://127.0.0.1:8470; what ends TLS stands before it"
            );
        }

        try
        {
            var folder = Directory.CreateDirectory(data).FullName;
            if (KeyOf(folder, name) is not { } key)
            {
                return Common.Complain(
                    Common.Unusable,
                    $"{folder} holds no witness: name the new one with --name, without white space or a plus"
                );
            }

            var logs = new List<NoteVerifier>();
            foreach (var line in Known(folder).Concat(added).Distinct(StringComparer.Ordinal))
            {
                if (
                    NoteVerifier.Parse(line)
                    is not Outcome<NoteVerifier>.Admitted { Value: { Type: NoteKeyType.Log } log }
                )
                {
                    return Common.Complain(Common.Unusable, $"'{line}' is no register's verifier key");
                }

                logs.Add(log);
            }

            Keep(folder, logs);
            await using var host = await WitnessHost.StartAsync(folder, key, logs, address, stop);
            Console.WriteLine($"witness ready: {address} key {key.Verifier}");
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Common.Ok;
        }
        catch (Exception bad) when (Common.WhyUnusable(bad) is { } why)
        {
            return Common.Complain(Common.Unusable, why);
        }
    }

    private static Cosigner? KeyOf(string folder, string? name)
    {
        var (key, named) = (Path.Combine(folder, KeyFile), Path.Combine(folder, NameFile));
        if (!File.Exists(key))
        {
            var seed = RandomNumberGenerator.GetBytes(32);
            if (name is null || !IsName(name, seed))
            {
                return null;
            }

            // The key last: a crash before it leaves a folder in which the next start begins again.
            if (!File.Exists(named))
            {
                Write(DurableFile.Create(named), name + "\n");
            }

            Write(DurableFile.CreatePrivate(key), Convert.ToHexStringLower(seed) + "\n");
        }

        return Digest.TryParse(File.ReadAllText(key).Trim(), out var bytes)
            ? new Cosigner(File.ReadAllText(named).Trim(), bytes.ToArray())
            : throw new InvalidDataException($"{key} is no key");
    }

    private static bool IsName(string name, byte[] seed)
    {
        try
        {
            return new Cosigner(name, seed).Verifier.Name == name;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Known(string folder)
    {
        var file = Path.Combine(folder, LogsFile);
        return File.Exists(file) ? File.ReadAllLines(file).Where(l => l.Length > 0) : [];
    }

    private static void Keep(string folder, IEnumerable<NoteVerifier> logs)
    {
        var file = Path.Combine(folder, LogsFile);
        var text = string.Concat(logs.Select(l => $"{l}\n"));
        File.WriteAllText(file + ".part", text);
        File.Move(file + ".part", file, overwrite: true);
        FolderEntries.Flush(folder);
    }

    private static void Write(DurableFile file, string text)
    {
        using (file)
        {
            file.Stream.Write(Encoding.UTF8.GetBytes(text));
            file.Publish();
        }
    }
}
