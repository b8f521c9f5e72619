// SPDX-License-Identifier: EUPL-1.2
using Comity.Bench;

// bench/run [NAME] [--quick]: one benchmark or all of them, each against its peer in the same run.
Dictionary<string, Func<Scale, Task>> benches = new()
{
    ["seal"] = SealBench.SealAsync,
    ["open"] = SealBench.OpenAsync,
    ["seal-memory"] = SealMemoryBench.RunAsync,
    ["admit"] = AdmitBench.RunAsync,
    ["register"] = RegisterBench.RunAsync,
    ["register-check"] = RegisterCheckBench.RunAsync,
    ["node"] = NodeBench.RunAsync,
    ["bundle"] = BundleBench.RunAsync,
};

var scale = args.Contains("--quick") ? Scale.Quick : Scale.Full;
var names = args.Where(a => !a.StartsWith('-')).ToList();
if (names.Find(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"bench: no benchmark called {unknown}; there are: {string.Join(", ", benches.Keys)}");
    return 2;
}

foreach (var name in names.Count > 0 ? names : [.. benches.Keys])
{
    await benches[name](scale);
}

return 0;
