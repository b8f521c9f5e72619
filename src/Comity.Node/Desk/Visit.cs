// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Desk.Forms;
using Comity.Node.Desk.Layout;
using Comity.Node.Hosting;
using Comity.Node.Officers;
using Comity.Node.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Node.Desk;

/// <summary>One page opened or one form sent, by an officer where the address asks for one.</summary>
/// <param name="http">The request.</param>
/// <param name="node">The node's parts.</param>
/// <param name="officer">Whose visit it is.</param>
internal sealed class Visit(HttpContext http, NodeParts node, Officer? officer)
{
    public HttpContext Http { get; } = http;

    public NodeParts Node { get; } = node;

    public bool IsSignedIn => officer is not null;

    /// <summary>The officer. Behind an address that asks for one there is one.</summary>
    public Officer Officer => officer ?? throw new InvalidOperationException("nobody is signed in here");

    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>The instant, UTC, on a whole second.</summary>
    public DateTimeOffset Now { get; } = node.Now;

    /// <summary>Whether the officer holds a role.</summary>
    public bool Is(Role role) => officer?.Is(role) == true;

    /// <summary>A part of the address.</summary>
    public string Route(string name) => Http.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>A word after the question mark; empty when it is not there.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString();

    /// <summary>What was typed.</summary>
    public Task<FormInput> FormAsync() => FormInput.ReadAsync(Http);

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work) => Node.Database.ReadAsync(work, Stop);

    /// <summary>Notes who looked at what or did what.</summary>
    public Task NoteAsync(string what, string subject) =>
        Node.Database.WriteAsync(
            async session =>
            {
                await Audit.NoteAsync(session, Officer.Id, what, subject, Now);
                return 0;
            },
            Stop
        );

    /// <summary>Shows a page.</summary>
    /// <param name="status">200, or what the page says went otherwise.</param>
    /// <param name="parameters">The page's own parameters.</param>
    public IResult Show<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : DeskPage =>
        new RazorComponentResult<TPage>(
            parameters.Append((nameof(DeskPage.Frame), Frame())).ToDictionary(p => p.Item1, p => p.Item2)
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private Frame Frame() =>
        new(
            Node.Settings.Party.ToString(),
            Now,
            Http.Request.Path,
            officer is null ? null : new FrameOfficer(officer.Id, officer.Name, officer.Roles),
            officer is null ? [] : Access.WaysOf(officer)
        );

    /// <summary>Sends the browser on after a form was done, so that loading the page again sends nothing again.</summary>
    public static IResult SeeOther(string path) => new SeeOther(path);
}

/// <summary>303, to a path of ours.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
