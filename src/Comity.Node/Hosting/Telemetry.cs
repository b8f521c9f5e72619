// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Settings;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Comity.Node.Hosting;

/// <summary>Logs to the console, and logs and metrics by OpenTelemetry where the operator has named a collector.</summary>
/// <remarks>
/// A collector is named as everywhere, by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. The framework's own request logs are off: an
/// address holds ids, and a sign-in link a token. What we log ourselves is counts, codes and causes.
/// </remarks>
internal sealed class Telemetry : IDisposable
{
    private readonly MeterProvider? metrics;

    private Telemetry(ILoggerFactory logging, MeterProvider? metrics) => (Logging, this.metrics) = (logging, metrics);

    public ILoggerFactory Logging { get; }

    /// <summary>Starts logging and counting.</summary>
    public static Telemetry Start(NodeSettings settings)
    {
        var isExported = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("comity-node", serviceInstanceId: settings.Party.ToString());
        var logging = LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Warning);
            builder.AddFilter("Comity", LogLevel.Information);
            builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            });
            if (isExported)
            {
                builder.AddOpenTelemetry(otel => otel.SetResourceBuilder(resource).AddOtlpExporter());
            }
        });
        var metrics = isExported
            ? Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(NodeMeters.Name)
                .AddRuntimeInstrumentation()
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter()
                .Build()
            : null;
        return new Telemetry(logging, metrics);
    }

    public void Dispose()
    {
        metrics?.Dispose();
        Logging.Dispose();
    }
}
