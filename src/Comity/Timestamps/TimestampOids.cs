// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Timestamps;

/// <summary>Object identifiers of time-stamp tokens and of the certificates under them.</summary>
internal static class TimestampOids
{
    public const string Statement = "1.2.840.113549.1.9.16.1.4"; // id-ct-TSTInfo, RFC 3161 2.4.2
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12"; // RFC 2634 5.4
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string P521 = "1.3.132.0.35";
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaSha384 = "1.2.840.10045.4.3.3";
    public const string EcdsaSha512 = "1.2.840.10045.4.3.4";
    public const string RsaSha256 = "1.2.840.113549.1.1.11";
    public const string RsaSha384 = "1.2.840.113549.1.1.12";
    public const string RsaSha512 = "1.2.840.113549.1.1.13";
    public const string Mgf1 = "1.2.840.113549.1.1.8";
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string BasicConstraints = "2.5.29.19";
    public const string Policies = "2.5.29.32";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string AnyPurpose = "2.5.29.37.0";
    public const string TimestampingPurpose = "1.3.6.1.5.5.7.3.8"; // id-kp-timeStamping, RFC 3161 2.3
}
