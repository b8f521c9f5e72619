// SPDX-License-Identifier: EUPL-1.2
using Comity.Requests;

namespace Comity.Tests.Requests;

public sealed class MergingTests
{
    private static readonly Request Request = Some.Request() with
    {
        Facts = [new Fact(1, "One."), new Fact(2, "Two.")],
        Offences = [new Offence("o1", "First", null, null), new Offence("o2", "Second", null, null)],
        Attachments = [new Attachment("a.txt", Some.Digest("a"), 1)],
    };

    private static readonly Supplement Nothing = new([], [], [], [], []);

    [Fact]
    public void Facts_are_numbered_on_whatever_number_they_came_with() =>
        Assert.Equal(
            [new Fact(1, "One."), new Fact(2, "Two."), new Fact(3, "Three."), new Fact(4, "Four.")],
            Request.With(Nothing with { Facts = [new Fact(1, "Three."), new Fact(9, "Four.")] }).Facts
        );

    [Fact]
    public void An_offence_with_a_short_name_already_used_takes_the_others_place_and_a_new_one_is_added() =>
        Assert.Equal(
            [
                new Offence("o1", "First", null, null),
                new Offence("o2", "Again", "10", null),
                new Offence("o3", "Third", null, null),
            ],
            Request
                .With(
                    Nothing with
                    {
                        Offences = [new Offence("o3", "Third", null, null), new Offence("o2", "Again", "10", null)],
                    }
                )
                .Offences
        );

    [Fact]
    public void Conduct_is_added_and_a_reference_to_a_fact_that_does_not_exist_is_dropped()
    {
        var merged = Request.With(
            Nothing with
            {
                Facts = [new Fact(1, "Three.")],
                Conduct = [new ConductElement(ElementKind.Harm, "data-lost", "Lost", [0, 1, 3, 4])],
            }
        );
        Assert.Equal(["encrypt-data", "data-lost"], merged.Conduct.Select(c => c.Concept));
        Assert.Equal([1, 3], merged.Conduct[1].Facts);
    }

    [Fact]
    public void Attachments_are_added() =>
        Assert.Equal(
            ["a.txt", "b.txt"],
            Request
                .With(Nothing with { Attachments = [new Attachment("b.txt", Some.Digest("b"), 2)] })
                .Attachments.Select(a => a.Name)
        );

    [Fact]
    public void Nothing_else_of_a_request_changes()
    {
        var merged = Request.With(Nothing);
        Assert.Equal(
            Request,
            merged with
            {
                Facts = Request.Facts,
                Conduct = Request.Conduct,
                Offences = Request.Offences,
                Attachments = Request.Attachments,
            }
        );
    }
}
