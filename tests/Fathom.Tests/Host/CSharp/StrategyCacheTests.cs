using Fathom.Domain;
using Fathom.Host.CSharp;

namespace Fathom.Tests.Host.CSharp;

public sealed class StrategyCacheTests : IDisposable
{
    private readonly StrategyFolder _folder = new();
    private int _made;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_made_once_is_there_for_everybody()
    {
        CompiledStrategy first = _folder.Cache.Get("key", Make), second = _folder.Cache.Get("key", Make);
        Assert.Equal(1, _made);
        Assert.Equal((first.Code, first.Symbols, first.Warnings), (second.Code, second.Symbols, second.Warnings), Same);
        _folder.Cache.Get("other", Make);
        Assert.Equal(2, _made);
        Assert.Equal(2, _folder.CacheFiles.Length);
    }

    [Fact]
    public void Whatever_byte_is_damaged_or_missing_it_is_made_again()
    {
        _folder.Cache.Get("key", Make);
        string file = Assert.Single(_folder.CacheFiles);
        byte[] good = File.ReadAllBytes(file);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x40;
            Assert.True(CompiledStrategy.From(bad) is null, $"byte {i} changed");
            Assert.True(CompiledStrategy.From(good[..i]) is null, $"cut at {i}");
        }
        File.WriteAllBytes(file, good[..^1]);
        _folder.Cache.Get("key", Make);
        Assert.Equal(2, _made);
        Assert.Equal(good, File.ReadAllBytes(file));
    }

    [Fact]
    public void Many_at_once_all_get_it_and_leave_one_file()
    {
        Parallel.For(0, 64, _ => Assert.Equal(Make().Code, _folder.Cache.Get("key", Make).Code));
        Assert.Single(_folder.CacheFiles);
    }

    [Fact]
    public void The_longest_unused_go()
    {
        for (int i = 0; i < StrategyCache.EntriesMax; i++)
        {
            _folder.Cache.Get($"{i}", Make);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.CachePath, $"{i}.strategy"), new DateTime(2020, 1, 1).AddDays(i));
        }
        _folder.Cache.Get("0", Make);      // used again
        _folder.Cache.Get("new", Make);
        Assert.Equal(StrategyCache.EntriesMax, _folder.CacheFiles.Length);
        Assert.Equal(["0", "new"], new[] { "0", "1", "new" }.Where(key => File.Exists(Path.Combine(_folder.CachePath, key + ".strategy"))));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_the_users_to_change()
    {
        StrategyCache cache = new(Path.Combine(_folder.Write("file", ""), "below"));
        Assert.Contains("FATHOM_CACHE", Assert.Throws<InputException>(() => cache.Get("key", Make)).Fix, StringComparison.Ordinal);
    }

    private CompiledStrategy Make()
    {
        Interlocked.Increment(ref _made);
        return new CompiledStrategy([1, 2, 3], [4, 5], ["a warning", "another"]);
    }

    private static bool Same((byte[] Code, byte[] Symbols, IReadOnlyList<string> Warnings) one, (byte[] Code, byte[] Symbols, IReadOnlyList<string> Warnings) other) =>
        one.Code.SequenceEqual(other.Code) && one.Symbols.SequenceEqual(other.Symbols) && one.Warnings.SequenceEqual(other.Warnings);
}
