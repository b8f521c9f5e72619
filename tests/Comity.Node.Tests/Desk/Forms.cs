// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using Comity.Node.Demo;

namespace Comity.Node.Tests.Desk;

/// <summary>Filling in the desk's forms, step by step, as an officer does.</summary>
internal static class Forms
{
    /// <summary>A request's file.</summary>
    public static string FileOf(ActBody request) => Encoding.UTF8.GetString(ActEncoding.WriteBody(request));

    /// <summary>The fields of a new request.</summary>
    public static (string, string?)[] Fields(ActBody request, TestNode to) =>
        [("to", to.Central.ToString()), ("request", FileOf(request)), ("step", "check")];

    /// <summary>Fills in a form and comes to the page that shows what will be signed.</summary>
    public static async Task<DeskPageRead> CheckAsync(
        this DeskVisitor visitor,
        string path,
        params IReadOnlyList<(string, string?)> typed
    )
    {
        var form = (await visitor.OpenAsync(path)).FormTo(path);
        return await visitor.SendAsync(form, [.. typed, ("step", "check")]);
    }

    /// <summary>Signs what is shown.</summary>
    public static Task<DeskPageRead> SignAsync(this DeskVisitor visitor, DeskPageRead check, string officer) =>
        visitor.SendAsync(check.FormTo(check.Path), ("phrase", TestNode.PhraseOf(officer)), ("step", "sign"));

    /// <summary>Fills in a form, checks it and signs it as the drafter.</summary>
    public static async Task<DeskPageRead> DraftAsync(
        this DeskVisitor visitor,
        string path,
        params IReadOnlyList<(string, string?)> typed
    ) => await visitor.SignAsync(await visitor.CheckAsync(path, typed), TestNode.Drafter);

    /// <summary>The dossier a page is of.</summary>
    public static string DossierOf(DeskPageRead page) => page.Path.Split('/', '?')[2];

    /// <summary>Waits until a dossier's facts say something.</summary>
    public static Task UntilAsync(
        this DeskVisitor visitor,
        string dossier,
        Func<System.Text.Json.JsonElement, bool> holds,
        string what
    ) =>
        Pair.UntilAsync(
            async () =>
            {
                using var answer = await visitor.AskAsync(new(HttpMethod.Get, $"/dossiers/{dossier}.json"));
                return answer.IsSuccessStatusCode
                    && holds(System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()));
            },
            what
        );
}
