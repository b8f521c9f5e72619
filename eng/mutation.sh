#!/usr/bin/env bash
# Changes the rules one place at a time and runs the tests against each change: what survives is a rule nobody tests.
# Slow; run it after changing a safeguard. Texts are left alone, as they decide nothing. The report is under artifacts/mutation.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
dotnet tool restore
# What the tables of specimens let pass, a few drawn cases catch as well as many.
export CsCheck_Iter=10
# From the tests' folder, so that one project is mutated and not the solution.
cd tests/Comity.Tests
dotnet stryker --config-file ../../eng/stryker-config.json --output ../../artifacts/mutation "$@"
