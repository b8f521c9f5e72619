// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Acts;
using static Comity.Tests.Vectors.VectorCase;

namespace Comity.Tests.Vectors;

/// <summary>What <c>vectors/acts/signed.json</c> and <c>admission.json</c> say, written here by hand.</summary>
internal static class SignedCases
{
    public static JsonArray Signed() =>
        [
            .. VectorActs.Good.Select(g => Of($"a good {g.Key}", $"{g.Key}.p7m", [], Read(g.Value))),
            Of("ECDSA on P-384", "p384.p7m", [], Reading("p384")),
            Of("RSA-PSS, 3,072 bits", "rsa-pss.p7m", [], Reading("rsa-pss")),
            Of("a kind that this build does not understand", "not-understood.p7m", [], Reading("not-understood")),
            Refuses("cut by one byte", "signature.malformed", Cut(1)),
            Refuses("a byte behind the end", "signature.malformed", Append("00")),
            Refuses("another letter in the payload", "signature.attributes-differ", Edit("handed", "hander")),
            Refuses("more than an act can be", "signature.too-large", Pad("{\n", SignedAct.MaximumBytes)),
            Of("nothing at all", "empty.p7m", [], Refused("signature.malformed")),
            Of("the other half of the signature", "high-s.p7m", [], Refused("signature.not-canonical")),
            Of("a curve that the profile does not have", "p521.p7m", [], Refused("signature.scheme-unknown")),
            Of("a signature that states another time", "time-differs.p7m", [], Refused("act.time-differs", "issued")),
            Of("a signed text that is no act", "no-act.p7m", [], Refused("act.malformed")),
        ];

    public static JsonArray Admission() =>
        [
            Taken("a request under its Party's seal", "request"),
            Taken("a request for stored data", "stored-data", measure: "stored-data"),
            Taken("a kind that this build does not understand", "not-understood", measure: null),
            Refuses("kept at home", "approve", "act.internal", "visibility"),
            Refuses("for a third Party", "to-third-party", "act.wrong-addressee", "to"),
            Refuses("for an authority we do not have", "to-unknown-authority", "act.wrong-addressee", "to"),
            Refuses("for another Party than us", "request", "act.wrong-addressee", "to", self: "XA"),
            Refuses("of a Party not in the directory", "from-third-party", "act.party-unknown", "from"),
            Refuses("of an authority not listed", "from-unknown-authority", "act.authority-unknown", "from"),
            Refuses("under the root", "by-root", "act.signer-unknown", "signature"),
            Refuses("under another Party's seal", "by-other-party", "act.signer-unknown", "signature"),
            Taken("in the seal's last second", "request", "xa-replaced", at: "2026-11-03T08:59:59Z"),
            Refuses(
                "when the seal is replaced",
                "request",
                "act.certificate-replaced",
                "signature",
                "xa-replaced",
                at: "2026-11-03T09:00:00Z"
            ),
            Taken("in the certificate's last second", "request", at: "2055-01-01T00:00:00Z", isEntryExpired: true),
            Refuses(
                "when the certificate has expired",
                "request",
                "act.certificate-expired",
                "signature",
                at: "2055-01-01T00:00:01Z"
            ),
            Refuses(
                "five minutes and a second before the certificate begins",
                "request",
                "act.certificate-not-yet-valid",
                "signature",
                at: "2025-12-31T23:54:59Z"
            ),
            Of(
                "with a signature that is not the seal's",
                "request.p7m",
                [Flip(at: -1)],
                Refused("act.signature-wrong", "signature"),
                Given("xa-1", "preservation", "2026-11-03T09:00:00Z", "XB")
            ),
            Refuses("by an authority that may only answer", "request", "act.not-competent", "from", "xa-answers-only"),
            Refuses(
                "about a request not known",
                "withdraw",
                "act.not-competent",
                "from",
                measure: null,
                at: "2026-11-20T09:00:00Z"
            ),
            Taken("five minutes ahead", "request", at: "2026-11-02T08:55:00Z"),
            Refuses(
                "five minutes and a second ahead",
                "request",
                "act.in-the-future",
                "issued",
                at: "2026-11-02T08:54:59Z"
            ),
            Taken("in the entry's last second", "stored-data", "xa-short", "stored-data", "2026-11-03T08:59:59Z"),
            Refuses(
                "when the entry has expired",
                "stored-data",
                "act.directory-expired",
                "from",
                "xa-short",
                "stored-data",
                "2026-11-03T09:00:00Z"
            ),
            Taken(
                "a preservation when the entry has expired",
                "request",
                "xa-short",
                at: "2026-11-03T09:00:00Z",
                isEntryExpired: true
            ),
        ];

    private static JsonObject Refuses(string name, string code, JsonObject edit) =>
        Of(name, "withdraw.p7m", [edit], Refused(code));

    private static JsonObject Reading(string name) => Read(SignedAct.Parse(VectorActs.Others[name]).Admitted());

    private static JsonObject Refuses(
        string name,
        string file,
        string code,
        string where,
        string entry = "xa-1",
        string? measure = "preservation",
        string at = "2026-11-03T09:00:00Z",
        string self = "XB"
    ) => Of(name, $"{file}.p7m", [], Refused(code, where), Given(entry, measure, at, self));

    private static JsonObject Taken(
        string name,
        string file,
        string entry = "xa-1",
        string? measure = "preservation",
        string at = "2026-11-03T09:00:00Z",
        bool isEntryExpired = false
    ) =>
        Of(
            name,
            $"{file}.p7m",
            [],
            new JsonObject
            {
                ["entry"] = Digest.Of(VectorEntries.All[entry]).ToString(),
                ["isEntryExpired"] = isEntryExpired,
            },
            Given(entry, measure, at, "XB")
        );

    private static JsonObject Given(string entry, string? measure, string at, string self) =>
        new()
        {
            ["directory"] = new JsonArray($"{entry}.p7m", "xb-1.p7m"),
            ["self"] = self,
            ["measure"] = measure,
            ["at"] = at,
        };
}
