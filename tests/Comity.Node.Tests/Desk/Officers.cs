// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Demo;

namespace Comity.Node.Tests.Desk;

/// <summary>Officers at the desks of test nodes.</summary>
internal static class Officers
{
    /// <summary>Somebody who has not signed in.</summary>
    public static DeskVisitor Visitor(this TestNode node) =>
        new(node.Parts.Settings.Desk, TestContext.Current.CancellationToken);

    /// <summary>A link's token for an officer.</summary>
    public static Task<string> LinkAsync(this TestNode node, string officer) =>
        node.Parts.Visits.NewLinkAsync(officer, default);

    /// <summary>Signs an officer in, as they would with a link from the node's administrator.</summary>
    public static async Task<DeskVisitor> AtDeskAsync(this TestNode node, string officer)
    {
        var visitor = node.Visitor();
        await visitor.SignInAsync(await node.LinkAsync(officer));
        return visitor;
    }
}
