// SPDX-License-Identifier: EUPL-1.2
using Comity.Evidence;
using Comity.Node.Desk.Dossiers;
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Desk.Words;
using Comity.Node.Evidence;
using Comity.Parties;

namespace Comity.Node.Desk.Exhibits;

/// <summary>Putting evidence in for a request: a plain file, sealed on its way in, or one sealed at a workstation.</summary>
internal static class PuttingInPages
{
    public const string FileField = "file";
    public const string ManifestField = "manifest";
    public const string SealedField = "sealed";

    private const string Plain = "/dossiers/{dossier}/exhibits/new";
    private const string Sealed = "/dossiers/{dossier}/exhibits/sealed";

    public static void Map(DeskRoutes routes)
    {
        routes.Page(Plain, StartAsync);
        routes.Form(Plain, PutInPlainAsync);
        routes.Form(Sealed, PutInSealedAsync);
    }

    private static async Task<IResult> StartAsync(Visit visit) =>
        await FindAsync(visit) is { } subject
            ? Show(visit, subject, FormInput.Empty, new FormErrors())
            : Notices.NoSuchPage(visit);

    private static Task<IResult> PutInPlainAsync(Visit visit) =>
        TakeAsync(
            visit,
            FileField,
            async (subject, upload, errors) =>
            {
                if (await upload.FileAsync(visit.Stop) is not { Name: FileField, FileName.Length: > 0 } file)
                {
                    errors.Add(FileField, "Choose a file");
                    return null;
                }

                var acquired = AcquiredOf(upload.Input, errors);
                return errors.Any
                    ? null
                    : await new PuttingIn(visit.Node).SealAsync(
                        subject.View.Row,
                        new FileGiven(file.FileName, MediaTypeOf(file.ContentType), acquired),
                        subject.Recipients,
                        file.Body,
                        visit.Officer,
                        visit.Stop
                    );
            }
        );

    private static Task<IResult> PutInSealedAsync(Visit visit) =>
        TakeAsync(
            visit,
            SealedField,
            async (subject, upload, errors) =>
            {
                if (await upload.FileAsync(visit.Stop) is not { Name: ManifestField, FileName.Length: > 0 } manifest)
                {
                    errors.Add(ManifestField, "Choose the manifest");
                    return null;
                }

                var bytes = await UploadReading.BytesAsync(manifest.Body, ManifestDocument.MaxLength, visit.Stop);
                if (ManifestDocument.Parse(bytes) is not Outcome<ManifestDocument>.Admitted document)
                {
                    errors.Add(ManifestField, "This is no manifest that comity seal wrote. Choose another file");
                    return null;
                }

                if (await upload.FileAsync(visit.Stop) is not { Name: SealedField, FileName.Length: > 0 } file)
                {
                    errors.Add(SealedField, "Choose the sealed file");
                    return null;
                }

                return await new PuttingIn(visit.Node).TakeSealedAsync(
                    subject.View.Row,
                    document.Value,
                    subject.Recipients,
                    file.Body,
                    visit.Officer,
                    visit.Stop
                );
            }
        );

    private static async Task<IResult> TakeAsync(
        Visit visit,
        string field,
        Func<PuttingInView, UploadReading, FormErrors, Task<Outcome<ManifestDocument>?>> take
    )
    {
        if (await FindAsync(visit) is not { } subject)
        {
            return Notices.NoSuchPage(visit);
        }

        var errors = new FormErrors();
        UploadReading? upload = null;
        try
        {
            upload = await UploadReading.BeginAsync(visit);
            if (upload is null)
            {
                return Notices.ForeignForm(visit);
            }

            if (subject.Recipients.Count == 0)
            {
                errors.Add(field, Codes.Of("exhibit.no-recipients"));
            }
            else
            {
                switch (await take(subject, upload, errors))
                {
                    case Outcome<ManifestDocument>.Admitted:
                        return Visit.SeeOther($"/dossiers/{subject.View.Id}?done={DoneWords.PutIn}");
                    case Outcome<ManifestDocument>.Refused refused:
                        errors.Add(field, Codes.Of(refused.Why.Code));
                        break;
                }
            }
        }
        catch (ArrivalCutException)
        {
            errors.Add(field, Codes.Of("exhibit.interrupted"));
        }

        return Show(visit, subject, upload?.Input ?? FormInput.Empty, errors);
    }

    private static async Task<PuttingInView?> FindAsync(Visit visit)
    {
        var view = await DossierReading.ReadAsync(visit, visit.Route("dossier"));
        return view?.Requests.LastOrDefault(r => r.To.Party == view.Own && r.State is { IsEnded: false }) is { } request
            ? new PuttingInView(view!, request.From, RecipientsOf(view!.Directory.Find(request.From)))
            : null;
    }

    private static IReadOnlyList<Recipient> RecipientsOf(Authority? authority) =>
        [
            .. (authority?.Evidence ?? [])
                .Select(Recipient.Parse)
                .OfType<Outcome<Recipient>.Admitted>()
                .Select(r => r.Value),
        ];

    private static Acquisition? AcquiredOf(FormInput input, FormErrors errors)
    {
        var read = new FormReading(input, errors);
        var tool = read.Optional("tool", FormReading.Short, "the tool");
        var at = read.OptionalInstant("acquired", "when it was acquired");
        var role = read.Optional("role", FormReading.Short, "the role");
        return tool is null && at is null && role is null ? null : new Acquisition(tool, at, role);
    }

    // What the browser says of a file is a help to people, no more: kept if it can be, and left out if not.
    private static string? MediaTypeOf(string? said) =>
        said is { Length: > 0 and <= 100 } && said.All(c => c is > ' ' and < (char)127 or ' ') ? said : null;

    private static IResult Show(Visit visit, PuttingInView subject, FormInput input, FormErrors errors) =>
        visit.Show<PuttingInPage>(
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(PuttingInPage.View), subject),
            (nameof(PuttingInPage.Form), new FormState(input, errors))
        );
}

/// <summary>For whom evidence is put in.</summary>
/// <param name="View">The dossier.</param>
/// <param name="For">The authority that asks.</param>
/// <param name="Recipients">Its keys.</param>
public sealed record PuttingInView(DossierView View, Office For, IReadOnlyList<Recipient> Recipients);
