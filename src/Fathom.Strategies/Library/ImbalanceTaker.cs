using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;

namespace Fathom.Strategies.Library;

/// <summary>
/// Takes when both the quantity at the best prices and the recent trades lean to one side: buys at the ask when buyers press, sells at the bid when sellers do, and leaves
/// after a holding time. Immediate-or-cancel at the price it saw, so that a market that moved away is not chased; the way out is a market order.
/// </summary>
public sealed class ImbalanceTaker(StrategyParameters parameters) : Strategy
{
    private readonly double _imbalanceMin = parameters.Number("imbalance", byDefault: 0.6m, min: 0, max: 1);
    private readonly double _tradeImbalanceMin = parameters.Number("trade_imbalance", byDefault: 0.5m, min: 0, max: 1);
    private readonly Quantity _size = parameters.Quantity("size", byDefault: 1, min: 0.000000001m, max: 1_000_000_000);
    private readonly Duration _hold = Duration.FromMilliseconds(parameters.Whole("hold_ms", byDefault: 5_000, min: 1, max: 86_400_000));
    private readonly Duration _pause = Duration.FromMilliseconds(parameters.Whole("pause_ms", byDefault: 1_000, min: 0, max: 86_400_000));
    private Timestamp[] _next = [];      // by instrument: not before this time again

    public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
    {
        double imbalance = features.Imbalance;
        if (!(Math.Abs(imbalance) >= _imbalanceMin)) return;      // NaN is no signal
        Side side = imbalance > 0 ? Side.Buy : Side.Sell;
        if (!(features.TradeImbalance * side.Sign() >= _tradeImbalanceMin) || !IsFree(context, features.Instrument)) return;

        Price price = side == Side.Buy ? features.Ask : features.Bid;
        context.Submit(new OrderIntent(features.Instrument, side, _size, price) { TimeInForce = TimeInForce.ImmediateOrCancel });
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
        if (position.IsZero || HasOrder(context, instrument)) return;
        Side side = position.IsPositive ? Side.Sell : Side.Buy;
        context.Submit(new OrderIntent(instrument, side, position.IsPositive ? position : -position, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        context.SetTimer(context.Clock + _hold, timer.Tag);      // once more, should a part be left
    }

    private bool IsFree(StrategyContext context, InstrumentId instrument)
    {
        if (instrument.Index >= _next.Length) Array.Resize(ref _next, instrument.Index + 1);
        return context.Clock >= _next[instrument.Index] && context.Position(instrument).IsZero && !HasOrder(context, instrument);
    }

    private static bool HasOrder(StrategyContext context, InstrumentId instrument) =>
        context.TryWorking(instrument, Side.Buy, out _) || context.TryWorking(instrument, Side.Sell, out _);
}
