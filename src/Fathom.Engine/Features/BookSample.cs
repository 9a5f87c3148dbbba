using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>The best levels of an order book as numbers, best first. One object is filled again for each event.</summary>
public sealed class BookSample
{
    /// <summary>Most levels of a side.</summary>
    public const int DepthMax = 50;

    private readonly double[] _bidPrices, _bidQuantities, _askPrices, _askQuantities;

    /// <param name="depth">Levels of each side that there is room for, 1 to <see cref="DepthMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth.</exception>
    public BookSample(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, DepthMax);
        Depth = depth;
        _bidPrices = new double[depth];
        _bidQuantities = new double[depth];
        _askPrices = new double[depth];
        _askQuantities = new double[depth];
    }

    /// <summary>Levels of each side that there is room for.</summary>
    public int Depth { get; }

    public Timestamp Time { get; set; }

    /// <summary>Levels that are there, at most <see cref="Depth"/>; 0 where the side is empty.</summary>
    public int BidCount { get; set; }

    /// <summary>Levels that are there, at most <see cref="Depth"/>; 0 where the side is empty.</summary>
    public int AskCount { get; set; }

    /// <summary>A gap of the feed lies behind: nothing here is to be trusted.</summary>
    public bool IsStale { get; set; }

    /// <summary>Two sides, the bid below the ask, not stale: what most features need.</summary>
    public bool IsSound => !IsStale && BidCount > 0 && AskCount > 0 && _bidPrices[0] < _askPrices[0];

    /// <summary>In price units, of <see cref="BidCount"/> levels, best first.</summary>
    public ReadOnlySpan<double> BidPrices => _bidPrices.AsSpan(0, BidCount);

    /// <summary>Of <see cref="BidCount"/> levels, each above zero.</summary>
    public ReadOnlySpan<double> BidQuantities => _bidQuantities.AsSpan(0, BidCount);

    /// <summary>In price units, of <see cref="AskCount"/> levels, best first.</summary>
    public ReadOnlySpan<double> AskPrices => _askPrices.AsSpan(0, AskCount);

    /// <summary>Of <see cref="AskCount"/> levels, each above zero.</summary>
    public ReadOnlySpan<double> AskQuantities => _askQuantities.AsSpan(0, AskCount);

    /// <summary>Best bid; only where there is one.</summary>
    public double Bid => _bidPrices[0];

    /// <summary>Best ask; only where there is one.</summary>
    public double Ask => _askPrices[0];

    /// <summary>Quantity at the best bid; only where there is one.</summary>
    public double BidQuantity => _bidQuantities[0];

    /// <summary>Quantity at the best ask; only where there is one.</summary>
    public double AskQuantity => _askQuantities[0];

    /// <summary>(bid + ask) / 2; only where both are there.</summary>
    public double Mid => (_bidPrices[0] + _askPrices[0]) / 2;

    /// <summary>Quantity ahead of our best buy order in its queue; NaN where we have none or its place is not known.</summary>
    public double BidAhead { get; set; } = double.NaN;

    /// <summary>Quantity ahead of our best sell order in its queue; NaN where we have none or its place is not known.</summary>
    public double AskAhead { get; set; } = double.NaN;

    /// <summary>States a level of the bids, 0 the best.</summary>
    public void SetBid(int level, double price, double quantity) => (_bidPrices[level], _bidQuantities[level]) = (price, quantity);

    /// <summary>States a level of the asks, 0 the best.</summary>
    public void SetAsk(int level, double price, double quantity) => (_askPrices[level], _askQuantities[level]) = (price, quantity);
}
