// SPDX-License-Identifier: EUPL-1.2
using Comity.Timestamps;

namespace Comity.Node.Settings;

/// <summary>Who is asked for timestamps over this register's checkpoints.</summary>
/// <param name="Authorities">At most <see cref="Most"/>; none, and nothing is stamped.</param>
/// <param name="AlarmHours">Hours without any timestamp after which a duty officer is told, 1 to 720.</param>
internal sealed record TimestampSettings(IReadOnlyList<TimestampAuthority> Authorities, int AlarmHours)
{
    /// <summary>Most authorities. Two of different owners are enough to survive one.</summary>
    public const int Most = 8;

    public const int DefaultAlarmHours = 24;

    public static readonly TimestampSettings None = new([], DefaultAlarmHours);
}

/// <summary>A timestamp authority (RFC 3161).</summary>
/// <param name="Url">Where it is asked, <c>http</c> or <c>https</c>: a token is believed for its signature, not for its line.</param>
/// <param name="Trust">What its tokens must lead to.</param>
internal sealed record TimestampAuthority(Uri Url, TimestampTrust Trust);
