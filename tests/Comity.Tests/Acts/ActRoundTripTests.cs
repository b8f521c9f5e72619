// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using Comity.Acts;
using CsCheck;

namespace Comity.Tests.Acts;

public sealed class ActRoundTripTests
{
    public static TheoryData<string> Kinds => [.. ActKind.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_an_act_says_it_reads_and_writes_to_the_same_byte(string kind) =>
        Any.Act(ActKind.Find(kind, 1)!)
            .Sample(
                act =>
                {
                    var written = ActEncoding.Write(act);
                    var read = ActEncoding.Parse(written).Admitted();
                    Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(ActEncoding.Write(read)));
                    Assert.Equal(
                        (act.Kind, act.Version, act.Dossier, act.Concerns, act.From, act.To),
                        (read.Kind, read.Version, read.Dossier, read.Concerns, read.From, read.To)
                    );
                    Assert.Equal(
                        (act.Visibility, act.Number, act.Issued, act.Body.GetType()),
                        (read.Visibility, read.Number, read.Issued, read.Body.GetType())
                    );
                    Assert.Equal(act.Follows, read.Follows);
                    Assert.Equal(act.Approvals, read.Approvals);
                },
                iter: 100
            );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_officers_approve_is_the_same_before_and_after_sealing(string kind) =>
        Any.Act(ActKind.Find(kind, 1)!)
            .Select(Any.Act(ActKind.Find(kind, 1)!))
            .Sample(
                (act, other) =>
                {
                    var content = ActContent.Of(act);
                    var sealedAgain = content.Seal(other.Number, other.Issued, other.Follows, other.Approvals);
                    var read = ActEncoding.Parse(ActEncoding.Write(sealedAgain)).Admitted();
                    Assert.Equal(content.Digest(), ActContent.Of(read).Digest());
                },
                iter: 50
            );
}
