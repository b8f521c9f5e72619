// SPDX-License-Identifier: EUPL-1.2
using System.Security.Cryptography;
using Comity.Node.Keys;

namespace Comity.Node.Tests.Storage;

/// <summary>What is encrypted in the database is read again as it was, and by nobody who changed it or lacks the key.</summary>
public sealed class AtRestTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(AtRest.KeyBytes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(1_000_000)]
    public void It_is_read_as_it_was_written_and_written_otherwise_each_time(int size)
    {
        using var cipher = new AtRest(Key);
        var plain = RandomNumberGenerator.GetBytes(size);

        var first = cipher.Encrypt(plain, "act/1");
        var second = cipher.Encrypt(plain, "act/1");

        Assert.Equal(size + 28, first.Length);
        Assert.NotEqual(first, second);
        Assert.Equal(plain, cipher.Decrypt(first, "act/1"));
        Assert.Equal(plain, cipher.Decrypt(second, "act/1"));
    }

    [Fact]
    public void Changed_anywhere_cut_short_in_another_row_or_under_another_key_it_is_not_read()
    {
        using var cipher = new AtRest(Key);
        using var other = new AtRest(RandomNumberGenerator.GetBytes(AtRest.KeyBytes));
        var value = cipher.Encrypt([1, 2, 3], "act/1");

        for (var i = 0; i < value.Length; i++)
        {
            var changed = value.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(changed, "act/1"));
            Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(value.AsSpan(0, i), "act/1"));
        }

        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(value, "act/2"));
        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(value, "act/1"));
    }

    [Fact]
    public async Task Pages_acts_and_alarms_use_the_nodes_key_at_the_same_time_and_nothing_is_garbled()
    {
        using var cipher = new AtRest(Key);
        using var together = new Barrier(8);

        var garbled = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Factory.StartNew(
                        () => Work(worker),
                        Stop,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );

        Assert.Equal(new (int, int)[8], garbled);

        (int Written, int Read) Work(int worker)
        {
            using var own = new AtRest(Key);
            var (plain, row) = (RandomNumberGenerator.GetBytes(32), $"dossier/{worker}");
            var good = own.Encrypt(plain, row);
            var (written, read) = (0, 0);
            together.SignalAndWait(Stop);
            for (var i = 0; i < 5_000; i++)
            {
                written += Reads(own, cipher.Encrypt(plain, row), row, plain) ? 0 : 1;
                read += Reads(cipher, good, row, plain) ? 0 : 1;
            }

            return (written, read);
        }

        static bool Reads(AtRest reader, byte[] value, string row, byte[] plain)
        {
            try
            {
                return reader.Decrypt(value, row).AsSpan().SequenceEqual(plain);
            }
            catch (CryptographicException)
            {
                return false;
            }
        }
    }
}
