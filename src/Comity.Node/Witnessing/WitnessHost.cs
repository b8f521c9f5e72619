// SPDX-License-Identifier: EUPL-1.2
using Comity.Files;
using Comity.Node.Hosting;
using Comity.Node.Storage;
using Comity.Register;

namespace Comity.Node.Witnessing;

/// <summary>A witness that is nobody's node: a key, a list of logs, what it has cosigned, and one address.</summary>
/// <remarks>
/// It sees checkpoints and nothing else: sizes and roots, at the intervals at which logs publish. It keeps what proves that a log
/// was forked in a folder, for whoever asks. A key that is lost is not made again under the same name: readers would hold the new
/// one to what the old one has signed.
/// </remarks>
internal sealed class WitnessHost : IAsyncDisposable
{
    private readonly SqliteDatabase database;
    private readonly WebApplication app;

    private WitnessHost(SqliteDatabase database, WebApplication app) => (this.database, this.app) = (database, app);

    /// <summary>Starts a witness. When this returns, it listens.</summary>
    /// <param name="folder">Its folder, which exists.</param>
    /// <param name="key">Its key.</param>
    /// <param name="logs">The logs it witnesses, each of its key's name for an origin.</param>
    /// <param name="address">Where it listens, <c>http</c>: behind a proxy that ends TLS when it is not on this machine alone.</param>
    /// <param name="stop">Gives up starting.</param>
    public static async Task<WitnessHost> StartAsync(
        string folder,
        Cosigner key,
        IReadOnlyList<NoteVerifier> logs,
        Uri address,
        CancellationToken stop
    )
    {
        var database = new SqliteDatabase(Path.Combine(folder, "witness.db"));
        database.Migrate();
        var witness = new Witness(
            database,
            key,
            TimeProvider.System,
            // Whoever calls is unknown and brings the proof itself: only two roots of one size prove anything.
            (_, code, subject, notes) =>
                code == "register.fork" ? KeepAsync(folder, code, subject, notes) : Task.CompletedTask,
            (_, _) => Task.CompletedTask
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * Submission.MaximumBytes;
            kestrel.Limits.MaxConcurrentConnections = 256;
            Listener.Listen(kestrel, address, _ => { });
        });
        var app = builder.Build();
        app.Use(Listener.CatchFaults(app.Logger, AnswerFaultAsync));
        app.MapPost(
            "/add-checkpoint",
            (HttpContext context, CancellationToken cancel) =>
                WitnessRoutes.AnswerAsync(
                    context,
                    witness,
                    name => logs.FirstOrDefault(l => l.Name == name) is { } log ? (log, log.Name) : null,
                    cancel
                )
        );
        app.MapGet("/", () => Results.Text(About(witness, logs)));
        await app.StartAsync(stop);
        return new WitnessHost(database, app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(TimeSpan.FromSeconds(5));
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private static string About(Witness witness, IReadOnlyList<NoteVerifier> logs) =>
        $"A witness (C2SP tlog-witness). It cosigns checkpoints that continue the last one it cosigned.\n\nKey: {witness.Verifier}\n"
        + string.Concat(logs.Select(l => $"Log: {l}\n"));

    // Named for its bytes: the same proof again is the same file. A crash before the transaction ends keeps a proof of what was
    // not cosigned either way.
    private static Task KeepAsync(string folder, string code, string subject, byte[] notes)
    {
        var proofs = Directory.CreateDirectory(Path.Combine(folder, "proofs")).FullName;
        var file = Path.Combine(proofs, $"{code} {Digest.Of(notes)}.txt");
        if (!File.Exists(file))
        {
            using var durable = DurableFile.Create(file);
            durable.Stream.Write(notes);
            durable.Publish();
            Console.Error.WriteLine($"comity-node: {code}, {subject}: both statements are in {file}");
        }

        return Task.CompletedTask;
    }

    private static Task AnswerFaultAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("not available\n");
    }
}
