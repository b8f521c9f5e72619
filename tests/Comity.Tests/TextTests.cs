// SPDX-License-Identifier: EUPL-1.2
using System.Text.RegularExpressions;
using Comity.Acts;
using Comity.Parties;
using Comity.Requests;
using CsCheck;

namespace Comity.Tests;

/// <summary>Values with one spelling: what is equal is equal to the letter.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("2026-11-24T12:00:00Z", true)]
    [InlineData("1970-01-01T00:00:00Z", true)]
    [InlineData("1969-12-31T23:59:59Z", false)]
    [InlineData("9999-12-31T23:59:59Z", true)]
    [InlineData("2028-02-29T00:00:00Z", true)]
    [InlineData("2026-02-29T00:00:00Z", false)]
    [InlineData("2026-00-01T00:00:00Z", false)]
    [InlineData("2026-13-01T00:00:00Z", false)]
    [InlineData("2026-11-00T00:00:00Z", false)]
    [InlineData("2026-11-24T24:00:00Z", false)]
    [InlineData("2026-11-24T12:60:00Z", false)]
    [InlineData("2026-11-24T12:00:60Z", false)]
    [InlineData("2026-11-24T12:00:00.0Z", false)]
    [InlineData("2026-11-24T12:00:00+00:00", false)]
    [InlineData("2026-11-24t12:00:00z", false)]
    [InlineData("2026-11-24 12:00:00Z", false)]
    [InlineData("2026-11-24T12:00Z", false)]
    [InlineData("٢٠٢٦-11-24T12:00:00Z", false)]
    [InlineData("", false)]
    public void An_instant_is_written_in_one_way(string text, bool isInstant)
    {
        Assert.Equal(isInstant, Instants.TryParse(text, out var instant));
        Assert.Equal(isInstant ? text : "1970-01-01T00:00:00Z", isInstant ? Instants.Format(instant) : Epoch());
    }

    [Fact]
    public void Every_whole_second_from_1970_to_9999_has_its_spelling_and_back() =>
        Any.Instant.Sample(instant => Instants.TryParse(Instants.Format(instant), out var back) && back == instant);

    [Fact]
    public void A_part_of_a_second_or_another_offset_is_no_instant_until_it_is_made_one()
    {
        var local = new DateTimeOffset(2026, 11, 24, 12, 0, 0, 999, TimeSpan.FromHours(2));

        Assert.Throws<ArgumentOutOfRangeException>(() => Instants.Format(local));
        Assert.Throws<ArgumentOutOfRangeException>(() => Instants.Format(local.ToUniversalTime()));
        Assert.Equal("2026-11-24T10:00:00Z", Instants.Format(Instants.ToSecond(local)));
    }

    [Fact]
    public void Names_are_written_in_small_letters_with_hyphens_and_matched_to_the_letter()
    {
        Assert.Equal(["convention-offence", "serious-crime", "other-treaty-offence"], Names.All<OffenceBasis>());
        Assert.Equal("never-exported", Names.Of(Visibility.NeverExported));
        Assert.True(Names.TryParse<Visibility>("never-exported", out var value));
        Assert.Equal(Visibility.NeverExported, value);
        foreach (
            var other in new[] { "NeverExported", "never-Exported", "neverExported", "never_exported", "3", "", null }
        )
        {
            Assert.False(Names.TryParse<Visibility>(other, out _));
        }
    }

    [Fact]
    public void A_digest_is_64_small_hexadecimal_digits()
    {
        var abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        Assert.Equal(abc, Digest.Of("abc"u8).ToString());
        Assert.True(Digest.TryParse(abc, out var digest));
        Assert.Equal(Digest.Of("abc"u8), digest);
        Assert.Equal(new Digest(Convert.FromHexString(abc)), digest);
        Assert.Equal(Convert.FromHexString(abc), digest.ToArray());
        Assert.False(Digest.TryParse(abc.ToUpperInvariant(), out _));
        Assert.False(Digest.TryParse(abc[1..], out _));
        Assert.False(Digest.TryParse(abc + "0", out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Digest(new byte[31]));
    }

    [Fact]
    public void The_published_patterns_match_what_is_written()
    {
        Any.Digest.Sample(d => Regex.IsMatch(d.ToString(), Digest.Pattern));
        Any.Id.Sample(d => Regex.IsMatch(d.ToString(), ActId.Pattern));
        Any.Office.Sample(o => Regex.IsMatch(o.ToString(), Office.Pattern));
        Assert.Matches(PartyId.Pattern, Some.XA.ToString());
        Assert.Matches(DossierId.Pattern, Some.Dossier.ToString());
        Assert.Matches(Comity.Signatures.CertificateText.Pattern, Specimens.Entry.Tls[0].ToString());
    }

    private static string Epoch() => Instants.Format(DateTimeOffset.UnixEpoch);
}
