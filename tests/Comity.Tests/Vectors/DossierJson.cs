// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Nodes;
using Comity.Dossiers;

namespace Comity.Tests.Vectors;

/// <summary>What another implementation must agree on about a dossier: every line, where each request stands, and its clocks.</summary>
internal static class DossierJson
{
    public static JsonObject Of(Dossier dossier, IEnumerable<DateTimeOffset> instants) =>
        new()
        {
            ["requesting"] = dossier.Requesting?.ToString(),
            ["requested"] = dossier.Requested?.ToString(),
            ["lines"] = new JsonArray([.. dossier.Lines.Select(Line)]),
            ["requests"] = new JsonArray([.. dossier.Requests.Select(Request)]),
            ["clocks"] = new JsonArray([
                .. instants.Select(at =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["at"] = Instants.Format(at),
                            ["run"] = new JsonArray([.. Clocks.Of(dossier, at).Select(Clock)]),
                        }
                ),
            ]),
        };

    private static JsonNode Line(DossierLine line)
    {
        var json = new JsonObject { ["id"] = line.Entered.Id.ToString() };
        if (line.IsTranscribed)
        {
            json["transcribed"] = true;
        }

        switch (line.Effect)
        {
            case Effect.Took took:
                json["took"] = took.Source.ToString();
                if (took.Remarks.Count > 0)
                {
                    json["remarks"] = new JsonArray([.. took.Remarks.Select(r => (JsonNode)r.Code)]);
                }

                break;
            case Effect.None none:
                json["none"] = none.Why.Code;
                json["source"] = none.Why.Source.ToString();
                break;
        }

        return json;
    }

    private static JsonNode Request(RequestState state)
    {
        var json = new JsonObject { ["id"] = state.Id.ToString(), ["stage"] = Names.Of(state.Stage) };
        if (state.Preserved is { } period)
        {
            json["since"] = Instants.Format(period.Since);
            json["until"] = Instants.Format(period.Until);
            json["keptFor"] = new JsonArray([.. state.KeptFor.Select(k => (JsonNode)k.ToString())]);
        }

        return json;
    }

    private static JsonNode Clock(Clock clock) =>
        new JsonObject
        {
            ["kind"] = Names.Of(clock.Kind),
            ["request"] = clock.Request.ToString(),
            ["due"] = Instants.Format(clock.Due),
            ["state"] = Names.Of(clock.State),
            ["source"] = clock.Source.ToString(),
        };
}
