// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Parties;

/// <summary>An authority and how it is reached. An office, not a person's private details.</summary>
/// <param name="Name">The authority.</param>
/// <param name="Functions">What it does in the proceeding, for example central authority or investigating judge.</param>
/// <param name="Telephone">In international form, for call-back.</param>
/// <param name="Mail">Electronic mail address.</param>
/// <param name="Hours">Office hours, with their time zone.</param>
public sealed record Contact(string Name, string? Functions, string? Telephone, string? Mail, string? Hours)
{
    internal void Check(Shape shape) =>
        shape
            .Text(Name, "name")
            .OptionalText(Functions, "functions")
            .OptionalText(Telephone, "telephone", 40)
            .OptionalText(Mail, "mail")
            .OptionalText(Hours, "hours");
}
