// SPDX-License-Identifier: EUPL-1.2
using Comity.Parties;
using Comity.Requests;
using Comity.Safeguards;
using CsCheck;

namespace Comity.Tests.Safeguards;

/// <summary>Who someone is, and which State asks which, changes nothing that a machine says.</summary>
public sealed class NeutralityTests
{
    private static readonly Gen<PartyId> Party = OneOf("XC", "XD", "XM", "XZ").Select(PartyId.Of!);

    private static readonly Gen<Person> Person =
        from role in Gen.Enum<PersonRole>()
        from name in OneOf<string?>("Ada Example", "Мария Пример", "例子", "Prince Insult", null)
        from nationality in OneOf<string?>("XA", "XB", "stateless", "Kingdom of Protest", null)
        from minor in OneOf<bool?>(true, false, null)
        select new Person(role, name, nationality, nationality, minor);

    [Fact]
    public void Names_nationalities_ages_and_places_of_persons_change_no_finding() =>
        (from given in GenCase.Any from persons in Person.Array[0, 4] select (given, persons)).Sample(s =>
            Same(s.given, s.given.With(r => r with { Persons = s.persons }))
        );

    [Fact]
    public void Which_States_ask_and_are_asked_changes_no_finding() =>
        (from given in GenCase.Any from one in Party from other in Party select (given, one, other)).Sample(s =>
            Same(
                s.given,
                s.given with
                {
                    RequestingProfile = s.given.RequestingProfile! with { Party = s.one },
                    RequestedProfile = s.given.RequestedProfile! with { Party = s.other },
                }
            )
        );

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Same(Case given, Case changed) =>
        Assert.Equal(
            Catalogue.All.Select(s => s.Find(given).InFull),
            Catalogue.All.Select(s => s.Find(changed).InFull)
        );
}
