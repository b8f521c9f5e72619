// SPDX-License-Identifier: EUPL-1.2
using System.Text;
using System.Text.Json.Nodes;

namespace Comity.Tests.Vectors;

/// <summary>Does to bytes what a vector's edit says; the edits are described in <c>vectors/README.md</c>.</summary>
internal static class VectorEdit
{
    public static byte[] Apply(byte[] bytes, JsonNode edit)
    {
        if (edit["find"] is { } find)
        {
            return Replace(bytes, Encoding.UTF8.GetBytes(find.GetValue<string>()), edit);
        }

        if (edit["append"] is { } tail)
        {
            return [.. bytes, .. Convert.FromHexString(tail.GetValue<string>())];
        }

        if (edit["cut"] is { } cut)
        {
            return bytes[..^cut.GetValue<int>()];
        }

        var at = edit["at"]!.GetValue<int>();
        bytes[at < 0 ? bytes.Length + at : at] ^= edit["xor"]!.GetValue<byte>();
        return bytes;
    }

    private static byte[] Replace(byte[] bytes, byte[] find, JsonNode edit)
    {
        var at = bytes.AsSpan().IndexOf(find);
        Assert.True(at >= 0, $"nothing to replace: {edit["find"]}");
        var put = edit["putHex"] is { } hex
            ? Convert.FromHexString(hex.GetValue<string>())
            : Encoding.UTF8.GetBytes(edit["put"]!.GetValue<string>());
        var spaces = Enumerable.Repeat((byte)' ', edit["pad"]?.GetValue<int>() ?? 0);
        return [.. bytes[..at], .. put, .. spaces, .. bytes[(at + find.Length)..]];
    }
}
