/// <summary>Buys when a bar closes above the highest high of the bars before it, sells when one closes below their lowest low. The way out is decided with the way in: a stop-loss and a
/// take-profit that end each other.</summary>
public sealed class BreakoutBracket : Strategy
{
    [Parameter("the bars that are looked at")]
    public string Bars { get; set; } = "10s";

    [Parameter("bars that make the range", Min = 2, Max = 1_000)]
    public int Lookback { get; set; } = 18;

    [Parameter("ticks from the close to the stop-loss", Min = 1, Max = 100_000)]
    public int StopTicks { get; set; } = 6;

    [Parameter("ticks from the close to the take-profit", Min = 1, Max = 100_000)]
    public int ProfitTicks { get; set; } = 10;

    [Parameter("quantity of an entry")]
    public Quantity Size { get; set; } = Quantity.Units(1);

    private BarSpec _spec;

    public override void OnStart(StrategyContext context)
    {
        _spec = BarSpec.Parse(Bars);
        context.SubscribeBars(_spec);
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        BarSeries bars = context.Bars(bar.Instrument, _spec);
        bool isBusy = !context.Position(bar.Instrument).IsZero || context.TryWorking(bar.Instrument, Side.Buy, out _) || context.TryWorking(bar.Instrument, Side.Sell, out _);
        if (isBusy || bars.Count <= Lookback) return;
        Price high = bars[1].High, low = bars[1].Low;      // [0] is this bar
        for (int i = 2; i <= Lookback; i++)
        {
            high = bars[i].High > high ? bars[i].High : high;
            low = bars[i].Low < low ? bars[i].Low : low;
        }
        if (bar.Close > high) Enter(context, in bar, Side.Buy);
        else if (bar.Close < low) Enter(context, in bar, Side.Sell);
    }

    private void Enter(StrategyContext context, in Bar bar, Side side)
    {
        long close = bar.Close.Nanos, tick = context.Instrument(bar.Instrument).Tick.Nanos * side.Sign();
        context.SubmitBracket(new Bracket(new OrderIntent(bar.Instrument, side, Size, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel })
        {
            StopTrigger = new Price(close - StopTicks * tick),
            TakeProfit = new Price(close + ProfitTicks * tick),
        });
        context.Annotate(bar.Instrument, side == Side.Buy ? "breaks out upward" : "breaks out downward");
    }
}
