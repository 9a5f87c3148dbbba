using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>How far prices can go before an order that waits has to be looked at.</summary>
internal struct TriggerBounds
{
    private long _sellsFallTo;      // the highest trigger
    private long _sellsRiseTo;      // the lowest extreme of those that trail
    private long _buysFallTo;
    private long _buysRiseTo;

    public static TriggerBounds None => new() { _sellsFallTo = long.MinValue, _sellsRiseTo = long.MaxValue, _buysFallTo = long.MinValue, _buysRiseTo = long.MaxValue };

    /// <summary>False: surely none of them is triggered or moved.</summary>
    public readonly bool AreReachedBy(in WatchedPrices prices) =>
        (prices.SellLow.Nanos <= _sellsFallTo) | (prices.SellHigh.Nanos >= _sellsRiseTo) | (prices.BuyLow.Nanos <= _buysFallTo) | (prices.BuyHigh.Nanos >= _buysRiseTo);

    public void Include(OwnOrder order)
    {
        bool isTrailing = !order.TrailOffset.IsNone, isKnown = !order.TriggerPrice.IsNone;
        if (order.Side == Side.Buy)
        {
            if (isKnown) _buysRiseTo = Math.Min(_buysRiseTo, order.TriggerPrice.Nanos);
            if (isTrailing) _buysFallTo = Math.Max(_buysFallTo, order.Extreme.Nanos);      // None is the largest of all: any price moves it
        }
        else
        {
            if (isKnown) _sellsFallTo = Math.Max(_sellsFallTo, order.TriggerPrice.Nanos);
            if (isTrailing) _sellsRiseTo = Math.Min(_sellsRiseTo, order.Extreme.IsNone ? long.MinValue : order.Extreme.Nanos);
        }
    }
}
