// SPDX-License-Identifier: EUPL-1.2
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Comity.Acts;
using Comity.Exchange;
using Comity.Files.Keys;
using Comity.Node.Keys;
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Register;

namespace Comity.Node.Tests;

/// <summary>A State's node in hands that keep to no rule: it has the State's real keys and says with them whatever it wants.</summary>
/// <remarks>Its register is in memory, so that it can be made to fork, to go back, and to say what never was.</remarks>
internal sealed partial class HostilePeer : IAsyncDisposable
{
    private readonly TestNode node;
    private readonly List<TreeHash> leaves;
    private readonly List<IAsyncDisposable> open = [];
    private SignedEntry entry;

    public HostilePeer(TestNode node)
        : this(node, [], node.Entry) { }

    private HostilePeer(TestNode node, List<TreeHash> leaves, SignedEntry entry)
    {
        (this.node, this.leaves, this.entry) = (node, leaves, entry);
        Keys = NodeKeys.Load(NodeSettings.Load(node.Data).Settings!);
        BeHonest();
    }

    public NodeKeys Keys { get; }

    public PartyId Party => node.Party;

    public Office Central => node.Central;

    public X509Certificate2 Seal => Keys.Seal("central")!;

    /// <summary>The register's newest checkpoint.</summary>
    public SignedNote Checkpoint => Sign(MemoryTree.Of([.. leaves]).Edge(leaves.Count));

    /// <summary>The same node with a register of its own from here on.</summary>
    public HostilePeer Fork() => new(node, [.. leaves], entry);

    /// <summary>An act of this Party to another, well formed.</summary>
    public Act Act(
        TestNode to,
        DossierId dossier,
        ActBody body,
        DateTimeOffset issued,
        int number = 1,
        ActId? concerns = null,
        params IReadOnlyList<ActId> follows
    ) =>
        new(
            ActKind.Of(body).Name,
            ActKind.Of(body).Version,
            dossier,
            concerns,
            Central,
            to.Central,
            Visibility.Shared,
            number,
            issued,
            follows,
            [],
            body
        );

    /// <summary>Seals an act, with this Party's seal unless another certificate is given.</summary>
    public SignedAct Sign(Act act, X509Certificate2? with = null)
    {
        var certificate = with ?? Seal;
        return SignedAct
            .Parse(Certificates.Sign(SignedAct.Prepare(act, Certificates.TextOf(certificate)), certificate))
            .Admitted();
    }

    /// <summary>Enters an act in the register and makes it ready to be pushed, with a good receipt.</summary>
    public PushedAct Issue(SignedAct act) => Issue(act.Signed.Encoded.ToArray());

    /// <summary>Enters bytes, whatever they are.</summary>
    public PushedAct Issue(byte[] bytes)
    {
        var receipt = Enter(Digest.Of(bytes), new LeafEntry.Issued());
        return With(bytes, receipt);
    }

    /// <summary>Bytes with a receipt that may be for something else.</summary>
    public static PushedAct With(byte[] bytes, Receipt receipt, long? index = null) =>
        new(index ?? receipt.Index, Convert.ToBase64String(bytes), JsonElement.Parse(receipt.ToJson()));

    /// <summary>Enters something in the register and gives a receipt for it.</summary>
    public Receipt Enter(Digest act, LeafEntry recorded, DateTimeOffset? at = null)
    {
        var salt = new Salt(Digest.Of([1, 2, 3]).ToArray());
        var leaf = new Leaf(act, recorded, at ?? Instants.ToSecond(DateTimeOffset.UtcNow), entry.Id);
        leaves.Add(TreeHash.OfLeaf(leaf.Entry(salt)));
        return Receipt(leaf, salt, leaves.Count - 1);
    }

    /// <summary>Puts an act where another stands, and gives a receipt for that.</summary>
    public Receipt EnterAt(int index, Digest act)
    {
        var salt = new Salt(Digest.Of([1, 2, 3]).ToArray());
        var leaf = new Leaf(act, new LeafEntry.Issued(), Instants.ToSecond(DateTimeOffset.UtcNow), entry.Id);
        var hash = TreeHash.OfLeaf(leaf.Entry(salt));
        leaves.RemoveRange(index, leaves.Count - index);
        leaves.AddRange([hash, hash]);
        return Receipt(leaf, salt, index);
    }

    /// <summary>Signs the Party's next directory entry, otherwise than its first one, with its real root.</summary>
    public SignedEntry NextEntry(Func<PartyEntry, PartyEntry> change)
    {
        using var root = Root();
        var next = change(node.Entry.Entry with { Version = entry.Entry.Version + 1, Previous = entry.Id });
        entry = SignedEntry
            .Parse(Certificates.Sign(SignedEntry.Prepare(next, Certificates.TextOf(root)), root))
            .Admitted();
        return entry;
    }

    /// <summary>A new certificate for a seal, issued by the Party's root.</summary>
    public X509Certificate2 NewSeal(DateTimeOffset from, DateTimeOffset until)
    {
        using var root = Root();
        return Certificates.NewSigner(root, "another seal", from, until);
    }

    /// <summary>Pushes acts over a real connection.</summary>
    public Task<Answered> PushAsync(TestNode to, params IReadOnlyList<PushedAct> acts) =>
        PostAsync(to, ExchangeEncoding.Write(new Push(acts)));

    /// <summary>Posts a body as it is.</summary>
    public async Task<Answered> PostAsync(TestNode to, byte[] body, bool isChunked = false)
    {
        using var content = isChunked
            ? (HttpContent)new StreamContent(new MemoryStream(body))
            : new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/acts") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        return await SendAsync(to, request);
    }

    public async Task<Answered> GetAsync(TestNode to, string path, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        return await SendAsync(to, request);
    }

    public async Task<Answered> SendAsync(TestNode to, HttpRequestMessage request)
    {
        using var client = Client(to, Keys.Connection, SslProtocols.Tls13);
        using var response = await client.SendAsync(request, Stop);
        return new Answered(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(Stop),
            response.Content.Headers.ContentRange
        );
    }

    /// <summary>A connection to a node that shows a certificate of one's choice.</summary>
    public static HttpClient Client(TestNode to, X509Certificate2? certificate, SslProtocols protocols) =>
        new(
            new SocketsHttpHandler
            {
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
                SslOptions = new SslClientAuthenticationOptions
                {
                    EnabledSslProtocols = protocols,
                    ClientCertificates = certificate is null ? [] : [certificate],
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown is not null
                        && to.Entry.Entry.Tls.Any(t => t.Encoded.Span.SequenceEqual(shown.GetRawCertData())),
                },
            }
        )
        {
            BaseAddress = new Uri(to.Entry.Entry.Endpoints.Exchange.TrimEnd('/') + "/"),
        };

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        Keys.Dispose();
    }

    private Receipt Receipt(Leaf leaf, Salt salt, long index)
    {
        var tree = MemoryTree.Of([.. leaves]);
        return new Receipt(leaf, salt, index, tree.Inclusion(index, leaves.Count).Admitted(), Checkpoint);
    }

    private SignedNote Sign(TreeEdge edge)
    {
        var note = Comity.Register.Checkpoint.Of(Keys.Register.Verifier.Name, edge).ToNote();
        return note.With(Keys.Register.Sign(note.Text));
    }

    private X509Certificate2 Root()
    {
        var pem = File.ReadAllText(Path.Combine(node.Offline, "root.pem"));
        return X509Certificate2.CreateFromPem(pem, pem);
    }
}
