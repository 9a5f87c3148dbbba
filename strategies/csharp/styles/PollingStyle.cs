/// <summary>The way of hftbacktest: let some time pass, look at the book, act.</summary>
public sealed class PollingStyle : Strategy
{
    private static readonly Duration s_elapse = Duration.FromMilliseconds(10_000);

    private readonly SimpleMovingAverage _fast = new(5), _slow = new(20);

    public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(s_elapse, tag: 0, aligned: true);

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        InstrumentId asset = new(0);
        InstrumentFeatures now = context.Features(asset);
        if (now.Bid.IsNone || !context.TradingState(asset).Matches()) return;
        double mid = new Price((now.Bid.Nanos + now.Ask.Nanos) / 2).ToDouble();
        _fast.Add(mid);
        _slow.Add(mid);
        if (double.IsNaN(_slow.Value) || context.TryWorking(asset, Side.Buy, out _) || context.TryWorking(asset, Side.Sell, out _)) return;
        bool isLong = !context.Position(asset).IsZero, isUp = _fast.Value > _slow.Value;
        if (isLong == isUp) return;
        context.Submit(new OrderIntent(asset, isUp ? Side.Buy : Side.Sell, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }
}
