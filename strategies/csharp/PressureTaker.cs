/// <summary>A taker: when the quantities at the best prices and the recent trades lean to one side, it takes with them, immediate-or-cancel at the price it saw, and gets out at the
/// market after a while.</summary>
public sealed class PressureTaker : Strategy
{
    [Parameter("lean of the best quantities from which it acts", Min = 0, Max = 1)]
    public double Imbalance { get; set; } = 0.7;

    [Parameter("lean of the recent trades from which it acts", Min = 0, Max = 1)]
    public double TradeImbalance { get; set; } = 0.6;

    [Parameter("how long a position is held", Min = "1ms", Max = "1d")]
    public Duration Hold { get; set; } = Duration.FromMilliseconds(20_000);

    [Parameter("quantity of an order")]
    public Quantity Size { get; set; } = Quantity.Units(1);

    public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
    {
        InstrumentId instrument = features.Instrument;
        if (!(Math.Abs(features.Imbalance) >= Imbalance)) return;      // NaN is no signal
        Side side = features.Imbalance > 0 ? Side.Buy : Side.Sell;
        bool isConfirmed = features.TradeImbalance * side.Sign() >= TradeImbalance;
        if (!isConfirmed || !context.Position(instrument).IsZero || context.TryWorking(instrument, side, out _)) return;
        Price price = side == Side.Buy ? features.Ask : features.Bid;
        context.Submit(new OrderIntent(instrument, side, Size, price) { TimeInForce = TimeInForce.ImmediateOrCancel });
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        ulong tag = (ulong)fill.Header.Instrument.Index;
        context.ClearTimers(tag);
        if (!fill.Position.IsZero) context.SetTimer(context.Clock + Hold, tag);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        InstrumentId instrument = new((int)timer.Tag);
        Quantity held = context.Position(instrument);
        if (held.IsZero) return;
        Side side = held.IsPositive ? Side.Sell : Side.Buy;
        context.Submit(new OrderIntent(instrument, side, held.IsPositive ? held : -held, Price.None)
        {
            Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel, ReduceOnly = true,
        });
        context.SetTimer(context.Clock + Hold, timer.Tag);      // once more, should a part be left
    }
}
