using Fathom.Domain.Hashing;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

/// <summary>The generator's bytes are part of what the project promises: a change here is a change of every generated file, and is named in the changelog.</summary>
public class MarketGeneratorGoldenTests
{
    [Theory]
    [InlineData("demo", 1, 1ul, "9293a56210c224aa3453cc412ee1bee6")]
    [InlineData("bench-1", 1, 1ul, "327af0356df6073099e1160a3cd2a54d")]
    [InlineData("bench-100", 10, 1ul, "d83c8184942871bd64a01015448548b2")]
    [InlineData("wide", 100, 1ul, "3e8d01082a0fae30d46c4961a1c47d0a")]
    [InlineData("demo", 1, 2ul, "5165afb04955fe2adcf9017a50bce735")]
    public void A_preset_and_a_seed_always_give_these_bytes(string preset, int instruments, ulong seed, string hash)
    {
        using MarketGenerator generator = new(new GeneratorOptions { Preset = preset, Instruments = instruments, Seed = seed, Events = 50_000 });
        Xxh3 bytes = new();
        byte[] buffer = GC.AllocateArray<byte>(1 << 15, pinned: true);
        for (int length = generator.Read(buffer); length > 0; length = generator.Read(buffer)) bytes.Append(buffer.AsSpan(0, length));
        Assert.Equal(hash, bytes.Finish().ToString());
    }
}
