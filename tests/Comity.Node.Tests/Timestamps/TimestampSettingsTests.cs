// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Files.Keys;
using Comity.Node.Settings;
using Microsoft.Extensions.Configuration;

namespace Comity.Node.Tests.Timestamps;

/// <summary>Whom an operator asks for timestamps, and what is said when it is misspelt.</summary>
public sealed class TimestampSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-settings").FullName;
    private readonly string root;
    private readonly Digest fingerprint;

    public TimestampSettingsTests()
    {
        using var certificate = Certificates.NewRoot("Root of an authority", DateTimeOffset.UtcNow, 5);
        fingerprint = Certificates.TextOf(certificate).Id;
        root = Path.Combine(folder, "tsa.pem");
        File.WriteAllText(root, certificate.ExportCertificatePem());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_authority_has_an_address_and_a_root_in_a_file_or_a_fingerprint()
    {
        var colons = string.Join(
            ':',
            fingerprint.ToArray().Select(b => b.ToString("X2", CultureInfo.InvariantCulture))
        );
        var (authorities, mistakes) = Read(
            ("https://tsa.example/rfc3161", root),
            ("http://tsa.example:3161/", "tsa.pem"),
            ("https://other.example/", fingerprint.ToHex()),
            ("https://third.example/", colons)
        );

        Assert.Empty(mistakes);
        Assert.Equal(
            [
                "https://tsa.example/rfc3161",
                "http://tsa.example:3161/",
                "https://other.example/",
                "https://third.example/",
            ],
            authorities.Select(a => a.Url.AbsoluteUri)
        );
        Assert.Equal(
            [fingerprint],
            authorities.SelectMany(a => a.Trust.Certificates).Select(c => c.Text.Id).Distinct()
        );
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        File.WriteAllText(Path.Combine(folder, "not.pem"), "not a certificate");
        var (_, mistakes) = Read(
            ("ftp://tsa.example/", root),
            ("https://tsa.example/", "gone.pem"),
            ("https://tsa.example/", "not.pem"),
            ("https://good.example/", root),
            ("https://good.example/", root)
        );

        Assert.Equal(
            [
                "timestamps.authorities.0.url is an address such as https://127.0.0.1:8443",
                "timestamps.authorities.1.root is a PEM file with the authority's root, or the SHA-256 of a certificate it sends along",
                "timestamps.authorities.2.root is a PEM file with the authority's root, or the SHA-256 of a certificate it sends along",
                "timestamps.authorities.4.url is named twice",
            ],
            mistakes.Select(Said)
        );
    }

    [Fact]
    public void Eight_authorities_are_taken_and_no_more()
    {
        var many = Enumerable.Range(1, 9).Select(i => ($"https://tsa{i}.example/", root)).ToArray();

        Assert.Equal(8, Read(many[..8]).Authorities.Count);
        Assert.Contains("at most 8", Read(many).Mistakes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(720, true)]
    [InlineData(721, false)]
    public void A_nodes_file_names_its_authorities_and_the_hours_until_the_alarm(int hours, bool isTaken)
    {
        File.WriteAllText(
            Path.Combine(folder, "node.json"),
            $$"""
            {
              "party": "XA",
              "exchange": { "address": "https://127.0.0.1:1" },
              "desk": { "address": "http://127.0.0.1:2" },
              "public": { "address": "http://127.0.0.1:3" },
              "timestamps": {
                "alarmHours": {{hours}},
                "authorities": [{ "url": "https://tsa.example/", "root": "tsa.pem" }]
              }
            }
            """
        );

        var (settings, mistakes) = NodeSettings.Load(folder);

        Assert.Equal(isTaken ? [] : ["timestamps.alarmHours is a whole number from 1 to 720"], mistakes.Select(Said));
        Assert.Equal(isTaken ? hours : null, settings?.Timestamps.AlarmHours);
        Assert.Equal(isTaken ? new Uri("https://tsa.example/") : null, settings?.Timestamps.Authorities.Single().Url);
    }

    private static string Said(string mistake) => mistake[(mistake.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    private (IReadOnlyList<TimestampAuthority> Authorities, IReadOnlyList<string> Mistakes) Read(
        params (string Url, string Root)[] authorities
    )
    {
        var values = new ConfigurationBuilder()
            .AddInMemoryCollection(
                authorities.SelectMany(
                    (a, i) =>
                        new KeyValuePair<string, string?>[] { new(Name(i, "url"), a.Url), new(Name(i, "root"), a.Root) }
                )
            )
            .Build();
        var reading = new SettingsReading(values, Path.Combine(folder, "node.json"));
        var read = reading.Authorities("timestamps:authorities");
        if (authorities.Length <= TimestampSettings.Most)
        {
            reading.RefuseUnknown();
        }

        return (read, reading.Mistakes);
    }

    private static string Name(int index, string member) =>
        string.Create(CultureInfo.InvariantCulture, $"timestamps:authorities:{index}:{member}");
}
