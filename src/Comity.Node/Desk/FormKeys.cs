// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Xml.Linq;
using Comity.Node.Hosting;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http.Features;

namespace Comity.Node.Desk;

/// <summary>The keys that protect forms, kept in the database so that any replica takes a form another has shown.</summary>
internal static class FormKeys
{
    /// <summary>Sets up forms: their tokens, the keys of those, and how much is read.</summary>
    public static void AddForms(this IServiceCollection services, NodeParts node)
    {
        var isSecure = node.Settings.Desk.Scheme == Uri.UriSchemeHttps;
        services.AddDataProtection().SetApplicationName($"comity-desk/{node.Settings.Party}");
        services.Configure<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = new FormKeyTable(node);
            keys.XmlEncryptor = new FormKeyLock(node);
        });
        services.AddAntiforgery(tokens =>
        {
            tokens.FormFieldName = "token";
            tokens.HeaderName = "X-Form-Token";
            tokens.SuppressXFrameOptionsHeader = true;
            tokens.Cookie.Name = isSecure ? "__Host-comity-form" : "comity-form";
            tokens.Cookie.SameSite = SameSiteMode.Strict;
            tokens.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        });

        // Nothing typed or pasted ever goes to a temporary file: what fits the body's limit is held in memory.
        services.Configure<FormOptions>(forms =>
        {
            forms.MemoryBufferThreshold = (int)AccessRule.FormBody;
            forms.ValueLengthLimit = (int)AccessRule.FormBody;
            forms.ValueCountLimit = 2_048;
            forms.KeyLengthLimit = 200;
        });
    }
}

/// <summary>The keys' rows.</summary>
internal sealed class FormKeyTable(NodeParts node) : IXmlRepository
{
    // The framework asks for its keys at the start, once a day and when a new one is due, and waits: it knows no other way.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var rows = node
            .Database.ReadAsync(
                session =>
                    session.Connection.QueryAsync<byte[]>(
                        "select xml from form_key order by name",
                        transaction: session.Transaction
                    ),
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
        return [.. rows.Select(xml => XElement.Parse(Encoding.UTF8.GetString(xml)))];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        node
            .Database.WriteAsync(
                session =>
                    session.Connection.ExecuteAsync(
                        "insert into form_key (name, xml) values (@friendlyName, @Xml) on conflict do nothing",
                        new
                        {
                            friendlyName,
                            Xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)),
                        },
                        session.Transaction
                    ),
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
}

/// <summary>Encrypts the keys under the node's key.</summary>
internal sealed class FormKeyLock(NodeParts node) : IXmlEncryptor
{
    public const string Row = "form-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(
            new XElement("value", Convert.ToBase64String(node.Keys.AtRest.Encrypt(plain, Row))),
            typeof(FormKeyUnlock)
        );
    }
}

/// <summary>Opens what <see cref="FormKeyLock"/> encrypted. Made by the framework, from the name kept beside each key.</summary>
internal sealed class FormKeyUnlock : IXmlDecryptor
{
    private readonly NodeParts node;

    public FormKeyUnlock(IServiceProvider services) => node = services.GetRequiredService<NodeParts>();

    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(
            Encoding.UTF8.GetString(
                node.Keys.AtRest.Decrypt(Convert.FromBase64String(encryptedElement.Value), FormKeyLock.Row)
            )
        );
}
