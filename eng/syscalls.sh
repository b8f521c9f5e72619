#!/usr/bin/env bash
# Makes every file call of an append and a publication fail in turn, and checks the register after each. Minutes, not hours.
set -euo pipefail
source "$(dirname "$0")/env.sh"
dotnet build tests/Comity.Node.Tests -v quiet -clp:ErrorsOnly
COMITY_SYSCALLS=all dotnet test --project tests/Comity.Node.Tests --no-build --filter-class "*.SyscallTests"
