/// <summary>The way of NautilusTrader: bars and orders are events, and each order is the strategy's own affair.</summary>
public sealed class OrdersStyle : Strategy
{
    private readonly SimpleMovingAverage _fast = new(5), _slow = new(20);
    private bool _isWaiting;

    public override void OnStart(StrategyContext context) => context.SubscribeBars(BarSpec.Parse("quote:10s"));

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        if (!context.TradingState(bar.Instrument).Matches()) return;      // before the opening
        _fast.Add(bar.Close.ToDouble());
        _slow.Add(bar.Close.ToDouble());
        if (_isWaiting || double.IsNaN(_slow.Value)) return;
        bool isLong = !context.Position(bar.Instrument).IsZero, isUp = _fast.Value > _slow.Value;
        if (isLong == isUp) return;
        context.Submit(new OrderIntent(bar.Instrument, isUp ? Side.Buy : Side.Sell, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        _isWaiting = true;
    }

    public override void OnOrder(StrategyContext context, in OrderEvent change) => _isWaiting &= !change.To.IsTerminal();
}
