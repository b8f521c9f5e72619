// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Acts;
using Comity.Exchange;
using Comity.Node.Acts;
using Comity.Node.Evidence;
using Comity.Node.Exchange;
using Comity.Node.Hosting;
using Comity.Node.Parties;
using Comity.Node.Storage;
using Comity.Parties;

namespace Comity.Node.Bags;

/// <summary>Takes a bag in that was read through: acts and answers by the same code as by wire, then the exhibits.</summary>
/// <remarks>
/// Each letter is one or two pieces of work of the register, each exhibit a file placed and a row changed. A crash anywhere
/// leaves what was done until then, and the same bag is taken in again: everything in it that is here already is answered
/// as it was, and nothing stands twice. That the bag is older than what came by wire meanwhile does no harm, for the same
/// reason; so it says nothing about where its sender stands now, and no delivery is opened again because of it.
/// </remarks>
internal sealed class Unpacking(NodeParts node)
{
    private const string AnswerUnknown = "bag.answer-unknown";

    /// <summary>Takes a bag in.</summary>
    /// <param name="bag">The bag, read through.</param>
    /// <param name="progress">Told the bytes of exhibits taken in so far.</param>
    /// <param name="stop">Gives up; what was taken in stays.</param>
    /// <returns>What came of it, or a refusal when the medium changed since it was read.</returns>
    /// <exception cref="IOException">The disk failed, or the medium did.</exception>
    public async Task<Outcome<Unpacked>> TakeAsync(ReadBag bag, IProgress<long>? progress, CancellationToken stop)
    {
        if (await node.Directories.AcceptAsync(bag.Entry, stop) is Outcome<PartyDirectory>.Refused refused)
        {
            return new Outcome<Unpacked>.Refused(refused.Why);
        }

        var done = new Unpacked(bag.Manifest.From);
        var reading = new BagReading(node);
        for (var i = 0; i < bag.Manifest.Letters.Count; i++)
        {
            var read = await reading.ReadLetterAsync(bag.Folder, bag.Manifest, i, stop);
            if (read is Outcome<BagLetter>.Refused changed)
            {
                return new Outcome<Unpacked>.Refused(changed.Why);
            }

            var letter = ((Outcome<BagLetter>.Admitted)read).Value;
            done = await SettleAsync(bag, letter, done, stop);
            done = await AdmitAsync(bag, letter, done, stop);
        }

        var before = 0L;
        foreach (var file in bag.Manifest.Exhibits)
        {
            var came = await TakeExhibitAsync(bag, file, new ProgressFrom(progress, before), stop);
            if (came is Outcome<Came>.Refused changed)
            {
                return new Outcome<Unpacked>.Refused(changed.Why);
            }

            done = done.With(((Outcome<Came>.Admitted)came).Value);
            before += file.Size;
        }

        var row = await node.Database.WriteAsync(
            async session =>
            {
                await BagTables.SettledAsync(session, done.From, bag.Manifest.Settled);
                await PeerTables.OpenAsync(session, done.From);
                return (await PeerTables.FindAsync(session, done.From))!;
            },
            stop
        );
        return new Outcome<Unpacked>.Admitted(done with { Cursor = row.Taken });
    }

    private async Task<Unpacked> AdmitAsync(ReadBag bag, BagLetter letter, Unpacked done, CancellationToken stop)
    {
        if (letter.Acts.Count == 0)
        {
            return done;
        }

        var (_, arrivals) = await node.Admitting.TakeAsync(done.From, new Push(letter.Acts), stop, isByBag: true);
        return done with
        {
            Admitted = done.Admitted + arrivals.Count(a => a.Verdict == ActVerdict.Admitted),
            NotAdmitted = done.NotAdmitted + arrivals.Count(a => a.Verdict == ActVerdict.NotAdmitted),
            Parked = done.Parked + arrivals.Count(a => a.Verdict == ActVerdict.Parked),
        };
    }

    private async Task<Unpacked> SettleAsync(ReadBag bag, BagLetter letter, Unpacked done, CancellationToken stop)
    {
        if (letter.Answers.Count == 0)
        {
            return done;
        }

        var (known, unknown) = await node.Database.ReadAsync(s => OursAsync(s, done.From, letter.Answers), stop);
        if (unknown > 0)
        {
            // Answers to what we never sent: this node was put back from an old copy, or the peer makes things up.
            await node.Database.WriteAsync(
                async session =>
                {
                    await AlarmTables.RaiseAsync(session, AnswerUnknown, done.From, $"bag {bag.Id}", null, node.Now);
                    return 0;
                },
                stop
            );
        }

        var directory = await node.Directories.CurrentAsync(stop);
        var register =
            Directories.RegisterOf(directory, done.From)
            ?? throw new InvalidDataException($"the directory entry of {done.From} names no register");
        var settled = await Settling.SettleAsync(node.Register, node.Keys.AtRest, done.From, known, register, stop);
        return done with { Settled = done.Settled + settled.Acts, Unknown = done.Unknown + unknown };
    }

    private async Task<(IReadOnlyList<(Sent, ActAnswer)> Known, int Unknown)> OursAsync(
        Session session,
        PartyId peer,
        IReadOnlyList<ActAnswer> answers
    )
    {
        var known = new List<(Sent, ActAnswer)>();
        foreach (var answer in answers)
        {
            if (
                await BagTables.IndexOfAsync(session, peer, answer.Act) is { } index
                && await ActTables.FindAsync(session, new ActId(answer.Act), node.Keys.AtRest) is { } act
            )
            {
                known.Add((new Sent(index, act.Signed.Encoded.ToArray()), answer));
            }
        }

        return (known, answers.Count - known.Count);
    }

    private async Task<Outcome<Came>> TakeExhibitAsync(
        ReadBag bag,
        BagFile file,
        IProgress<long> progress,
        CancellationToken stop
    )
    {
        var row = await node.Database.ReadAsync(s => ExhibitTables.FindAsync(s, file.Sha256), stop);
        if (row is null || row.Source != bag.Manifest.From.ToString() || row.Size != file.Size)
        {
            // No act that took effect here supplies it: the act is parked, or was not admitted. It is not ours to keep.
            return new Outcome<Came>.Admitted(Came.Waits);
        }

        if (row.State is not (ExhibitTables.Expected or ExhibitTables.Differs))
        {
            return new Outcome<Came>.Admitted(Came.WasHere);
        }

        // Beside what the fetcher may be assembling of the same exhibit: whichever is whole first is placed, and placing
        // the same bytes again changes nothing.
        Directory.CreateDirectory(node.Settings.ArrivingFolder);
        var name = $"bag-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        var arriving = Path.Combine(node.Settings.ArrivingFolder, name);
        try
        {
            await using (
                var part = new FileStream(arriving, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, true)
            )
            {
                var listed = BagFolder.ExhibitName(file.Sha256);
                if (await bag.Folder.PassAsync(listed, file, part, progress, stop) is { } changed)
                {
                    return new Outcome<Came>.Refused(changed);
                }
            }

            await node.Evidence.PlaceAsync(arriving, file.Sha256, stop);
        }
        finally
        {
            File.Delete(arriving);
        }

        // A crash before this leaves a placed file and a row that still expects it: the fetcher, or this bag, finds it placed.
        var stands = await Receiving.CompleteAsync(
            node.Database,
            node.Keys.AtRest,
            node.Settings.Party,
            row,
            node.Now,
            stop
        );
        if (stands is ExhibitTables.Destroying or ExhibitTables.Destroyed)
        {
            await node.Evidence.DeleteAsync(file.Sha256, stop); // certified as destroyed while it was taken in
        }

        return new Outcome<Came>.Admitted(Came.Whole);
    }
}

/// <summary>What became of an exhibit in a bag.</summary>
internal enum Came
{
    /// <summary>It is here, whole.</summary>
    Whole,

    /// <summary>It was here before, or was supplied by us.</summary>
    WasHere,

    /// <summary>No act that took effect here supplies it yet.</summary>
    Waits,
}

/// <summary>What came of a bag that was taken in.</summary>
/// <param name="From">Whose it was.</param>
/// <param name="Admitted">Acts in our register, whether they came now or before.</param>
/// <param name="NotAdmitted">Acts kept for a duty officer.</param>
/// <param name="Parked">Acts that wait for an earlier one.</param>
/// <param name="Settled">Acts of ours that it brought good answers to.</param>
/// <param name="Unknown">Answers to acts that we never sent.</param>
/// <param name="Exhibits">Exhibits that are whole now.</param>
/// <param name="ExhibitsHere">Exhibits that were here before.</param>
/// <param name="ExhibitsWaiting">Exhibits that no act supplies yet: the bag is to be taken in again when it has come.</param>
/// <param name="Cursor">How far we have answered for the sender's register.</param>
internal sealed record Unpacked(
    PartyId From,
    int Admitted = 0,
    int NotAdmitted = 0,
    int Parked = 0,
    int Settled = 0,
    int Unknown = 0,
    int Exhibits = 0,
    int ExhibitsHere = 0,
    int ExhibitsWaiting = 0,
    long Cursor = -1
)
{
    /// <summary>The same with one exhibit more.</summary>
    public Unpacked With(Came came) =>
        came switch
        {
            Came.Whole => this with { Exhibits = Exhibits + 1 },
            Came.WasHere => this with { ExhibitsHere = ExhibitsHere + 1 },
            _ => this with { ExhibitsWaiting = ExhibitsWaiting + 1 },
        };
}
