// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Keys;
using Comity.Node.Demo;
using Comity.Node.Officers;

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

    /// <summary>Adds an officer, once.</summary>
    public static async Task AddOfficerAsync(this TestNode node, string id, params Role[] roles)
    {
        using var root = Certificates.NewRoot("test", DateTimeOffset.UtcNow.AddMinutes(-5), 1);
        using var certificate = Certificates.NewSigner(
            root,
            id,
            DateTimeOffset.UtcNow.AddMinutes(-5),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        await node.Parts.Database.WriteAsync(
            async session =>
            {
                if (await OfficerTables.FindAsync(session, id) is null)
                {
                    await OfficerTables.AddAsync(
                        session,
                        new Officer(
                            id,
                            $"Officer {id}",
                            roles.ToHashSet(),
                            Certificates.TextOf(certificate),
                            OfficerKey.Lock(certificate, TestNode.PhraseOf(id)),
                            IsActive: true
                        )
                    );
                }

                return 0;
            },
            default
        );
    }
}
