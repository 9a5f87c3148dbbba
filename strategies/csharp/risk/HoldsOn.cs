/// <summary>After a while it buys a position, a clip at a time, and then holds it whatever comes.</summary>
public sealed class HoldsOn : Strategy
{
    [Parameter("how long after the first quote it begins", Min = "0s", Max = "1d")]
    public Duration After { get; set; } = Duration.FromMilliseconds(60_000);

    [Parameter("the position that it buys")]
    public Quantity Size { get; set; } = Quantity.Units(40);

    [Parameter("quantity of an order")]
    public Quantity Clip { get; set; } = Quantity.Units(5);

    [Parameter("time between two orders", Min = "1ms", Max = "1d")]
    public Duration Pause { get; set; } = Duration.FromMilliseconds(2_000);

    private Quantity _bought;
    private bool _isBegun;

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        if (!_isBegun) context.SetTimer(context.Clock + After, (ulong)prices.Instrument.Index);
        _isBegun = true;
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        InstrumentId instrument = new((int)timer.Tag);
        if (_bought >= Size) return;
        context.Submit(new OrderIntent(instrument, Side.Buy, Quantity.Min(Clip, Size - _bought), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        context.SetTimer(context.Clock + Pause, timer.Tag);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        if (fill.Side == Side.Buy) _bought += fill.Quantity;      // what risk sells for it is not bought again
    }
}
