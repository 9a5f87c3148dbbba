using Fathom.Domain.Values;

namespace Fathom.Analytics.Quotes;

/// <summary>The middle between two prices, exactly: kept as twice its value, because it may lie half a unit between two prices.</summary>
/// <param name="TwiceNanos">Units of 0.5e-9.</param>
public readonly record struct Mid(Int128 TwiceNanos)
{
    /// <summary>No mid is known.</summary>
    public static Mid None => new(Int128.MaxValue);

    public bool IsNone => TwiceNanos == Int128.MaxValue;

    public static Mid Between(Price bid, Price ask) => new((Int128)bid.Nanos + ask.Nanos);

    /// <summary>How far it lies above a price; negative below it. Units of 0.5e-9.</summary>
    internal Int128 TwiceAbove(Price price) => TwiceNanos - 2 * (Int128)price.Nanos;

    /// <summary>Half to even in units of 1e-9; <see cref="Price.None"/> when none is known.</summary>
    public Price ToPrice() => IsNone ? Price.None : ToPrice(TwiceNanos);

    /// <summary>Half of the number, half to even, held within what a price can say.</summary>
    internal static Price ToPrice(Int128 twiceNanos)
    {
        Int128 half = twiceNanos >> 1;      // rounded down
        if ((twiceNanos & 1) != 0 && (half & 1) != 0) half++;
        return new Price((long)Int128.Clamp(half, long.MinValue, long.MaxValue - 1));
    }
}
