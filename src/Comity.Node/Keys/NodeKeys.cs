// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Comity.Evidence;
using Comity.Node.Settings;
using Comity.Register;

namespace Comity.Node.Keys;

/// <summary>The keys a node holds: its authorities' seals, its connection, its register, and the one that encrypts at rest.</summary>
/// <remarks>
/// In files that only the node's account reads. The root that signs the directory entry and the officers' keys are not
/// here: the first never comes near a node, the second open only with their owners' phrases (docs/trust.md).
/// </remarks>
internal sealed class NodeKeys : IDisposable
{
    private readonly Dictionary<string, X509Certificate2> seals;
    private readonly byte[] tokenKey;

    private NodeKeys(
        Dictionary<string, X509Certificate2> seals,
        X509Certificate2 connection,
        LogSigner register,
        Cosigner? witness,
        IReadOnlyList<Identity> bag,
        byte[] data
    )
    {
        (this.seals, Connection, Register, Witness, Bag, AtRest) = (
            seals,
            connection,
            register,
            witness,
            bag,
            new AtRest(data)
        );
        tokenKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, data, data.Length, info: "comity-node tokens"u8.ToArray());
    }

    /// <summary>The certificate shown to peers, with its key.</summary>
    public X509Certificate2 Connection { get; }

    /// <summary>Signs checkpoints.</summary>
    public LogSigner Register { get; }

    /// <summary>Cosigns the checkpoints of others; nothing in a node that was made before nodes were witnesses.</summary>
    public Cosigner? Witness { get; }

    /// <summary>Open diplomatic bags for this node, the newest first; none in a node that takes no bags.</summary>
    public IReadOnlyList<Identity> Bag { get; }

    /// <summary>Encrypts dossier keys and what belongs to no dossier.</summary>
    public AtRest AtRest { get; }

    /// <summary>The seal of an authority, or nothing when this node does not hold it.</summary>
    /// <param name="authority">The authority's short name.</param>
    public X509Certificate2? Seal(string authority) => seals.GetValueOrDefault(authority);

    /// <summary>What the database keeps of a token, in hexadecimal digits.</summary>
    /// <remarks>Keyed, so that whoever writes to the database cannot make up a link or a visit that the desk would take.</remarks>
    public string DigestOf(string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(tokenKey, Encoding.UTF8.GetBytes(token)));

    /// <summary>Reads the keys of a node.</summary>
    /// <param name="settings">The node's settings.</param>
    /// <exception cref="KeyMissingException">A file is missing or is not what it should be.</exception>
    public static NodeKeys Load(NodeSettings settings)
    {
        var folder = settings.KeyFolder;
        var seals = Directory.Exists(folder)
            ? Directory
                .GetFiles(folder, "seal-*.pem")
                .ToDictionary(f => Path.GetFileNameWithoutExtension(f)["seal-".Length..], ReadPair)
            : [];
        if (seals.Count == 0)
        {
            throw new KeyMissingException(Path.Combine(folder, "seal-*.pem"));
        }

        var seed = ReadSeed(Path.Combine(folder, "register.key"));
        var origin = ReadText(Path.Combine(folder, "register.origin")).Trim();
        var witness = Path.Combine(folder, "witness.key");
        return new NodeKeys(
            seals,
            ReadPair(Path.Combine(folder, "connection.pem")),
            new LogSigner(origin, seed),
            File.Exists(witness) ? new Cosigner(WitnessNameOf(origin), ReadSeed(witness)) : null,
            ReadBag(Path.Combine(folder, "bag.key")),
            ReadSeed(Path.Combine(folder, "data.key"))
        );
    }

    /// <summary>What the witness of a register's node is called.</summary>
    /// <remarks>A name of its own, so that no reader takes one key's line for the other's.</remarks>
    public static string WitnessNameOf(string origin) => $"{origin}/witness";

    public void Dispose()
    {
        foreach (var seal in seals.Values)
        {
            seal.Dispose();
        }

        Connection.Dispose();
        AtRest.Dispose();
        CryptographicOperations.ZeroMemory(tokenKey);
    }

    private static X509Certificate2 ReadPair(string file)
    {
        try
        {
            var pem = ReadText(file);
            return X509Certificate2.CreateFromPem(pem, pem);
        }
        catch (CryptographicException)
        {
            throw new KeyMissingException(file);
        }
    }

    private static IReadOnlyList<Identity> ReadBag(string file) =>
        !File.Exists(file) ? []
        : KeyFile.ParseIdentities(ReadText(file)) is Outcome<IReadOnlyList<Identity>>.Admitted keys ? keys.Value
        : throw new KeyMissingException(file);

    private static byte[] ReadSeed(string file)
    {
        var text = ReadText(file).Trim();
        return Digest.TryParse(text, out var bytes) ? bytes.ToArray() : throw new KeyMissingException(file);
    }

    private static string ReadText(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw new KeyMissingException(file);
}

/// <summary>A key file is missing or is not one.</summary>
/// <param name="file">The file. Its name is no secret; nothing of its content is ever said.</param>
internal sealed class KeyMissingException(string file)
    : Exception($"{file} is missing or is not a key file: restore it from where the node's keys are kept");
