using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>Buys a quantity of every instrument at the market, as soon as its book is sound, and holds it to the end: what a strategy has to beat.</summary>
public sealed class BuyAndHold : Strategy
{
    [Parameter("quantity of every instrument", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    private static readonly Duration s_pause = Duration.FromMilliseconds(1_000);
    private Timestamp[] _next = [];      // by instrument: not before this time again, should an order come to nothing

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        Quantity missing = Size - context.Position(prices.Instrument);
        if (!missing.IsPositive || context.IsWarmingUp || context.TryWorking(prices.Instrument, Side.Buy, out _)) return;
        if (prices.Instrument.Index >= _next.Length) Array.Resize(ref _next, prices.Instrument.Index + 1);
        if (context.Clock < _next[prices.Instrument.Index] || !context.TradingState(prices.Instrument).Matches()) return;
        _next[prices.Instrument.Index] = context.Clock + s_pause;
        context.Submit(new OrderIntent(prices.Instrument, Side.Buy, missing, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }
}
