// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Acts;
using Comity.Evidence;
using Comity.Files.Dossiers;
using Comity.Requests;

namespace Comity.Files.CaseUco;

/// <summary>Describes an exported dossier: its acts as actions, its exhibits as files with their custody.</summary>
/// <remarks>
/// Only what shared acts and receipts say. Times are the act's own as its start, and the earliest a register entered it as its
/// end; how an exhibit was acquired is what the manifest says of it. Whoever exports which copy, the same acts and receipts
/// give the same description.
/// </remarks>
public static class CaseOfDossier
{
    /// <summary>Describes a dossier.</summary>
    /// <param name="acts">Its shared acts in the order of the home register, each with the receipts at hand.</param>
    /// <returns>The description, or nothing when there is no act.</returns>
    public static CaseDescription? Describe(IReadOnlyList<ExportedAct> acts) =>
        acts.Count == 0
            ? null
            : new Building([
                .. acts.DistinctBy(a => a.Signed.Id)
                    // In one order, so that whoever verifies an export writes the same bytes again.
                    .Select(a =>
                        a with
                        {
                            Receipts = [.. a.Receipts.OrderBy(r => r.Party.ToString(), StringComparer.Ordinal)],
                        }
                    ),
            ]).Description();

    private sealed class Building(IReadOnlyList<ExportedAct> acts)
    {
        private readonly List<CaseAuthorization> authorizations = [];
        private readonly Dictionary<string, CaseName> organizations = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CaseName> roles = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CaseName> tools = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CaseFile> files = new(StringComparer.Ordinal);
        private readonly List<CaseAction> actions = [];
        private readonly List<CaseRecord> records = [];
        private readonly HashSet<string> known = acts.Select(a => KeyOf(a.Signed.Id)).ToHashSet(StringComparer.Ordinal);

        // By the digest of the sealed file: the exhibit's number, its steps so far, and the action that made the last one.
        private readonly Dictionary<Digest, Custody> exhibits = [];

        public CaseDescription Description()
        {
            foreach (var act in acts)
            {
                Add(act);
            }

            var first = acts.Select(a => a.Signed.Act.Body).OfType<Request>().FirstOrDefault();
            var dossier = acts[0].Signed.Act.Dossier.ToString();
            return new CaseDescription(
                dossier,
                first?.Reference ?? dossier,
                first?.Proceeding?.Subject,
                authorizations,
                [.. organizations.Values],
                [.. roles.Values],
                [.. tools.Values],
                [.. files.Values],
                actions,
                records
            );
        }

        private void Add(ExportedAct exported)
        {
            var (signed, act) = (exported.Signed, exported.Signed.Act);
            var action = new CaseAction(
                KeyOf(signed.Id),
                act.Kind,
                $"Act {signed.Id}",
                act.Issued,
                Entered(exported),
                Organization(act.From.ToString()),
                null,
                [],
                [],
                [.. act.Follows.Select(KeyOf).Where(known.Contains)]
            );
            switch (act.Body)
            {
                case Request request:
                    authorizations.Add(
                        new CaseAuthorization(
                            $"authorization {signed.Id}",
                            "request for cooperation",
                            $"{request.Reference} (act {signed.Id})",
                            act.Issued,
                            null
                        )
                    );
                    break;
                case Grant:
                    authorizations.Add(
                        new CaseAuthorization(
                            $"authorization {signed.Id}",
                            "grant",
                            $"act {signed.Id}",
                            act.Issued,
                            null
                        )
                    );
                    break;
                case Supply supply:
                    for (var i = 0; i < supply.Exhibits.Count; i++)
                    {
                        var number = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{act.From.Party}-{act.Number}-{i + 1}"
                        );
                        action = Supplied(action, supply.Exhibits[i].Manifest, number);
                    }

                    break;
                case Confirm confirm:
                    action = confirm.Exhibits.Aggregate(action, Confirmed);
                    break;
            }

            actions.Add(action);
        }

        // Acquired, as the manifest says; then sealed and supplied by this act.
        private CaseAction Supplied(CaseAction action, ExhibitManifest manifest, string number)
        {
            if (exhibits.ContainsKey(manifest.SealedSha256))
            {
                return action; // announced twice: it stands in the act that was first
            }

            if (files.ContainsKey($"plain {number}"))
            {
                number += "/" + manifest.SealedSha256.ToHex()[..8]; // two acts of one Party under one number: both stand
            }

            var plain = $"plain {number}";
            files[plain] = new CaseFile(
                plain,
                manifest.Name,
                manifest.MediaType,
                manifest.Size,
                manifest.Sha256,
                IsSealed: false
            );
            var custody = exhibits[manifest.SealedSha256] = new Custody(number, $"sealed {number}");
            files[custody.Sealed] = new CaseFile(
                custody.Sealed,
                $"{manifest.SealedSha256}.age",
                null,
                manifest.SealedSize,
                manifest.SealedSha256,
                IsSealed: true
            );
            var acquired = Step(custody, "acquired", plain);
            var acquisition = new CaseAction(
                $"acquisition {number}",
                "acquire",
                $"Exhibit {number}, as its manifest says",
                manifest.Acquired?.At,
                manifest.Acquired?.At,
                manifest.Acquired?.Role is { } role ? Name(roles, "role", role) : null,
                manifest.Acquired?.Tool is { } tool ? Name(tools, "tool", tool) : null,
                [],
                [plain, acquired],
                []
            );
            actions.Add(acquisition);
            custody.Last = action.Key;
            return action with
            {
                Objects = [.. action.Objects, plain, acquired],
                Results = [.. action.Results, custody.Sealed, Step(custody, "sealed and supplied", custody.Sealed)],
                InformedBy = [.. action.InformedBy, acquisition.Key],
            };
        }

        private CaseAction Confirmed(CaseAction action, ExhibitReceived received)
        {
            if (!exhibits.TryGetValue(received.SealedSha256, out var custody))
            {
                return action;
            }

            var before = custody.Record;
            var after = Step(custody, $"received: {Names.Of(received.Verdict)}", custody.Sealed);
            var informed = custody.Last;
            custody.Last = action.Key;
            return action with
            {
                Objects = [.. action.Objects, custody.Sealed, before],
                Results = [.. action.Results, after],
                InformedBy = [.. action.InformedBy, informed],
            };
        }

        private string Step(Custody custody, string state, string file)
        {
            var step = custody.Steps++;
            var number =
                step == 0 ? custody.Number : string.Create(CultureInfo.InvariantCulture, $"{custody.Number}.{step}");
            custody.Record = $"record {number}";
            records.Add(new CaseRecord(custody.Record, number, custody.Number, state, [file]));
            return custody.Record;
        }

        private string Organization(string office) => Name(organizations, "office", office);

        private static string Name(Dictionary<string, CaseName> names, string kind, string name)
        {
            var key = $"{kind} {name}";
            names.TryAdd(key, new CaseName(key, name));
            return key;
        }

        private static DateTimeOffset? Entered(ExportedAct act) =>
            act.Receipts.Count == 0 ? null : act.Receipts.Min(r => r.Receipt.Leaf.Entered);

        private static string KeyOf(ActId id) => $"act {id}";
    }

    private sealed class Custody(string number, string sealedFile)
    {
        public string Number { get; } = number;

        public string Sealed { get; } = sealedFile;

        public int Steps { get; set; }

        public string Record { get; set; } = "";

        public string Last { get; set; } = "";
    }
}
