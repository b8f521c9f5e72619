// SPDX-License-Identifier: EUPL-1.2
using System.CommandLine;
using Comity.Cli;

// One static class per command; Output holds what they share: --json, error lines, exit codes.
Command comity = new("comity", "Seals and opens evidence, and checks what another Party sent. Opens no socket.")
{
    SealCommand.Create(),
    OpenCommand.Create(),
    ResealCommand.Create(),
    KeygenCommand.Create(),
    DraftCommand.Create(),
    AssessCommand.Create(),
    VerifyCommand.Create(),
    InspectCommand.Create(),
    RegisterCommand.Create(),
};
return await Output.RunAsync(comity, args).ConfigureAwait(false);
