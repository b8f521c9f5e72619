// SPDX-License-Identifier: EUPL-1.2
using Comity.Files.Keys;
using Comity.Parties;

namespace Comity.Tests.Parties;

/// <summary>Whom a node knows, and how that changes (docs/spec/directory.md, 4).</summary>
public sealed class PartyDirectoryTests
{
    private static readonly DateTimeOffset Now = Some.Day(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Digest[] TwoOfficers = [Some.Digest("officer 1"), Some.Digest("officer 2")];
    private static readonly SignedEntry First = Some.A.Entry;
    private static readonly SignedEntry Next = Successor(First);

    [Fact]
    public void A_root_is_confirmed_by_two_different_officers()
    {
        Assert.Equal(Refusal("directory.two-officers"), Confirm(TwoOfficers[..1]).Refused());
        Assert.Equal(Refusal("directory.two-officers"), Confirm([TwoOfficers[0], TwoOfficers[0]]).Refused());
        Assert.Equal(Refusal("directory.two-officers"), Confirm([]).Refused());
        Confirm(TwoOfficers).Admitted();
    }

    [Fact]
    public void A_root_that_is_confirmed_does_not_change_by_confirming_another()
    {
        var known = Confirm(TwoOfficers).Admitted();

        known.Confirm(Some.XA, First.Root, TwoOfficers).Admitted();
        Assert.Equal(
            Refusal("directory.root-known"),
            known.Confirm(Some.XA, Some.Digest("another root"), TwoOfficers).Refused()
        );
    }

    [Fact]
    public void Confirming_a_root_again_loses_no_entry() =>
        Assert.Same(First, Some.Directory(First).Confirm(Some.XA, First.Root, TwoOfficers).Admitted().Find(Some.XA));

    [Fact]
    public void An_entry_under_a_root_that_nobody_confirmed_is_not_taken()
    {
        Assert.Equal(Refusal("directory.root-unknown"), PartyDirectory.Empty.Accept(First, Now).Refused());
        Assert.Equal(
            Refusal("directory.root-unknown"),
            Confirm(TwoOfficers).Admitted().Accept(Some.A.Sign(Some.A.Describe(), Some.B.Root), Now).Refused()
        );
    }

    [Fact]
    public void A_confirmed_root_speaks_for_its_own_Party_only() =>
        Assert.Equal(
            Refusal("directory.root-unknown"),
            Some.Directory(Some.A.Entry, Some.B.Entry)
                .Accept(Some.A.Sign(Some.B.Describe() with { Version = 2, Previous = Some.B.Entry.Id }), Now)
                .Refused()
        );

    [Fact]
    public void The_newest_entry_is_the_one_that_is_found()
    {
        var directory = Some.Directory(First, Some.B.Entry);

        Assert.Same(First, directory.Find(Some.XA));
        Assert.Same(Next, directory.Accept(Next, Now).Admitted().Find(Some.XA));
        Assert.Same(First, directory.Find(Some.XA));
    }

    [Fact]
    public void Offices_are_found_in_their_Partys_entry()
    {
        var directory = Some.Directory(First);

        Assert.Same(First.Entry.Authorities[0], directory.Find(Some.XaCentral));
        Assert.Null(directory.Find(Office.Of("XA/police")));
        Assert.Null(directory.Find(Some.XbCentral));
        Assert.Null(directory.Find(Some.XB));
    }

    [Fact]
    public void Parties_are_listed_in_the_order_of_their_codes_once_they_have_an_entry()
    {
        var directory = Some.Directory(Some.B.Entry, First).Confirm(PartyId.Of("XC"), Some.Digest("c"), TwoOfficers);

        Assert.Equal([Some.XA, Some.XB], directory.Admitted().Parties);
    }

    [Fact]
    public void The_same_entry_again_changes_nothing()
    {
        var directory = Some.Directory(First);

        Assert.Same(directory, directory.Accept(First, Now).Admitted());
        Assert.Same(directory, directory.Accept(First, Some.Day(900)).Admitted());
    }

    [Fact]
    public void An_older_entry_is_refused_though_its_signature_is_good() =>
        Assert.Equal(
            Refusal("directory.rollback"),
            Some.Directory(First).Accept(Next, Now).Admitted().Accept(First, Now).Refused()
        );

    [Fact]
    public void Two_entries_of_the_same_version_are_a_fork() =>
        Assert.Equal(
            Refusal("directory.fork"),
            Some.Directory(First).Accept(Some.A.Sign(Some.A.Describe() with { Name = "Other" }), Now).Refused()
        );

    [Fact]
    public void A_next_version_that_names_another_predecessor_is_a_fork() =>
        Assert.Equal(
            Refusal("directory.fork"),
            Some.Directory(First)
                .Accept(Some.A.Sign(Next.Entry with { Previous = Some.Digest("another") }), Now)
                .Refused()
        );

    [Fact]
    public void A_later_version_that_names_this_one_as_its_predecessor_is_a_fork() =>
        Assert.Equal(
            Refusal("directory.fork"),
            Some.Directory(First).Accept(Some.A.Sign(Next.Entry with { Version = 3 }), Now).Refused()
        );

    [Fact]
    public void Versions_in_between_may_have_been_missed()
    {
        var third = Successor(Next);

        Assert.Same(third, Some.Directory(First).Accept(third, Now).Admitted().Find(Some.XA));
    }

    [Fact]
    public void An_entry_is_taken_until_the_second_it_expires()
    {
        var entry = Some.A.Sign(Next.Entry with { Expires = Now + Second });
        var expired = Some.A.Sign(Next.Entry with { Expires = Now });

        Some.Directory(First).Accept(entry, Now).Admitted();
        Assert.Equal(Refusal("directory.expired"), Some.Directory(First).Accept(expired, Now).Refused());
    }

    [Fact]
    public void An_entry_may_be_issued_five_minutes_ahead_and_no_second_more()
    {
        var soon = Now + TimeSpan.FromMinutes(5);

        Some.Directory(First).Accept(Some.A.Sign(Next.Entry with { Issued = soon }), Now).Admitted();
        Assert.Equal(
            Refusal("directory.in-the-future"),
            Some.Directory(First).Accept(Some.A.Sign(Next.Entry with { Issued = soon + Second }), Now).Refused()
        );
    }

    [Fact]
    public void A_root_changes_by_being_announced_under_the_root_before_it()
    {
        using var second = Certificates.NewRoot("XA root 2", Some.Day(-30), 10);
        using var third = Certificates.NewRoot("XA root 3", Some.Day(-30), 10);
        var announcing = Some.A.Sign(Successor(First).Entry with { NextRoot = Digest.Of(second.RawData) });
        var announcingAgain = Some.A.Sign(
            Successor(announcing).Entry with
            {
                NextRoot = Digest.Of(third.RawData),
            },
            second
        );
        var last = Some.A.Sign(Successor(announcingAgain).Entry, third);

        var rotated = Some.Directory(First)
            .Accept(announcing, Now)
            .Then(d => d.Accept(announcingAgain, Now))
            .Then(d => d.Accept(last, Now))
            .Admitted();

        Assert.Same(last, rotated.Find(Some.XA));
        // Neither root before it speaks any longer, whatever version it claims.
        Assert.Equal(Refusal("directory.root-unknown"), rotated.Accept(Successor(last), Now).Refused());
        Assert.Equal(
            Refusal("directory.root-unknown"),
            rotated.Accept(Some.A.Sign(Successor(last).Entry, second), Now).Refused()
        );
        // And confirming the first one again does not bring it back.
        Assert.Equal(Refusal("directory.root-known"), rotated.Confirm(Some.XA, First.Root, TwoOfficers).Refused());
    }

    [Fact]
    public void A_root_that_was_not_announced_does_not_take_over()
    {
        using var second = Certificates.NewRoot("XA root 2", Some.Day(-30), 10);

        Assert.Equal(
            Refusal("directory.root-unknown"),
            Some.Directory(First).Accept(Some.A.Sign(Next.Entry, second), Now).Refused()
        );
    }

    [Fact]
    public void An_announced_root_follows_the_entry_that_announced_it_and_no_other()
    {
        using var second = Certificates.NewRoot("XA root 2", Some.Day(-30), 10);
        var announcing = Some.A.Sign(Successor(First).Entry with { NextRoot = Digest.Of(second.RawData) });
        var skipping = Some.A.Sign(Successor(Successor(announcing)).Entry, second);

        Assert.Equal(
            Refusal("directory.root-unknown"),
            Some.Directory(First).Accept(announcing, Now).Admitted().Accept(skipping, Now).Refused()
        );
    }

    [Fact]
    public void A_rotation_that_was_announced_can_be_taken_back_under_the_old_root()
    {
        var announcing = Some.A.Sign(Successor(First).Entry with { NextRoot = Some.Digest("lost root") });
        var back = Successor(announcing);

        Assert.Same(
            back,
            Some.Directory(First).Accept(announcing, Now).Then(d => d.Accept(back, Now)).Admitted().Find(Some.XA)
        );
    }

    private static SignedEntry Successor(SignedEntry entry) =>
        Some.A.Sign(entry.Entry with { Version = entry.Entry.Version + 1, Previous = entry.Id, NextRoot = null });

    private static Outcome<PartyDirectory> Confirm(IReadOnlyCollection<Digest> officers) =>
        PartyDirectory.Empty.Confirm(Some.XA, First.Root, officers);

    private static Refusal Refusal(string code) => new(code, new Citation("docs/spec/directory.md", "4"));
}
