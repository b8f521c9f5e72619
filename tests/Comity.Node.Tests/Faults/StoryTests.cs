// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Tests.Faults;

/// <summary>However databases and lines fail, both nodes come to the same dossier, complete, and nothing stands twice.</summary>
public sealed class StoryTests
{
    public static TheoryData<Engine, Form> EveryFault =>
        [.. from engine in Enum.GetValues<Engine>() from form in Enum.GetValues<Form>() select (engine, form)];

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public Task Without_a_fault(Engine engine) => TellAsync(engine, _ => { });

    // A round is two writes and two calls. With five to a turn each of them fails in one round and goes through in another.
    [Theory]
    [MemberData(nameof(EveryFault))]
    public Task When_two_writes_of_five_fail_in_both_databases(Engine engine, Form form) =>
        TellAsync(
            engine,
            node =>
                node.WrapDatabase = database => new FaultingDatabase(database)
                {
                    Plan = number => number % 5 is 1 or 4 ? form : null,
                }
        );

    [Theory]
    [InlineData(Form.Failed)]
    [InlineData(Form.Persisted)]
    public Task When_the_line_drops_at_two_calls_of_five(Form form) =>
        TellAsync(
            Engine.Sqlite,
            node =>
                node.WrapTransport = transport => new FaultyTransport(transport)
                {
                    Plan = number => number % 5 is 1 or 4 ? form : null,
                }
        );

    [Theory]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Postgres, 2)]
    public Task When_everything_fails_now_and_then(Engine engine, int seed)
    {
        var random = new Random(seed);
        Form? Sometimes(long number)
        {
            lock (random)
            {
                return random.Next(3) > 0 ? null
                    : random.Next(2) == 0 ? Form.Failed
                    : Form.Persisted;
            }
        }

        return TellAsync(
            engine,
            node =>
            {
                node.WrapDatabase = database => new FaultingDatabase(database) { Plan = Sometimes };
                node.WrapTransport = transport => new FaultyTransport(transport) { Plan = Sometimes };
            }
        );
    }

    private static async Task TellAsync(Engine engine, Action<TestNode> wrap)
    {
        await using var pair = await Pair.MakeAsync(Databases.On(engine));
        var time = new ManualTime();
        foreach (var node in new[] { pair.A, pair.B })
        {
            node.Time = time;
            wrap(node);
        }

        await pair.A.StartAsync();
        await pair.B.StartAsync();
        await Story.WasToldAsync(pair, await Story.TellAsync(pair, time));
    }
}
