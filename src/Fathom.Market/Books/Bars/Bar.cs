using Fathom.Domain.Values;

namespace Fathom.Market.Books.Bars;

/// <summary>One complete bar: what was traded, or where the mid was, from its open to its close. It holds at least one trade or update.</summary>
public readonly record struct Bar
{
    /// <summary>Whose bar it is.</summary>
    public InstrumentId Instrument { get; init; }

    /// <summary>Which bars it is one of.</summary>
    public BarSpec Spec { get; init; }

    /// <summary>Where its interval begins; of bars that are not of time: its first trade or update. Times are the engine's (receive time).</summary>
    public Timestamp OpenTime { get; init; }

    /// <summary>When it was complete: the end of its interval, which does not belong to it; of bars that are not of time: the trade or update that completed it.</summary>
    public Timestamp CloseTime { get; init; }

    /// <summary>Its first trade or update.</summary>
    public Timestamp FirstTime { get; init; }

    /// <summary>Its last trade or update.</summary>
    public Timestamp LastTime { get; init; }

    /// <summary>The first price.</summary>
    public Price Open { get; init; }

    /// <summary>The highest price.</summary>
    public Price High { get; init; }

    /// <summary>The lowest price.</summary>
    public Price Low { get; init; }

    /// <summary>The last price.</summary>
    public Price Close { get; init; }

    /// <summary>Traded quantity; zero for bars of quotes.</summary>
    public Volume Volume { get; init; }

    /// <summary>Traded notional in the quote currency, units of 1e-18, what is below one cut off: the sum of |price| × quantity × multiplier, for an inverse instrument of
    /// quantity × multiplier. The multiplier is the one that the instrument had at the first trade.</summary>
    public Int128 Notional { get; init; }

    /// <summary>Sum of price × quantity, units of 1e-18, exact.</summary>
    public Int128 PriceVolume { get; init; }

    /// <summary>Trades, or updates of the quote.</summary>
    public long Count { get; init; }

    /// <summary>Volume-weighted average price, in price units; NaN without volume.</summary>
    public double Vwap => Volume.Nanos == 0 ? double.NaN : (double)PriceVolume / (double)Volume.Nanos / Price.Scale;
}
