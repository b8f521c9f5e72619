// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Text;
using Comity.Node.Exchange;
using Comity.Node.Keys;
using Comity.Node.Parties;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Witnessing;

/// <summary>Asks every witness to cosign a checkpoint of this node, and keeps what they give.</summary>
/// <remarks>
/// Each is asked at once and at most twice: the second time from the size that it says it cosigned last. One that is away, slow
/// or wrong costs nobody but its own line. What it gives is verified before it is kept, and kept before it is shown.
/// </remarks>
internal sealed class WitnessRound(
    IDatabase database,
    Directories directories,
    IPeerTransport transport,
    NodeKeys keys,
    NodeSettings settings,
    ILogger<WitnessRound> log
) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    )
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = PublicWitness.LargestAnswer,
    };

    /// <summary>Which witnesses there are, by their newest entries and this node's settings.</summary>
    public async Task<IReadOnlyList<IWitnessLine>> WitnessesAsync(CancellationToken stop)
    {
        var directory = await directories.CurrentAsync(stop);
        var known = new HashSet<(string, uint)> { (keys.Register.Verifier.Name, keys.Register.Verifier.KeyId) };
        var peers = directory
            .Parties.Where(p => p != settings.Party)
            .Select(p => directory.Find(p)!.Entry)
            .Select(e => KeyOf(e) is { } key ? new PeerWitness(key, e, transport) : null)
            .OfType<IWitnessLine>();

        // A key that goes by the name and id of this register, or of another witness, would spoil the other's lines.
        return
        [
            .. settings
                .Witnesses.Select(IWitnessLine (w) => new PublicWitness(client, w.Key, w.Address))
                .Concat(peers)
                .Where(w => known.Add((w.Key.Name, w.Key.KeyId))),
        ];
    }

    /// <summary>What this node asks of a checkpoint before it calls it witnessed.</summary>
    public async Task<CheckpointPolicy> PolicyAsync(CancellationToken stop)
    {
        var counted = (await WitnessesAsync(stop)).Where(w =>
            settings.WitnessesCounted.Count == 0 || settings.WitnessesCounted.Contains(w.Name)
        );
        return new CheckpointPolicy(settings.WitnessesNeeded, [.. counted.Select(w => w.Key)]);
    }

    /// <summary>Asks the witnesses that have not cosigned a publication yet.</summary>
    /// <returns>Whether any line was kept.</returns>
    public async Task<bool> AskAsync(Publication publication, CancellationToken stop)
    {
        var open = (await WitnessesAsync(stop)).Where(w => !publication.Note.Signatures.Any(w.Key.IsNamedBy)).ToList();
        var kept = await Task.WhenAll(open.Select(w => AskAsync(w, publication, stop)));
        return kept.Contains(true);
    }

    public void Dispose() => client.Dispose();

    private static NoteVerifier? KeyOf(PartyEntry entry) =>
        entry.Witness is { } text && NoteVerifier.Parse(text) is Outcome<NoteVerifier>.Admitted key ? key.Value : null;

    // Never throws but for the database's faults and the stop: a witness's own faults are its own.
    private async Task<bool> AskAsync(IWitnessLine witness, Publication publication, CancellationToken stop)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(2 * Patience);
            var from = await database.ReadAsync(s => LastAsync(s, witness.Key), stop);
            var answer = await SubmitAsync(witness, publication, from, limit.Token);
            if (answer is { Status: 409, IsSize: true } && SizeOf(answer.Text) is { } last)
            {
                if (last > publication.Size)
                {
                    // A number that nobody signed. A newer checkpoint may have been cosigned meanwhile, or it lies; whether this
                    // node was put back is shown by a peer, under this register's own signature (Halt).
                    WitnessLog.NotCosigned(log, witness.Name, "register.witness-ahead");
                    return false;
                }

                answer = await SubmitAsync(witness, publication, last, limit.Token);
            }

            return await KeepAsync(witness, publication, answer, stop);
        }
        catch (PeerUnreachableException away)
        {
            WitnessLog.NotCosigned(log, witness.Name, away.Code);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            WitnessLog.NotCosigned(log, witness.Name, "exchange.timed-out");
        }

        return false;
    }

    private async Task<WitnessAnswer> SubmitAsync(
        IWitnessLine witness,
        Publication publication,
        long from,
        CancellationToken stop
    )
    {
        var plan = ProofPlan.Consistency(from, publication.Size) is Outcome<ProofPlan>.Admitted possible
            ? possible.Value
            : throw new InvalidOperationException("a witness has cosigned more than was published");
        var hashes = await database.ReadAsync(s => RegisterTables.HashesAsync(s, plan.Nodes), stop);
        var own = SignedNote.Unsigned(publication.Note.Text);
        foreach (var line in publication.Note.Signatures.Where(keys.Register.Verifier.IsNamedBy))
        {
            own = own.With(line);
        }

        return await witness.SubmitAsync(new Submission(from, plan.Fold(hashes), own), stop);
    }

    private async Task<bool> KeepAsync(
        IWitnessLine witness,
        Publication publication,
        WitnessAnswer answer,
        CancellationToken stop
    )
    {
        var line = answer.Status == 200 ? LineOf(witness.Key, publication.Note.Text, answer.Text) : null;
        if (line is not { } good)
        {
            WitnessLog.NotCosigned(log, witness.Name, $"status {answer.Status}");
            return false;
        }

        return await database.WriteAsync(
            async session =>
            {
                await PublicationTables.AddAsync(session, publication.Size, witness.Key, good);
                return true;
            },
            stop
        );
    }

    // The answer is read as the signature lines of a note with our own text, and only the witness's own that holds is taken.
    private static NoteSignature? LineOf(NoteVerifier key, string text, string lines)
    {
        if (SignedNote.Parse(Encoding.UTF8.GetBytes(text + "\n" + lines)) is not Outcome<SignedNote>.Admitted note)
        {
            return null;
        }

        var good = note.Value.Signatures.Where(s => key.Verifies(text, s)).ToList();
        return good.Count > 0 ? good[^1] : null;
    }

    private static long? SizeOf(string text) =>
        text.EndsWith('\n')
        && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;

    private static async Task<long> LastAsync(Session session, NoteVerifier witness) =>
        await session.Connection.ExecuteScalarAsync<long?>(
            "select max(size) from cosignature where witness = @Witness",
            new { Witness = witness.ToString() },
            session.Transaction
        ) ?? 0;
}

/// <summary>What is logged of witnesses.</summary>
internal static partial class WitnessLog
{
    [LoggerMessage(61, LogLevel.Warning, "{Witness} has not cosigned the newest checkpoint: {Code}")]
    public static partial void NotCosigned(ILogger logger, string witness, string code);
}
