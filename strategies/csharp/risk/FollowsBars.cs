/// <summary>Says at each bar's close in which direction it would hold a position: with the bar. How large, the configuration says.</summary>
public sealed class FollowsBars : Strategy
{
    [Parameter("the bars that it follows")]
    public string Bars { get; set; } = "30s";

    public override void OnStart(StrategyContext context) => context.SubscribeBars(BarSpec.Parse(Bars));

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        Side side = bar.Close > bar.Open ? Side.Buy : bar.Close < bar.Open ? Side.Sell : Side.None;
        if (side != Side.None) context.Signal(bar.Instrument, side);
    }
}
