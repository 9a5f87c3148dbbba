using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>One instrument: its properties, its book, its pace and its value.</summary>
internal sealed class InstrumentMarket
{
    /// <summary>Distance of the value from the mid, in ticks, at which all takers are on one side.</summary>
    private const double PressureTicks = 1.5;

    public required int Index { get; init; }
    public required int Channel { get; init; }
    public required long TickNanos { get; init; }
    public required long MultiplierNanos { get; init; }
    public required int StartTick { get; init; }
    public required double EventsPerSecond { get; init; }
    public required BookProfile Profile { get; init; }
    public required SizeMix OrderSizes { get; init; }
    public required SizeMix TakerSizes { get; init; }
    public required LadderSide Bids { get; init; }
    public required LadderSide Asks { get; init; }

    public ArrivalClock Arrivals;
    public FairValue Value;
    public long LastTime;

    public LadderSide Ladder(Side side) => side == Side.Buy ? Bids : Asks;

    public int BestBid => Bids.BestKey;

    public int BestAsk => -Asks.BestKey;

    /// <summary>In ticks; below one only before the opening.</summary>
    public int Spread => BestAsk - BestBid;

    public double Mid => (BestAsk + BestBid) * 0.5;

    public int LiveOrders => Bids.OrderCount + Asks.OrderCount;

    /// <summary>−1 … 1: how strongly the value draws the price down or up.</summary>
    public double Pressure => Math.Max(-1, Math.Min(1, (Value.Ticks - Mid) * (1 / PressureTicks)));
}
