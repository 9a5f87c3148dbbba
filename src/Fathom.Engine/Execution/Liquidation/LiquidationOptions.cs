using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>How a position is closed in an emergency: in parts, not all at once, and not at any price.</summary>
public sealed record LiquidationOptions
{
    /// <summary>Widest floor.</summary>
    public const int FloorBpsLimit = 9_999;

    /// <summary>Most of the position, as it was at the beginning, that one order closes: above 0, at most 1. At least one lot in any case.</summary>
    public double Slice { get; init; } = 0.25;

    /// <summary>Most of the quantity at the best price of the other side that one order takes: above 0, at most 1. At least one lot in any case.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Least time between two orders.</summary>
    public Duration Interval { get; init; } = Duration.FromMilliseconds(1_000);

    /// <summary>How much worse than the mid a price may be, that of the beginning and that of the moment alike, in 1/10,000 of it.</summary>
    public int FloorBps { get; init; } = 50;

    /// <summary>The same, after it was widened as often as that happens; not below <see cref="FloorBps"/>.</summary>
    public int FloorMaxBps { get; init; } = 500;

    /// <summary>By how much it is widened at a time.</summary>
    public int WidenBps { get; init; } = 50;

    /// <summary>How long nothing may be filled while the market trades before the floor is widened; at the widest, before it is given up.</summary>
    public Duration Patience { get; init; } = Duration.FromMilliseconds(10_000);

    /// <summary>So many refusals and rejections in a row end it.</summary>
    public int RejectsMax { get; init; } = 5;

    /// <exception cref="ArgumentException">A number makes no sense.</exception>
    internal void Require()
    {
        bool isSound = Slice is > 0 and <= 1 && Share is > 0 and <= 1 && Interval > Duration.Zero && Patience >= Interval && RejectsMax > 0 &&
            FloorBps is >= 0 and <= FloorBpsLimit && FloorMaxBps >= FloorBps && FloorMaxBps <= FloorBpsLimit && (WidenBps > 0 || FloorMaxBps == FloorBps);
        if (!isSound) throw new ArgumentException($"A liquidation has shares above 0 and at most 1, an interval above 0, a patience not below it, and floors from 0 to {FloorBpsLimit} bps; found {this}.");
    }
}
