// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Node.Desk.Forms;
using Comity.Node.Evidence;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Comity.Node.Desk.Exhibits;

/// <summary>Reads a form that carries files, piece by piece and never whole: its token first, its fields, then the files.</summary>
/// <remarks>The browser sends them in the page's order, so by the time a file comes everything about it is known.</remarks>
internal sealed class UploadReading
{
    /// <summary>Bytes of all fields together.</summary>
    private const int LargestField = 64 * 1024;

    private const int MostFields = 32;

    private readonly MultipartReader reader;
    private readonly Dictionary<string, string> fields = [];

    private UploadReading(MultipartReader reader) => this.reader = reader;

    /// <summary>The fields read so far.</summary>
    public FormInput Input => FormInput.Empty.With([.. fields.Select(f => (f.Key, (string?)f.Value))]);

    /// <summary>Begins to read, once the form's token has been checked; nothing when it is not ours.</summary>
    public static async Task<UploadReading?> BeginAsync(Visit visit)
    {
        var request = visit.Http.Request;
        if (
            request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary
        )
        {
            return null;
        }

        var upload = new UploadReading(
            new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 }
        );
        if (await upload.NextAsync(visit.Stop) is not { Name: "token" } token)
        {
            return null;
        }

        // Given as a header, because the framework would otherwise read the whole form, files and all, to find it.
        request.Headers["X-Form-Token"] = await TextAsync(token.Body, LargestField, visit.Stop);
        return await visit.Http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(visit.Http)
            ? upload
            : null;
    }

    /// <summary>Reads fields up to the next file; nothing when there is none.</summary>
    /// <exception cref="ArrivalCutException">The form was cut off, or is not one.</exception>
    public async Task<FilePart?> FileAsync(CancellationToken stop)
    {
        while (await NextAsync(stop) is { } part)
        {
            if (part.FileName is not null)
            {
                return part;
            }

            if (fields.Count >= MostFields)
            {
                throw new ArrivalCutException(new InvalidDataException("too many fields"));
            }

            fields[part.Name] = await TextAsync(part.Body, LargestField, stop);
        }

        return null;
    }

    /// <summary>Reads a small part as text.</summary>
    /// <exception cref="ArrivalCutException">It is larger, or was cut off.</exception>
    public static async Task<string> TextAsync(Stream body, int most, CancellationToken stop) =>
        Encoding.UTF8.GetString(await BytesAsync(body, most, stop));

    /// <summary>Reads a small part.</summary>
    /// <exception cref="ArrivalCutException">It is larger, or was cut off.</exception>
    public static async Task<byte[]> BytesAsync(Stream body, int most, CancellationToken stop)
    {
        var buffer = new byte[most + 1];
        var read = await new ArrivingStream(body).ReadAtLeastAsync(buffer, buffer.Length, false, stop);
        return read <= most
            ? buffer[..read]
            : throw new ArrivalCutException(new InvalidDataException("a field is too large"));
    }

    private async Task<FilePart?> NextAsync(CancellationToken stop)
    {
        MultipartSection? section;
        try
        {
            section = await reader.ReadNextSectionAsync(stop);
        }
        catch (Exception cut) when (cut is IOException or InvalidDataException)
        {
            throw new ArrivalCutException(cut);
        }

        if (section is null)
        {
            return null;
        }

        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            throw new ArrivalCutException(new InvalidDataException("a part without a name"));
        }

        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return new FilePart(
            HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
            fileName.HasValue ? LastOf(HeaderUtilities.RemoveQuotes(fileName).ToString()) : null,
            section.ContentType,
            section.Body
        );
    }

    // Some browsers send a path; only its last part is a name.
    private static string LastOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}

/// <summary>A part of a form: a field, or a file when it has a file's name.</summary>
internal sealed record FilePart(string Name, string? FileName, string? ContentType, Stream Body);
