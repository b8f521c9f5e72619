// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Files.Keys;
using Comity.Node.Demo;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Register;
using Comity.Signatures;

namespace Comity.Bench;

/// <summary>
/// Acts a node takes in each second: pushed over TLS by two States at once, batch after batch, to its process, verified,
/// entered in its register on SQLite with synchronous=FULL, and answered for with a receipt; every act opens a dossier.
/// Beside it, one core that only verifies the same signatures with SignedCms, and the disk that only syncs. Whoever pushes
/// uses the same processors. The ratio is over the 2,000 a second asked for on two cores.
/// </summary>
internal static class AdmitBench
{
    private const double Goal = 2_000;
    private const int Rounds = 3;

    public static async Task RunAsync(Scale scale)
    {
        var batches = scale == Scale.Full ? 120 : 16;
        var folder = Directory.CreateTempSubdirectory("comity-bench-").FullName;
        try
        {
            var to = await MakeAsync(folder, "XB");
            using var first = new Sender(await MakeAsync(folder, "XA"), to);
            using var second = new Sender(await MakeAsync(folder, "XC"), to);
            Sender[] senders = [first, second];
            foreach (var sender in senders)
            {
                await to.TrustAsync(sender.Node, default);
                sender.Prepare(batches);
            }

            await using var node = await ServedNode.StartAsync(to.Data);

            // The code is warm, and the connections are made, before the clock starts.
            await Task.WhenAll(senders.Select(s => s.PushAsync(batches / 8)));
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(senders.Select(s => s.PushAsync(batches)));
            var took = watch.Elapsed;
            var acts = senders.Length * (batches - (batches / 8)) * Push.MaximumActs;
            var (verified, synced) = (Verified(first.Signed), Synced(folder));

            var rate = acts / took.TotalSeconds;
            Report.Note(
                $"admit {acts} acts of {first.Signed[0].Length} bytes, {Push.MaximumActs} in a batch: {rate:0}/s on {Environment.ProcessorCount} processors"
            );
            Report.Note(
                $"beside it, SignedCms on one core verifies {verified:0}/s ({rate / verified:0.00} of that), and the disk syncs {synced:0} times a second"
            );
            Report.Ratio("admit", rate / Goal, goal: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DemoNode> MakeAsync(string folder, string party)
    {
        var ports = FreePorts.Find(3);
        return await DemoNode.MakeAsync(
            folder,
            PartyId.Of(party),
            [ports[0], ports[0], ports[1], ports[2]],
            CancellationToken.None
        );
    }

    // The best of a few rounds, so that what is slow at first does not count.
    private static double Verified(IReadOnlyList<byte[]> acts)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var act in acts)
            {
                var cms = new SignedCms();
                cms.Decode(act);
                cms.CheckSignature(verifySignatureOnly: true);
            }

            best = Math.Max(best, acts.Count / watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static double Synced(string folder)
    {
        const int Times = 200;
        using var file = new FileStream(
            Path.Combine(folder, "sync"),
            FileMode.Create,
            FileAccess.Write,
            FileShare.None,
            0
        );
        var page = new byte[4096];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Times / watch.Elapsed.TotalSeconds;
    }

    /// <summary>A State's keys, what it is going to push, and a connection to XB's node.</summary>
    private sealed class Sender : IDisposable
    {
        private readonly NodeKeys keys;
        private readonly HttpClient client;
        private readonly Queue<byte[]> pushes = [];

        public Sender(DemoNode from, DemoNode to)
        {
            keys = NodeKeys.Load(NodeSettings.Load(from.Data).Settings!);
            Node = from;
            client = new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions = new SslClientAuthenticationOptions
                    {
                        LocalCertificateSelectionCallback = (_, _, _, _, _) => keys.Connection,
                        RemoteCertificateValidationCallback = (_, shown, _, _) =>
                            shown is X509Certificate2 certificate
                            && to.Made.Entry.Entry.Tls.Any(c => c.Id == Digest.Of(certificate.RawData)),
                    },
                }
            )
            {
                BaseAddress = new Uri(to.Made.Entry.Entry.Endpoints.Exchange.TrimEnd('/') + "/"),
            };
        }

        public DemoNode Node { get; }

        /// <summary>Some of the acts, for whoever only verifies them.</summary>
        public List<byte[]> Signed { get; } = [];

        /// <summary>Signs acts and enters them in a register of its own, before the clock starts.</summary>
        public void Prepare(int batches)
        {
            var body = ActEncoding
                .ReadBody(
                    ActKind.Find("request", 1)!,
                    System.Text.Encoding.UTF8.GetBytes(DemoSamples.Request("ransomware-preservation"))
                )
                .Or("the sample is no request");
            var seal = keys.Seal("central")!;
            var text = Certificates.TextOf(seal);
            var now = Instants.ToSecond(DateTimeOffset.UtcNow);
            var salt = new Salt(RandomNumberGenerator.GetBytes(32));
            var leaves = new List<TreeHash>();
            for (var batch = 0; batch < batches; batch++)
            {
                var acts = new List<(byte[] Bytes, Leaf Leaf)>();
                for (var i = 0; i < Push.MaximumActs; i++)
                {
                    var bytes = Sign(body, seal, text, now);
                    var leaf = new Leaf(Digest.Of(bytes), new LeafEntry.Issued(), now, Node.Made.Entry.Id);
                    leaves.Add(TreeHash.OfLeaf(leaf.Entry(salt)));
                    acts.Add((bytes, leaf));
                }

                Signed.AddRange(batch < 16 ? acts.Select(a => a.Bytes) : []);
                pushes.Enqueue(ExchangeEncoding.Write(new Push([.. Pushed(acts, leaves, salt)])));
            }
        }

        /// <summary>Pushes batch after batch, as a node does, and is told that each act was admitted.</summary>
        /// <param name="most">Most batches; fewer when no more are left.</param>
        public async Task PushAsync(int most)
        {
            for (var i = 0; i < most && pushes.TryDequeue(out var push); i++)
            {
                using var content = new ByteArrayContent(push);
                using var answer = await client.PostAsync("v1/acts", content);
                var told = ExchangeEncoding
                    .Read<PushAnswer>(await answer.Content.ReadAsByteArrayAsync())
                    .Or("the answer is none");
                if (told.Answers.Count(a => a.Verdict == ActVerdict.Admitted) != Push.MaximumActs)
                {
                    throw new InvalidOperationException("an act was not admitted");
                }
            }
        }

        public void Dispose()
        {
            client.Dispose();
            keys.Dispose();
        }

        private byte[] Sign(ActBody body, X509Certificate2 seal, CertificateText text, DateTimeOffset now)
        {
            var act = new Act(
                ActKind.Of(body).Name,
                ActKind.Of(body).Version,
                DossierId.From(Guid.NewGuid().ToByteArray()),
                null,
                new Office(Node.Party, "central"),
                new Office(PartyId.Of("XB"), "central"),
                Visibility.Shared,
                1,
                now,
                [],
                [],
                body
            );
            return Certificates.Sign(SignedAct.Prepare(act, text), seal);
        }

        private IEnumerable<PushedAct> Pushed(List<(byte[] Bytes, Leaf Leaf)> acts, List<TreeHash> leaves, Salt salt)
        {
            var tree = MemoryTree.Of([.. leaves]);
            var note = Checkpoint.Of(keys.Register.Verifier.Name, tree.Edge(leaves.Count)).ToNote();
            var checkpoint = note.With(keys.Register.Sign(note.Text));
            var first = leaves.Count - acts.Count;
            return acts.Select(
                (act, i) =>
                {
                    var path = tree.Inclusion(first + i, leaves.Count).Or("there is no proof");
                    var receipt = new Receipt(act.Leaf, salt, first + i, path, checkpoint);
                    return new PushedAct(
                        first + i,
                        Convert.ToBase64String(act.Bytes),
                        JsonElement.Parse(receipt.ToJson())
                    );
                }
            );
        }
    }
}

/// <summary>Takes an outcome apart.</summary>
internal static class OutcomeExtensions
{
    /// <summary>What was admitted; otherwise the benchmark is over.</summary>
    public static T Or<T>(this Outcome<T> outcome, string what) =>
        outcome is Outcome<T>.Admitted admitted ? admitted.Value : throw new InvalidOperationException(what);
}
