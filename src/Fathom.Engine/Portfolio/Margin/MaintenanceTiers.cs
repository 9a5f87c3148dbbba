using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Margin;

/// <summary>Maintenance margin as a function of a position's notional: in each tier rate × notional − deduction, where the deductions are such that nothing jumps from tier to tier.</summary>
/// <remarks>The deduction of a tier is that of the one before it plus floor × (rate − rate before). Rates are in 1e-9 and deductions in 1e-18 of money, so that this is exact:
/// a floor is at most 10^24 units of 1e-9 and a rate at most 10^9.</remarks>
internal sealed class MaintenanceTiers
{
    private const int NanosPerBps = 100_000;

    private readonly Int128[] _floors, _deductions;
    private readonly long[] _rates;

    /// <param name="tiers">As <see cref="MarginTerms.Tiers"/>; none: no maintenance margin.</param>
    public MaintenanceTiers(IReadOnlyList<MarginTier> tiers)
    {
        int count = Math.Max(tiers.Count, 1);
        (_floors, _deductions, _rates) = (new Int128[count], new Int128[count], new long[count]);
        for (int i = 0; i < tiers.Count; i++)
        {
            _floors[i] = (Int128)(tiers[i].NotionalFrom * Price.Scale);
            _rates[i] = (long)(tiers[i].MaintenanceBps * NanosPerBps);
            if (i > 0) _deductions[i] = _deductions[i - 1] + _floors[i] * (_rates[i] - _rates[i - 1]);
        }
    }

    public int Count => _rates.Length;

    /// <summary>In 1e-9.</summary>
    public long HighestRateNanos => _rates[^1];

    /// <summary>Units of 1e-9, half to even.</summary>
    /// <param name="notional">Units of 1e-9, at most 2^90.</param>
    public Int128 Of(Int128 notional)
    {
        int tier = Count - 1;
        while (tier > 0 && notional < _floors[tier]) tier--;
        return _rates[tier] == 0 ? 0 : Proportion.QuotientHalfEven(notional * _rates[tier] - _deductions[tier], Price.Scale);
    }

    // ---- the same in floating point, money in whole units, for what is solved for a price

    /// <summary>0 below zero, the last tier for infinity.</summary>
    public int At(double notional)
    {
        int tier = Count - 1;
        while (tier > 0 && notional < (double)_floors[tier] / Price.Scale) tier--;
        return tier;
    }

    public double Rate(int tier) => _rates[tier] / (double)Price.Scale;

    public double Deduction(int tier) => (double)_deductions[tier] / ((double)Price.Scale * Price.Scale);
}
