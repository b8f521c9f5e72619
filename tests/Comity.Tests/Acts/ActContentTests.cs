// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json;
using Comity.Acts;
using Comity.Parties;
using Comity.Requests;

namespace Comity.Tests.Acts;

public sealed class ActContentTests
{
    private static readonly ActContent Content = new(
        Some.Dossier,
        Some.Id("r"),
        Some.XaCentral,
        Some.XbCentral,
        Visibility.Shared,
        new Withdraw("é <no longer> needed")
    );

    [Fact]
    public void What_officers_sign_is_the_digest_of_the_content_in_canonical_form() =>
        Assert.Equal(
            Digest.Of(
                Encoding.UTF8.GetBytes(
                    """
                    {"body":{"reason":"é <no longer> needed"},
                    "concerns":"454349e422f05297191ead13e21d3db520e5abef52055e4964b82fb213f593a1",
                    "dossier":"0102030405060708090a0b0c0d0e0f10","from":"XA/central","kind":"withdraw",
                    "to":"XB/central","version":1,"visibility":"shared"}
                    """.ReplaceLineEndings("")
                )
            ),
            Content.Digest()
        );

    // The examples of RFC 8785, 3.2.2 and 3.2.3, less their fractions, which acts do not have.
    [Theory]
    [InlineData(
        """{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}""",
        """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"""
    )]
    [InlineData(
        """{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}""",
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}"
    )]
    public void The_canonical_form_is_that_of_the_RFC(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Write(JsonElement.Parse(json))));

    [Fact]
    public void Characters_that_Unicode_may_yet_assign_stand_as_they_are() =>
        Assert.Equal(
            "{\"a\":\"\u0378\u2028\u007f\"}",
            Encoding.UTF8.GetString(CanonicalJson.Write(JsonElement.Parse("{\"a\": \"\\u0378\\u2028\\u007f\"}")))
        );

    [Fact]
    public void Number_time_and_what_it_rests_on_are_not_what_is_approved()
    {
        var act = Content.Seal(41, Some.Day(7), [Some.Id("a")], [Some.Id("b"), Some.Id("c")]);

        Assert.Equal(Content, ActContent.Of(act));
        Assert.Equal(Content.Digest(), ActContent.Of(ActEncoding.Parse(ActEncoding.Write(act)).Admitted()).Digest());
    }

    [Fact]
    public void Everything_else_is()
    {
        ActContent[] changed =
        [
            Content with
            {
                Dossier = DossierId.From(new byte[16]),
            },
            Content with
            {
                Concerns = Some.Id("another"),
            },
            Content with
            {
                Concerns = null,
            },
            Content with
            {
                From = Office.Of("XA/police"),
            },
            Content with
            {
                To = Office.Of("XC/central"),
            },
            Content with
            {
                Visibility = Visibility.Party,
            },
            Content with
            {
                Body = new Withdraw("e <no longer> needed"),
            },
            Content with
            {
                Body = new Keep("é <no longer> needed", null),
            },
        ];

        Assert.Equal(changed.Length + 1, changed.Append(Content).Select(c => c.Digest()).Distinct().Count());
    }

    [Fact]
    public void The_sealed_act_says_what_was_approved_and_when_and_in_which_place() =>
        Assert.Equal(
            new Act(
                "withdraw",
                1,
                Some.Dossier,
                Some.Id("r"),
                Some.XaCentral,
                Some.XbCentral,
                Visibility.Shared,
                3,
                Some.Day(7),
                [],
                [],
                Content.Body
            ),
            Content.Seal(3, Some.Day(7), [], [])
        );
}
