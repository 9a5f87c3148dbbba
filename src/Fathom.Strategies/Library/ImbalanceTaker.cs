using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;

namespace Fathom.Strategies.Library;

/// <summary>
/// Takes when both the quantity at the best prices and the recent trades lean to one side: buys at the ask when buyers press, sells at the bid when sellers do, and leaves
/// after a holding time. Immediate-or-cancel at the price it saw, so that a market that moved away is not chased; the way out is a market order.
/// </summary>
public sealed class ImbalanceTaker : Strategy
{
    [Parameter("smallest imbalance of the quantities at the best prices", Min = 0, Max = 1)]
    public double Imbalance { get; set; } = 0.6;

    [Parameter("smallest imbalance of the recent trades, in the same direction", Min = 0, Max = 1)]
    public double TradeImbalance { get; set; } = 0.5;

    [Parameter("quantity of an entry", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("how long a position is held, from its last fill, in milliseconds", Min = 1, Max = 86_400_000)]
    public long HoldMs { get; set; } = 5_000;

    [Parameter("between two entries in an instrument, in milliseconds", Min = 0, Max = 86_400_000)]
    public long PauseMs { get; set; } = 1_000;

    private Duration _hold, _pause;
    private Timestamp[] _next = [];      // by instrument: not before this time again

    public override void OnStart(StrategyContext context)
    {
        _hold = Duration.FromMilliseconds(HoldMs);
        _pause = Duration.FromMilliseconds(PauseMs);
    }

    public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
    {
        double imbalance = features.Imbalance;
        if (!(Math.Abs(imbalance) >= Imbalance)) return;      // NaN is no signal
        Side side = imbalance > 0 ? Side.Buy : Side.Sell;
        if (!(features.TradeImbalance * side.Sign() >= TradeImbalance) || !IsFree(context, features.Instrument)) return;

        Price price = side == Side.Buy ? features.Ask : features.Bid;
        context.Submit(new OrderIntent(features.Instrument, side, Size, price) { TimeInForce = TimeInForce.ImmediateOrCancel });
        _next[features.Instrument.Index] = context.Clock + _pause;
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        ulong tag = (ulong)fill.Header.Instrument.Index;
        context.ClearTimers(tag);      // one way out per position: what an earlier fill set would end the next position too soon
        if (!fill.Position.IsZero) context.SetTimer(context.Clock + _hold, tag);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        InstrumentId instrument = new((int)timer.Tag);
        Quantity position = context.Position(instrument);
        if (position.IsZero) return;
        context.SetTimer(context.Clock + _hold, timer.Tag);      // once more, should a part be left, or an order that is still on its way come to nothing
        if (HasOrder(context, instrument)) return;
        Side side = position.IsPositive ? Side.Sell : Side.Buy;
        context.Submit(new OrderIntent(instrument, side, position.IsPositive ? position : -position, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }

    private bool IsFree(StrategyContext context, InstrumentId instrument)
    {
        if (instrument.Index >= _next.Length) Array.Resize(ref _next, instrument.Index + 1);
        return !context.IsWarmingUp && context.Clock >= _next[instrument.Index] && context.Position(instrument).IsZero && !HasOrder(context, instrument);
    }

    private static bool HasOrder(StrategyContext context, InstrumentId instrument) =>
        context.TryWorking(instrument, Side.Buy, out _) || context.TryWorking(instrument, Side.Sell, out _);
}
