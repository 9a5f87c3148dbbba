namespace Fathom.Domain.Numerics;

/// <summary>A seeded source of random draws, the same on every machine. A mutable struct of eight bytes: keep it in a field that is not readonly and pass it by reference.</summary>
/// <remarks>Generator: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators". Not for secrets.</remarks>
public struct SplitMix64(ulong seed)
{
    private const double UnitStep = 1.1102230246251565e-16;         // 2^-53
    private const double OpenMax = 1 - UnitStep;
    private const double TwoPi = 6.283185307179586;

    private ulong _state = seed;

    public ulong NextUInt64()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextUnit() => (long)(NextUInt64() >> 11) * UnitStep;

    /// <summary>Uniform in (0, 1): midpoints of the multiples of 2^-53, safe for a logarithm.</summary>
    /// <remarks>The topmost midpoint is not a double and would round to 1; it is held at the largest double below.</remarks>
    public double NextOpen() => Math.Min(((long)(NextUInt64() >> 11) + 0.5) * UnitStep, OpenMax);

    /// <summary>Uniform in 0 … bound − 1, without bias.</summary>
    /// <param name="bound">Above zero.</param>
    /// <remarks>Lemire (2019), "Fast random integer generation in an interval": the high half of a product; the few low halves that would favour some
    /// results are drawn again.</remarks>
    public ulong NextBelow(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong result = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low >= bound) return result;

        ulong excess = (0 - bound) % bound;     // 2^64 mod bound
        while (low < excess) result = Math.BigMul(NextUInt64(), bound, out low);
        return result;
    }

    /// <inheritdoc cref="NextBelow(ulong)"/>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)NextBelow((ulong)bound);
    }

    /// <summary>Standard normal: two draws, the sine branch of Box and Muller is discarded.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Portable.Log(NextOpen()));
        return radius * Portable.Cos(TwoPi * NextOpen());
    }

    /// <summary>Exponential with mean 1, above zero.</summary>
    public double NextExponential() => -Portable.Log(NextOpen());

    /// <summary>Poisson with the given mean.</summary>
    /// <param name="mean">0 … 1e15.</param>
    public long NextPoisson(double mean)
    {
        if (!(mean >= 0 && mean <= PoissonSampler.MeanMax)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "expected 0 to 1e15");
        return PoissonSampler.Next(ref this, mean);
    }
}
