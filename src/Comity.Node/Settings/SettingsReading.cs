// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Files.Keys;
using Comity.Parties;
using Comity.Register;
using Comity.Timestamps;
using Npgsql;

namespace Comity.Node.Settings;

/// <summary>Reads settings one by one and gathers every mistake, so that an operator mends them all in one go.</summary>
internal sealed class SettingsReading(IConfigurationRoot values, string file)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> mistakes = [];

    public IReadOnlyList<string> Mistakes => mistakes;

    public string? Optional(string name)
    {
        known.Add(name);
        return string.IsNullOrWhiteSpace(values[name]) ? null : values[name];
    }

    public string Text(string name, string fallback) => Optional(name) ?? fallback;

    public PartyId Party(string name)
    {
        if (PartyId.TryParse(Optional(name), out var party))
        {
            return party;
        }

        Mistake(name, "is the Party's two-letter code, for example XA");
        return PartyId.Of("XX");
    }

    public Uri Address(string name, params string[] schemes)
    {
        var text = Optional(name);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme))
        {
            return address;
        }

        Mistake(name, $"is an address such as {schemes[0]}://127.0.0.1:8443");
        return new Uri("https://invalid.invalid");
    }

    public string Database(string name)
    {
        var text = Text(name, "sqlite");
        if (IsDatabase(text))
        {
            return text;
        }

        // What it is instead may hold a password.
        Mistake(name, DatabaseIs);
        return "sqlite";
    }

    /// <summary>What a database's setting has to be.</summary>
    public const string DatabaseIs = "is sqlite, or a PostgreSQL connection string";

    /// <summary>Whether text names a database that could be opened.</summary>
    public static bool IsDatabase(string text)
    {
        try
        {
            return text == "sqlite" || new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public int Number(string name, int fallback, int minimum, int maximum) =>
        (int)Long(name, fallback, minimum, maximum);

    public long Long(string name, long fallback, long minimum, long maximum)
    {
        if (Optional(name) is not { } text)
        {
            return fallback;
        }

        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
        )
        {
            return value;
        }

        Mistake(name, string.Create(CultureInfo.InvariantCulture, $"is a whole number from {minimum} to {maximum}"));
        return fallback;
    }

    /// <summary>A list of words.</summary>
    public IReadOnlyList<string> Names(string name) =>
        [.. values.GetSection(name).GetChildren().Select(c => Optional($"{name}:{c.Key}")).OfType<string>()];

    /// <summary>A list of witnesses, each with <c>key</c> and <c>address</c>.</summary>
    public IReadOnlyList<WitnessSetting> Witnesses(string name)
    {
        var witnesses = new List<WitnessSetting>();
        foreach (var child in values.GetSection(name).GetChildren())
        {
            var at = $"{name}:{child.Key}";
            var address = Address($"{at}:address", "https", "http");
            if (
                Optional($"{at}:key") is { } text
                && NoteVerifier.Parse(text) is Outcome<NoteVerifier>.Admitted { Value.Type: NoteKeyType.Cosigner } key
            )
            {
                witnesses.Add(new WitnessSetting(key.Value, address));
            }
            else
            {
                Mistake(
                    $"{at}:key",
                    "is a witness's verifier key: its name, eight digits and base64, with plus signs between"
                );
            }
        }

        return witnesses;
    }

    /// <summary>Timestamp authorities: <c>url</c>, and <c>root</c> as a file with certificates or one's fingerprint.</summary>
    /// <remarks>A relative path is one in the folder of the settings' file.</remarks>
    public IReadOnlyList<TimestampAuthority> Authorities(string name)
    {
        var authorities = new List<TimestampAuthority>();
        foreach (var item in values.GetSection(name).GetChildren())
        {
            if (authorities.Count == TimestampSettings.Most)
            {
                Mistake(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"has at most {TimestampSettings.Most} members")
                );
                return [];
            }

            var url = Address($"{item.Path}:url", "https", "http");
            if (TrustIn(Optional($"{item.Path}:root")) is not { } trust)
            {
                Mistake(
                    $"{item.Path}:root",
                    "is a PEM file with the authority's root, or the SHA-256 of a certificate it sends along"
                );
            }
            else if (authorities.Exists(a => a.Url == url))
            {
                Mistake($"{item.Path}:url", "is named twice");
            }
            else
            {
                authorities.Add(new TimestampAuthority(url, trust));
            }
        }

        return authorities;
    }

    /// <summary>A setting nobody reads is a misspelt one, and a misspelt limit is no limit.</summary>
    public void RefuseUnknown()
    {
        foreach (var (name, value) in values.AsEnumerable())
        {
            if (value is not null && !known.Contains(name))
            {
                Mistake(Spelled(name), "is not a setting");
            }
        }
    }

    private TimestampTrust? TrustIn(string? text)
    {
        if (Digest.TryParse(text?.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant(), out var fingerprint))
        {
            return new TimestampTrust([], [fingerprint]);
        }

        var pem = Path.Combine(Path.GetDirectoryName(file) ?? "", text ?? "");
        if (text is null || !File.Exists(pem))
        {
            return null;
        }

        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(pem);
            var trust = new TimestampTrust(found.Select(Certificates.TextOf), []);
            return trust.Certificates.Count > 0 && trust.Certificates.Count == found.Count ? trust : null;
        }
        catch (Exception bad)
            when (bad is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The environment may spell a section in capitals, and then so do the values.
    private string Spelled(string name)
    {
        var section = name.Split(':')[0] + ":";
        var ours = known.FirstOrDefault(k => k.StartsWith(section, StringComparison.OrdinalIgnoreCase));
        return ours is null ? name : ours[..section.Length] + name[section.Length..];
    }

    private void Mistake(string name, string what) => mistakes.Add($"{file}: {name.Replace(':', '.')} {what}");
}

/// <summary>A witness that is no peer's node.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Address">What <c>add-checkpoint</c> is appended to (C2SP tlog-witness: its submission prefix).</param>
internal sealed record WitnessSetting(NoteVerifier Key, Uri Address);
