#!/usr/bin/env bash
# eng/fuzz.sh: changes good bytes at random and hands them to every reader of bytes from outside; COMITY_FUZZ changes each.
set -euo pipefail
source "$(dirname "$0")/env.sh"
dotnet build tests/Comity.Tests -v quiet -clp:ErrorsOnly
COMITY_FUZZ=${COMITY_FUZZ:-1000000} dotnet test --project tests/Comity.Tests --no-build --filter-class "*.Hostile*"
