// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Comity.Evidence;

namespace Comity.Cli;

/// <summary><c>comity keygen</c>: a new identity, in a file that <c>age</c> reads too.</summary>
internal static class KeygenCommand
{
    private static readonly Option<string> Into = new("--output", "-o")
    {
        Description = "File to write, for its owner only; standard output unless given. Never overwritten.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Source.Standard,
    };

    private static readonly Option<bool> PostQuantum = new("--pq")
    {
        Description = "Post-quantum hybrid key, ML-KEM-768 with X25519. age opens its seals from version 1.3 on.",
    };

    public static Command Create()
    {
        Command command = new("keygen", "Make a new identity. The secret stays in the file; the recipient is printed.")
        {
            Into,
            PostQuantum,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var into = parsed.GetValue(Into)!;
        if (into == Source.Standard && Output.WantsJson(parsed))
        {
            var shared = Complaint.Arguments("--json and the secret key would share standard output; use -o FILE");
            return Output.Fail(parsed, shared);
        }

        if (!Target.CreatePrivate(into).Has(into, out var target, out var complaint))
        {
            return Output.Fail(parsed, complaint);
        }

        using var writing = target;
        var secret = RandomNumberGenerator.GetBytes(Identity.SecretSize);
        Identity identity = parsed.GetValue(PostQuantum) ? new Identity.Hybrid(secret) : new Identity.X25519(secret);
        var created = Instants.Format(Instants.ToSecond(DateTimeOffset.UtcNow));
        target.Stream.Write(Encoding.ASCII.GetBytes(KeyFile.Write(identity, created)));
        target.Publish();
        if (into != Source.Standard && !Output.WantsJson(parsed))
        {
            Console.Out.WriteLine(identity.Recipient);
        }

        KeygenResult result = new("created", into, identity.Recipient.ToString());
        return Output.Succeed(parsed, result, OutputJson.Default.KeygenResult);
    }
}

/// <summary>What <c>comity keygen --json</c> prints. The secret is in the file only.</summary>
internal sealed record KeygenResult(string Outcome, string File, string Recipient);
