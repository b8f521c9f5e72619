// SPDX-License-Identifier: EUPL-1.2
using System.Globalization;
using Comity.Files.CaseUco;
using Comity.Files.Dossiers;

namespace Comity.Tests.CaseUco;

/// <summary>What a dossier's acts and receipts say of files and custody, in the words of CASE.</summary>
public sealed class CaseOfDossierTests
{
    private static readonly CaseDescription About = CaseOfDossier.Describe(DescribedCase.Acts)!;

    [Fact]
    public void The_investigation_is_called_what_the_request_calls_it_and_rests_on_request_and_grant() =>
        Assert.Equal(
            """
            010203
            XA-2026-0001: Ransomware at a hospital
            request for cooperation | XA-2026-0001 (act XA1) | 2026-11-02T09:00:00Z
            grant | act XB1 | 2026-11-02T09:00:00Z
            office XA/central | XA/central
            office XB/central | XB/central
            role records officer | records officer
            tool export tool 3.1 | export tool 3.1
            """,
            DescribedCase.Stable(
                string.Join(
                    '\n',
                    [
                        About.Dossier[..6],
                        $"{About.Title}: {About.Focus}",
                        .. About.Authorizations.Select(a =>
                            $"{a.Type} | {a.Identifier} | {Instants.Format(a.From!.Value)}"
                        ),
                        .. About
                            .Organizations.Concat(About.Roles)
                            .Concat(About.Tools)
                            .Select(n => $"{n.Key} | {n.Name}"),
                    ]
                )
            )
        );

    [Fact]
    public void Every_exhibit_is_a_plain_file_and_a_sealed_one() =>
        Assert.Equal(
            [
                new CaseFile("plain XB-2-1", "log.csv", "text/csv", 1000, Some.Digest("plain log"), false),
                Sealed("XB-2-1", "log"),
                new CaseFile("plain XB-2-2", "mail.csv", null, 1000, Some.Digest("plain mail"), false),
                Sealed("XB-2-2", "mail"),
            ],
            About.Files
        );

    [Fact]
    public void Custody_goes_from_the_acquisition_over_the_supply_to_each_confirmation()
    {
        string[] expected =
        [
            "request by XA/central from 11-02 to 11-02 of  into  after ",
            "grant by XB/central from 11-02 to 11-03 of  into  after act XA1",
            "acquire by records officer with export tool 3.1 from 11-05 to 11-05 of  into plain XB-2-1, record XB-2-1 after ",
            "acquire by  from  to  of  into plain XB-2-2, record XB-2-2 after ",
            "supply by XB/central from 11-02 to 11-04 of plain XB-2-1, record XB-2-1, plain XB-2-2, record XB-2-2"
                + " into sealed XB-2-1, record XB-2-1.1, sealed XB-2-2, record XB-2-2.1"
                + " after act XB1, acquisition XB-2-1, acquisition XB-2-2",
            "confirm by XA/central from 11-02 to 11-05 of sealed XB-2-1, record XB-2-1.1, sealed XB-2-2, record XB-2-2.1"
                + " into record XB-2-1.2, record XB-2-2.2 after act XB2, act XB2, act XB2",
            "confirm by XA/central from 11-02 to 11-06 of sealed XB-2-1, record XB-2-1.2"
                + " into record XB-2-1.3 after act XA2, act XA2",
            // The same exhibit again stands where it was first supplied; nothing has entered this act yet.
            "supply by XB/central from 11-02 to  of  into  after act XA3",
        ];

        Assert.Equal(expected, About.Actions.Select(a => DescribedCase.Stable(Line(a))));
        Assert.Equal(
            [
                "XB-2-1 of XB-2-1: acquired (plain XB-2-1)",
                "XB-2-1.1 of XB-2-1: sealed and supplied (sealed XB-2-1)",
                "XB-2-2 of XB-2-2: acquired (plain XB-2-2)",
                "XB-2-2.1 of XB-2-2: sealed and supplied (sealed XB-2-2)",
                "XB-2-1.2 of XB-2-1: received: whole (sealed XB-2-1)",
                "XB-2-2.2 of XB-2-2: received: whole (sealed XB-2-2)",
                "XB-2-1.3 of XB-2-1: received: opened (sealed XB-2-1)",
            ],
            About.Records.Select(r =>
                $"{r.ExhibitNumber} of {r.RootExhibitNumber}: {r.Description} ({string.Join(", ", r.Objects)})"
            )
        );
    }

    [Fact]
    public void Two_acts_under_one_number_give_their_exhibits_two_numbers()
    {
        var supply = DescribedCase.Acts[2].Signed.Act;
        var other = Some.B.Signed(
            supply with
            {
                Body = new Comity.Evidence.Supply([Some.Exhibit("other")], true, null),
            }
        );

        var about = CaseOfDossier.Describe([.. DescribedCase.Acts, new ExportedAct(other, [])])!;

        Assert.NotEmpty(CaseWriter.Write(about));
        Assert.Contains(
            $"XB-2-1/{Some.Digest("sealed other").ToHex()[..8]}",
            about.Records.Select(r => r.ExhibitNumber)
        );
    }

    [Fact]
    public void An_act_that_is_there_twice_is_described_once_and_no_act_gives_no_description()
    {
        Assert.Equal(
            CaseWriter.Write(About),
            CaseWriter.Write(CaseOfDossier.Describe([.. DescribedCase.Acts, DescribedCase.Acts[0]])!)
        );
        Assert.Null(CaseOfDossier.Describe([]));
    }

    private static CaseFile Sealed(string number, string seed) =>
        new(
            $"sealed {number}",
            $"{Some.Digest($"sealed {seed}")}.age",
            null,
            1216,
            Some.Digest($"sealed {seed}"),
            true
        );

    private static string Line(CaseAction action)
    {
        var performer = About.Organizations.Concat(About.Roles).FirstOrDefault(n => n.Key == action.Performer)?.Name;
        var tool = About.Tools.FirstOrDefault(n => n.Key == action.Instrument)?.Name;
        return $"{action.Name} by {performer}{(tool is null ? "" : $" with {tool}")} from {Day(action.Start)} to "
            + $"{Day(action.End)} of {string.Join(", ", action.Objects)} into {string.Join(", ", action.Results)} after "
            + string.Join(", ", action.InformedBy);
    }

    private static string Day(DateTimeOffset? at) => at?.ToString("MM-dd", CultureInfo.InvariantCulture) ?? "";
}
