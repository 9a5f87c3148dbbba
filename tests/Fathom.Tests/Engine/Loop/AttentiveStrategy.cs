using Fathom.Domain.Messages;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Market.Books.Bars;

namespace Fathom.Tests.Engine.Loop;

/// <summary>A scripted strategy that listens to quotes, trades, bars and features too: whoever overrides a callback is called.</summary>
internal sealed class AttentiveStrategy : ScriptedStrategy
{
    public Action<StrategyContext, BestPrices>? Quote { get; set; }
    public Action<StrategyContext, MarketByOrder>? Trade { get; set; }
    public Action<StrategyContext, Bar>? Bar { get; set; }
    public Action<StrategyContext, InstrumentFeatures>? Features { get; set; }

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        Calls.Add(nameof(OnQuote));
        Quote?.Invoke(context, prices);
    }

    public override void OnTrade(StrategyContext context, in MarketByOrder trade)
    {
        Calls.Add(nameof(OnTrade));
        Trade?.Invoke(context, trade);
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        Calls.Add(nameof(OnBar));
        Bar?.Invoke(context, bar);
    }

    public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
    {
        Calls.Add(nameof(OnFeatures));
        Features?.Invoke(context, features);
    }
}
