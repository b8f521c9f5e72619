// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;
using Comity.Node.Storage;
using Comity.Signatures;
using Dapper;

namespace Comity.Node.Officers;

/// <summary>A person who works at a node, by role. The key that signs for them opens only with their phrase.</summary>
/// <param name="Id">Short name for signing in.</param>
/// <param name="Name">Name, seen on this node alone and never in an act.</param>
/// <param name="Roles">What they may do.</param>
/// <param name="Certificate">Their certificate.</param>
/// <param name="SigningKey">Their key, PKCS#8 encrypted under their phrase.</param>
/// <param name="IsActive">Whether they still work here.</param>
internal sealed record Officer(
    string Id,
    string Name,
    IReadOnlySet<Role> Roles,
    CertificateText Certificate,
    byte[] SigningKey,
    bool IsActive
)
{
    /// <summary>Whether the officer holds a role.</summary>
    public bool Is(Role role) => Roles.Contains(role);
}

/// <summary>What an officer may do.</summary>
[JsonConverter(typeof(NameConverter<Role>))]
public enum Role
{
    /// <summary>Writes requests and answers, and signs for having written them.</summary>
    Drafter,

    /// <summary>Decides that something written by another goes out.</summary>
    Approver,

    /// <summary>Answers the safeguards' questions.</summary>
    Assessor,

    /// <summary>Looks after peers, keys and officers; sees no dossier by that role.</summary>
    Administrator,
}

/// <summary>Officers in the database.</summary>
internal static class OfficerTables
{
    /// <summary>Adds an officer.</summary>
    public static Task AddAsync(Session session, Officer officer) =>
        session.Connection.ExecuteAsync(
            """
            insert into officer (id, name, roles, certificate, signing_key, is_active)
            values (@Id, @Name, @Roles, @Certificate, @SigningKey, 1)
            """,
            new
            {
                officer.Id,
                officer.Name,
                Roles = string.Join(' ', officer.Roles.Order().Select(Names.Of)),
                Certificate = officer.Certificate.ToString(),
                officer.SigningKey,
            },
            session.Transaction
        );

    /// <summary>An officer who still works here, or nothing.</summary>
    public static async Task<Officer?> FindAsync(Session session, string id) =>
        (
            await session.Connection.QuerySingleOrDefaultAsync<OfficerRow>(
                Select + " where id = @id and is_active = 1",
                new { id },
                session.Transaction
            )
        )?.ToOfficer();

    /// <summary>Everyone, whether or not they still work here.</summary>
    public static async Task<IReadOnlyList<Officer>> AllAsync(Session session) =>
        [
            .. (
                await session.Connection.QueryAsync<OfficerRow>(
                    Select + " order by id",
                    transaction: session.Transaction
                )
            ).Select(r => r.ToOfficer()),
        ];

    private const string Select =
        "select id, name, roles, certificate, signing_key as signingkey, is_active as active from officer";

    private sealed record OfficerRow(
        string Id,
        string Name,
        string Roles,
        string Certificate,
        byte[] SigningKey,
        long Active
    )
    {
        public Officer ToOfficer() =>
            new(
                Id,
                Name,
                Roles
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(r => Names.TryParse<Role>(r, out var role) ? role : throw Wrong("role"))
                    .ToHashSet(),
                CertificateText.TryParse(Certificate, out var certificate) ? certificate : throw Wrong("certificate"),
                SigningKey,
                Active == 1
            );

        private static InvalidDataException Wrong(string what) =>
            new($"an officer's {what} in the database is not one");
    }
}
