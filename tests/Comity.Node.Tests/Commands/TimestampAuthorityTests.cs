// SPDX-License-Identifier: EUPL-1.2
using System.Diagnostics;
using System.Net;
using Comity.Node.Demo;
using Comity.Node.Timestamps;

namespace Comity.Node.Tests.Commands;

/// <summary>The authority for demonstrations, asked by OpenSSL as anyone would.</summary>
public sealed class TimestampAuthorityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("comity-authority").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Openssl_asks_it_and_verifies_what_it_answers_also_after_it_was_started_again()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.txt"), "xa.example/register\n1\nAAAA\n", Stop);
        Assert.Equal(0, (await OpenSslAsync("ts -query -data checkpoint.txt -sha256 -cert -out q.tsq")).Exit);
        await OnceAsync(AskAsync);
        var root = await File.ReadAllBytesAsync(Path.Combine(folder, "data", "root.pem"), Stop);
        await OnceAsync(AskAsync);

        Assert.Equal(root, await File.ReadAllBytesAsync(Path.Combine(folder, "data", "root.pem"), Stop));
        Assert.Equal(0, (await OpenSslAsync("ts -verify -queryfile q.tsq -in r.tsr -CAfile data/root.pem")).Exit);
        Assert.Equal(0, (await OpenSslAsync("ts -reply -in r.tsr -token_out -out x.tst")).Exit);
        Assert.Equal(
            0,
            (await OpenSslAsync("ts -verify -token_in -in x.tst -data checkpoint.txt -CAfile data/root.pem")).Exit
        );
        await File.AppendAllTextAsync(Path.Combine(folder, "checkpoint.txt"), "\n", Stop);
        Assert.Equal(
            1,
            (await OpenSslAsync("ts -verify -token_in -in x.tst -data checkpoint.txt -CAfile data/root.pem")).Exit
        );
        Assert.Contains(
            $"Policy OID: {HouseAuthority.Policy}",
            (await OpenSslAsync("ts -reply -in r.tsr -text")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_says_what_it_is_and_what_it_will_not_stamp()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.txt"), "text\n", Stop);
        Assert.Equal(0, (await OpenSslAsync("ts -query -data checkpoint.txt -sha1 -out sha1.tsq")).Exit);
        Assert.Equal(0, (await OpenSslAsync("ts -query -data checkpoint.txt -sha256 -tspolicy 1.2.3 -out p.tsq")).Exit);
        await OnceAsync(
            async (client, url) =>
            {
                Assert.StartsWith(
                    HouseAuthority.PolicyText,
                    await client.GetStringAsync(url, Stop),
                    StringComparison.Ordinal
                );
                Assert.Equal("status 2 failure 0", await RefusalAsync(client, url, "sha1.tsq"));
                Assert.Equal("status 2 failure 15", await RefusalAsync(client, url, "p.tsq"));
                Assert.Equal("status 2 failure 5", await RefusalAsync(client, url, "checkpoint.txt"));
                Assert.Equal(
                    HttpStatusCode.UnsupportedMediaType,
                    (await PostAsync(client, url, [1], "text/plain")).StatusCode
                );
                Assert.Equal(
                    HttpStatusCode.RequestEntityTooLarge,
                    (await PostAsync(client, url, new byte[2000], "application/timestamp-query")).StatusCode
                );
            }
        );
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Uri url, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        return client.PostAsync(url, content, Stop);
    }

    private async Task AskAsync(HttpClient client, Uri url)
    {
        var query = await File.ReadAllBytesAsync(Path.Combine(folder, "q.tsq"), Stop);
        using var answer = await PostAsync(client, url, query, "application/timestamp-query");
        Assert.Equal("application/timestamp-reply", answer.Content.Headers.ContentType?.MediaType);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "r.tsr"),
            await answer.Content.ReadAsByteArrayAsync(Stop),
            Stop
        );
    }

    private async Task<string> RefusalAsync(HttpClient client, Uri url, string query)
    {
        using var answer = await PostAsync(
            client,
            url,
            await File.ReadAllBytesAsync(Path.Combine(folder, query), Stop),
            "application/timestamp-query"
        );
        return Comity
            .Timestamps.TimestampResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Stop))
            .Refused()
            .Where;
    }

    // Starts the command, waits until it says that it is ready, does something, and tells it to stop.
    private async Task OnceAsync(Func<HttpClient, Uri, Task> work)
    {
        var url = new Uri($"http://127.0.0.1:{FreePorts.Find(1)[0]}/");
        await using var served = NodeProgram.Begin(
            "timestamp-authority",
            "--data",
            Path.Combine(folder, "data"),
            "--address",
            url.ToString()
        );
        await served.ReadyAsync();
        using var client = new HttpClient();
        await work(client, url);
    }

    private async Task<(int Exit, string Output)> OpenSslAsync(string line)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not installed");
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/openssl", line.Split(' '))
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await error;
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output);
    }
}
