/// <summary>The way of LEAN: say what to hold when a bar comes, and let the engine trade.</summary>
public sealed class HoldingsStyle : Strategy
{
    private readonly SimpleMovingAverage _fast = new(5), _slow = new(20);

    public override void OnStart(StrategyContext context) => context.SubscribeBars(BarSpec.Parse("quote:10s"));

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        if (!context.TradingState(bar.Instrument).Matches()) return;      // before the opening
        _fast.Add(bar.Close.ToDouble());
        _slow.Add(bar.Close.ToDouble());
        if (_fast.Value > _slow.Value) context.Target(bar.Instrument, Quantity.Units(1));
        else if (_fast.Value <= _slow.Value) context.Target(bar.Instrument, Quantity.Zero);
    }
}
