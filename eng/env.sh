# Sourced by ./demo, ./test, bench/run and .ci/run: the settings that every build of this repository shares.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The compiler server halves a build on two cores; some machines turn it off.
export UseSharedCompilation=true
