using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Library;

/// <summary>A library strategy on bars of one trade each, whose orders are filled at once unless the test says otherwise.</summary>
internal sealed class TradeBars : IDisposable
{
    public TradeBars(Strategy strategy, Duration? warmup = null)
    {
        Rig = new EngineRig([new NamedStrategy("strategy", strategy) { Warmup = warmup ?? Duration.Zero }]);
        Rig.Define();
    }

    public EngineRig Rig { get; }

    public bool IsFilling { get; set; } = true;

    public StrategyFailure? Failure => Rig.Engine.Summarize().Strategies[0].Failure;

    public decimal Position => Rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude).ToDecimal();

    /// <summary>A bar for each price, in the middle of a market that has come to it.</summary>
    /// <returns>Signed quantities of the orders that came of them, all at the market and at once or not at all.</returns>
    public List<decimal> Close(params decimal[] prices)
    {
        List<decimal> orders = [];
        foreach (decimal price in prices)
        {
            Rig.Sent.Clear();
            Rig.Quote(price - 0.5m, price + 0.5m).Trade(Side.Buy, price, 1m);
            foreach (OrderCommand sent in Rig.Sent.ToArray())
            {
                Assert.Equal((OrderType.Market, TimeInForce.ImmediateOrCancel), (sent.Type, sent.TimeInForce));
                orders.Add(sent.Quantity.ToDecimal() * sent.Side.Sign());
                if (IsFilling) Rig.Fill(sent.ClientOrderId, sent.Side, price, sent.Quantity.ToDecimal());
            }
        }
        return orders;
    }

    public void Dispose() => Rig.Dispose();
}
