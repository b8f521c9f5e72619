// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Node.Commands;

var root = new RootCommand(
    "comity-node: one State's node. Storage, exchange with other States, desk for officers, public pages."
)
{
    InitCommand.Create(),
    TrustCommand.Create(),
    ServeCommand.Create(),
    SignInCommand.Create(),
    DemoCommand.Create(),
    CheckCommand.Create(),
    ExportCommand.Create(),
    PublishCommand.Create(),
    MirrorCommand.Create(),
    WitnessCommand.Create(),
    CarryCommand.Create(),
    ScrubCommand.Create(),
    CustodyCommand.Create(),
    DestroyCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    TimestampAuthorityCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
