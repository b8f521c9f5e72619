// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Evidence;

/// <summary>How much of a header is read before it is refused. Ours: the age format sets no limits of its own.</summary>
/// <remarks>docs/spec/seal.md, section 4. Both sides of each are tested.</remarks>
public static class SealLimits
{
    /// <summary>Bytes of the header, from the version line to the end of the MAC line.</summary>
    /// <remarks>Holds <see cref="MaxStanzas"/> hybrid stanzas of 1,557 bytes each.</remarks>
    public const int MaxHeaderBytes = 256 * 1024;

    /// <summary>Stanzas in one header, so also recipients of one seal.</summary>
    public const int MaxStanzas = 128;

    /// <summary>Arguments of one stanza, its kind included.</summary>
    public const int MaxArguments = 16;

    /// <summary>Characters of one argument. The longest in use, a hybrid encapsulated key, has 1,494.</summary>
    public const int MaxArgumentLength = 2048;

    /// <summary>Bytes of one stanza body. Every kind in use has 32.</summary>
    public const int MaxBodyBytes = 4096;

    /// <summary>Bytes of white space before and, counted anew, after the armor.</summary>
    public const int MaxArmorWhiteSpace = 1024;

    /// <summary>Bytes of a passphrase in UTF-8.</summary>
    public const int MaxPassphraseBytes = 1024;

    /// <summary>
    /// Logarithm to base two of the scrypt cost when sealing: 256 MiB of memory. The default of the <c>age</c> command.
    /// </summary>
    public const int WorkFactor = 18;

    /// <summary>
    /// Highest logarithm of the scrypt cost accepted when opening: 4 GiB of memory. The default of the <c>age</c> command.
    /// </summary>
    public const int MaxWorkFactor = 22;
}
