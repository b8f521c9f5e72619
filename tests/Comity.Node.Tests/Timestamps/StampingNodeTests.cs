// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Checking;
using Comity.Node.Register;
using Comity.Node.Settings;
using Comity.Node.Timestamps;
using Comity.Parties;
using Dapper;

namespace Comity.Node.Tests.Timestamps;

/// <summary>A whole node that has a timestamp authority.</summary>
public sealed class StampingNodeTests
{
    [Fact]
    public async Task A_node_that_runs_gets_its_checkpoint_stamped_and_goes_on_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("comity-stamping").FullName;
        await using var authority = new TestAuthorityHost();
        await using (var node = await TestNode.MakeAsync(folder, PartyId.Of("XA"), Databases.New(Databases.Usual)))
        {
            node.Adjust = s => s with { Timestamps = new TimestampSettings([authority.Setting], 24) };
            await node.StartAsync();
            var head = (await node.Parts.Database.ReadAsync(RegisterTables.HeadAsync, Stop))!;
            await node.Parts.Database.WriteAsync(
                async session =>
                {
                    await node.Parts.Stamper.EnqueueAsync(session, head.Checkpoint, node.Parts.Now);
                    return 0;
                },
                Stop
            );
            await node.StopAsync();
            await authority.StartAsync();
            await node.StartAsync();

            IReadOnlyList<AuthoritysToken> stamped = [];
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (stamped.Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
                stamped = await node.Parts.Database.ReadAsync(s => TimestampTables.OfAsync(s, head.Checkpoint), Stop);
            }

            Assert.Equal([authority.Url.AbsoluteUri], stamped.Select(s => s.Authority));
            var report = await NodeCheck.RunAsync(node.Parts, Stop);
            Assert.Empty(report.Faults);
            Assert.Contains("timestamps: 1", report.Lines);

            // Whoever writes to the database can put another text under a token, and is seen.
            await node.Parts.Database.WriteAsync(
                s =>
                    s.Connection.ExecuteAsync("update timestamp set note_text = note_text || 'x'", null, s.Transaction),
                Stop
            );
            Assert.Equal(
                [
                    $"the timestamp of {authority.Url} over the checkpoint of {head.Size} entries: timestamp.other-content",
                ],
                (await NodeCheck.RunAsync(node.Parts, Stop)).Faults
            );
        }

        Directory.Delete(folder, recursive: true);
    }
}
