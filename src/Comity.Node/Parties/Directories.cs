// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Settings;
using Comity.Node.Storage;
using Comity.Parties;
using Comity.Register;
using Dapper;

namespace Comity.Node.Parties;

/// <summary>The directory as this node holds it, kept in the database and read into memory whole.</summary>
/// <remarks>Another replica's change is seen within <see cref="Staleness"/>; the database is asked, never the process.</remarks>
internal sealed class Directories(IDatabase database, NodeSettings settings, TimeProvider time)
{
    /// <summary>How long a copy in memory is used before the database is asked again.</summary>
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(10);

    private sealed record Copy(PartyDirectory Directory, long Read, long Changes);

    private Copy? copy;
    private long changes;

    /// <summary>The newest directory.</summary>
    public async Task<PartyDirectory> CurrentAsync(CancellationToken stop)
    {
        var known = copy;
        var before = Interlocked.Read(ref changes);

        // By the clock that only goes forward: one that is set back would make a copy fresh for as long.
        if (known is not null && known.Changes == before && time.GetElapsedTime(known.Read) < Staleness)
        {
            return known.Directory;
        }

        var read = time.GetTimestamp();
        var directory = await database.ReadAsync(ReadAsync, stop);
        copy = new Copy(directory, read, before);
        return directory;
    }

    /// <summary>This Party's own entry.</summary>
    public async Task<SignedEntry> OwnAsync(CancellationToken stop) =>
        (await CurrentAsync(stop)).Find(settings.Party)
        ?? throw new InvalidOperationException("this Party has no directory entry: 'comity-node init' makes the first");

    /// <summary>Takes an entry, whoever brought it. Its root must have been confirmed.</summary>
    /// <returns>The directory, or one of the refusals of <see cref="PartyDirectory.Accept"/>.</returns>
    public async Task<Outcome<PartyDirectory>> AcceptAsync(SignedEntry entry, CancellationToken stop)
    {
        var now = Instants.ToSecond(time.GetUtcNow());
        var outcome = await database.WriteAsync(
            async session =>
            {
                var accepted = (await ReadAsync(session)).Accept(entry, now);
                if (accepted is Outcome<PartyDirectory>.Admitted)
                {
                    await KeepAsync(session, entry, now);
                }

                return accepted;
            },
            stop
        );
        Forget();
        return outcome;
    }

    /// <summary>Confirms a Party's root with two officers and takes its entry.</summary>
    public async Task<Outcome<PartyDirectory>> ConfirmAsync(
        SignedEntry entry,
        Digest root,
        IReadOnlyCollection<Digest> officers,
        CancellationToken stop
    )
    {
        var outcome = await database.WriteAsync(session => ConfirmAsync(session, entry, root, officers), stop);
        Forget();
        return outcome;
    }

    /// <summary>The same within a write of the caller's.</summary>
    public async Task<Outcome<PartyDirectory>> ConfirmAsync(
        Session session,
        SignedEntry entry,
        Digest root,
        IReadOnlyCollection<Digest> officers
    )
    {
        var now = Instants.ToSecond(time.GetUtcNow());
        var directory = await ReadAsync(session);
        var accepted = directory
            .Confirm(entry.Entry.Party, root, officers)
            .Then(confirmed => confirmed.Accept(entry, now));
        if (accepted is Outcome<PartyDirectory>.Admitted)
        {
            await session.Connection.ExecuteAsync(
                """
                insert into directory_root (party, root, confirmed_by, confirmed)
                values (@Party, @Root, @By, @Now) on conflict do nothing
                """,
                new
                {
                    Party = entry.Entry.Party.ToString(),
                    Root = root.ToString(),
                    By = string.Join(' ', officers),
                    Now = now.ToUnixTimeSeconds(),
                },
                session.Transaction
            );
            await KeepAsync(session, entry, now);
        }

        return accepted;
    }

    // Changed before the copy is dropped, so that a read that began earlier cannot put back what it saw.
    private void Forget()
    {
        Interlocked.Increment(ref changes);
        copy = null;
    }

    /// <summary>The key and name of a Party's register, or nothing when the Party is not known or its key is not one.</summary>
    public static (NoteVerifier Key, string Origin)? RegisterOf(PartyDirectory directory, PartyId party) =>
        directory.Find(party)?.Entry.Register is { } register
        && NoteVerifier.Parse(register.Key) is Outcome<NoteVerifier>.Admitted key
            ? (key.Value, register.Origin)
            : null;

    private static Task KeepAsync(Session session, SignedEntry entry, DateTimeOffset now) =>
        session.Connection.ExecuteAsync(
            """
            insert into directory_entry (party, version, id, bytes, taken)
            values (@Party, @Version, @Id, @Bytes, @Now) on conflict do nothing
            """,
            new
            {
                Party = entry.Entry.Party.ToString(),
                Version = (long)entry.Entry.Version,
                Id = entry.Id.ToString(),
                Bytes = entry.Signed.Encoded.ToArray(),
                Now = now.ToUnixTimeSeconds(),
            },
            session.Transaction
        );

    // Entries are taken again in the order and at the instants they were first taken, so that one that has since expired
    // is still held: what it means now is asked of it when it matters.
    private static async Task<PartyDirectory> ReadAsync(Session session)
    {
        var directory = PartyDirectory.Empty;
        var roots = await session.Connection.QueryAsync<(string Party, string Root, string By)>(
            "select party, root, confirmed_by from directory_root",
            transaction: session.Transaction
        );
        foreach (var (party, root, by) in roots)
        {
            directory = Must(directory.Confirm(PartyId.Of(party), DigestOf(root), [.. by.Split(' ').Select(DigestOf)]));
        }

        var entries = await session.Connection.QueryAsync<(byte[] Bytes, long Taken)>(
            "select bytes, taken from directory_entry order by party, version",
            transaction: session.Transaction
        );
        foreach (var (bytes, taken) in entries)
        {
            var entry = Must(SignedEntry.Parse(bytes));
            directory = Must(directory.Accept(entry, DateTimeOffset.FromUnixTimeSeconds(taken)));
        }

        return directory;
    }

    private static Digest DigestOf(string hex) =>
        Digest.TryParse(hex, out var digest) ? digest : throw new InvalidDataException("a digest is not one");

    private static T Must<T>(Outcome<T> outcome) =>
        outcome is Outcome<T>.Admitted admitted
            ? admitted.Value
            : throw new InvalidDataException(
                $"the directory in the database: {((Outcome<T>.Refused)outcome).Why.Code}"
            );
}
