// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Register;

/// <summary>What is wrong with a published log as a whole, for whoever reads its files.</summary>
public static class LogFaults
{
    /// <summary>A file is not there: <c>register.tile-missing</c>, placed at its path.</summary>
    public static Refusal Missing(string path) => RegisterRefusals.TileMissing with { Where = path };

    /// <summary>A tile's hashes are not those of what lies below it: <c>register.tile-wrong</c>, placed at its path.</summary>
    public static Refusal Wrong(Tile tile) => RegisterRefusals.TileWrong with { Where = tile.Path };

    /// <summary>The files are one tree and the checkpoint states another root: <c>register.root-wrong</c>.</summary>
    public static Refusal RootWrong => RegisterRefusals.RootWrong;
}
