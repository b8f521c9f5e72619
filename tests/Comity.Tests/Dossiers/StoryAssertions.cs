// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Dossiers;
using Comity.Instruments;

namespace Comity.Tests.Dossiers;

/// <summary>Tells one act more on day 9 and compares the whole request before and after.</summary>
internal static class StoryAssertions
{
    public static void Leads(
        Story story,
        Side by,
        ActBody body,
        Func<RequestState, ActId, RequestState> to,
        Refusal? remark = null
    )
    {
        var before = story.State;
        story.Says(by, body, Some.Day(9));
        var took = Assert.IsType<Effect.Took>(story.Effect);
        Assert.Equal(remark is null ? [] : [remark], took.Remarks);
        Same(to(before, story.Last.Id), story.State);
    }

    public static void Closed(Story story, Side by, ActBody body, Refusal why)
    {
        var before = story.State;
        story.Says(by, body, Some.Day(9));
        Assert.Equal(new Effect.None(why), story.Effect);
        Same(before, story.State);
    }

    public static void Took(Story story, string provision) =>
        Assert.Equal(Convention.Article(provision), Assert.IsType<Effect.Took>(story.Effect).Source);

    public static void Same(RequestState expected, RequestState actual) =>
        Assert.Equal(Print.Of(expected), Print.Of(actual));
}
