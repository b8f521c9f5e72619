// SPDX-License-Identifier: EUPL-1.2
using System.Net;
using System.Text;
using System.Text.Json;

namespace Comity.Node.Demo;

/// <summary>Uses the desk as an officer does, without a browser: opens pages, fills in forms, sends them.</summary>
/// <remarks>
/// Knows of the desk what its pages say: a form is sent with every hidden field it came with, its token included. The demo
/// and the tests use it; so can a script that watches dossiers by their JSON.
/// </remarks>
internal sealed class DeskVisitor : IDisposable
{
    private readonly HttpClientHandler handler;
    private readonly HttpClient client;
    private readonly CancellationToken stop;

    /// <param name="desk">Where the desk is.</param>
    /// <param name="stop">Gives up, whatever is under way.</param>
    /// <param name="connect">Where to connect to instead, for names that only a browser resolves, such as xa.localhost.</param>
    public DeskVisitor(Uri desk, CancellationToken stop, Uri? connect = null)
    {
        this.stop = stop;
        handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        client = new HttpClient(handler) { BaseAddress = connect ?? desk, Timeout = TimeSpan.FromMinutes(30) };
        if (connect is not null)
        {
            client.DefaultRequestHeaders.Host = desk.Authority;
        }
    }

    /// <summary>Signs in with a link's token.</summary>
    /// <exception cref="InvalidOperationException">The link was not taken.</exception>
    public async Task SignInAsync(string link)
    {
        var page = await OpenAsync($"/sign-in/{link}");
        var next = await SendAsync(page.FormTo("/sign-in"));
        if (next.Status != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"the desk did not take the link: {next.Text}");
        }
    }

    /// <summary>Opens a page.</summary>
    public async Task<DeskPageRead> OpenAsync(string path)
    {
        using var answer = await client.GetAsync(path, stop);
        return await ReadAsync(answer, path);
    }

    /// <summary>Reads a dossier's facts.</summary>
    /// <exception cref="HttpRequestException">The dossier is not there, or is not for this officer.</exception>
    public async Task<JsonElement> FactsAsync(string dossier)
    {
        var bytes = await client.GetByteArrayAsync($"/dossiers/{dossier}.json", stop);
        return JsonElement.Parse(bytes);
    }

    /// <summary>Sends a form with fields filled in, and follows to the page that comes of it.</summary>
    public Task<DeskPageRead> SendAsync(DeskForm form, params IReadOnlyList<(string Name, string? Value)> typed) =>
        SendAsync(form.Action, form.With(typed));

    /// <summary>Sends fields to an address, whatever forms there are.</summary>
    public async Task<DeskPageRead> SendAsync(string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        // Not the framework's form content, which refuses long values.
        var body = string.Join('&', fields.Select(f => $"{Escape(f.Key)}={Escape(f.Value)}"));
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await client.PostAsync(action, content, stop);
        return await FollowAsync(answer, action);
    }

    /// <summary>Sends a form with files. Fields first, in the page's order, then the files in the order given.</summary>
    public async Task<DeskPageRead> UploadAsync(
        DeskForm form,
        IReadOnlyList<(string Name, string FileName, string MediaType, Stream Bytes)> files,
        params IReadOnlyList<(string Name, string? Value)> typed
    )
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.With(typed))
        {
            content.Add(new StringContent(value), $"\"{name}\"");
        }

        foreach (var (name, fileName, mediaType, bytes) in files)
        {
            var part = new StreamContent(bytes);
            part.Headers.ContentType = new(mediaType);
            content.Add(part, $"\"{name}\"", $"\"{fileName}\"");
        }

        using var answer = await client.PostAsync(form.Action, content, stop);
        return await FollowAsync(answer, form.Action);
    }

    /// <summary>Downloads from an address, from an offset on.</summary>
    public async Task<(HttpStatusCode Status, byte[] Bytes)> DownloadAsync(string path, long from = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (from > 0)
        {
            request.Headers.Range = new(from, null);
        }

        using var answer = await client.SendAsync(request, stop);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(stop));
    }

    /// <summary>Downloads from an address into a file, however large.</summary>
    public async Task DownloadToAsync(string path, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        await using var into = File.Create(file);
        await answer.Content.CopyToAsync(into, stop);
    }

    /// <summary>Sends any request and gives the answer as it came.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpRequestMessage request) => client.SendAsync(request, stop);

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    private async Task<DeskPageRead> FollowAsync(HttpResponseMessage answer, string path) =>
        answer.StatusCode == HttpStatusCode.SeeOther
            ? await OpenAsync(answer.Headers.Location!.ToString())
            : await ReadAsync(answer, path);

    private async Task<DeskPageRead> ReadAsync(HttpResponseMessage answer, string path) =>
        new(answer.StatusCode, path, await answer.Content.ReadAsStringAsync(stop));

    private static string Escape(string text) => WebUtility.UrlEncode(text);
}
