// SPDX-License-Identifier: EUPL-1.2
using System.Text;
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
    public void What_officers_sign_is_the_digest_of_the_content_in_the_order_of_the_specification() =>
        Assert.Equal(
            Digest.Of(
                Encoding.UTF8.GetBytes(
                    """
                    {"kind":"withdraw","version":1,"dossier":"0102030405060708090a0b0c0d0e0f10",
                    "concerns":"454349e422f05297191ead13e21d3db520e5abef52055e4964b82fb213f593a1",
                    "from":"XA/central","to":"XB/central","visibility":"shared",
                    "body":{"reason":"é <no longer> needed"}}
                    """.ReplaceLineEndings("")
                )
            ),
            Content.Digest()
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
