/// <summary>Trades against each move, and again after each further step of it: small profits on most days, and on the wrong one a position that grows while it loses. Here to be stopped.</summary>
public sealed class DoublesDown : Strategy
{
    [Parameter("how far the mid moves before it trades against the move again", Min = 1, Max = 1_000)]
    public int StepTicks { get; set; } = 8;

    [Parameter("quantity of an order")]
    public Quantity Size { get; set; } = Quantity.Units(2);

    private Price _last = Price.None;

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        Price mid = new((prices.Bid.Price.Nanos + prices.Ask.Price.Nanos) / 2);
        if (_last.IsNone) _last = mid;
        long moved = (mid.Nanos - _last.Nanos) / context.Instrument(prices.Instrument).Tick.Nanos;
        if (Math.Abs(moved) < StepTicks) return;
        _last = mid;
        Side side = moved > 0 ? Side.Sell : Side.Buy;
        context.Submit(new OrderIntent(prices.Instrument, side, Size, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }
}
