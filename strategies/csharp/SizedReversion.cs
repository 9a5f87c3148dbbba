/// <summary>Buys what is oversold and sells what is overbought. It says only which side it would be on: how much, and when to get out, are the configuration's, by [strategy.sizing] and [strategy.exits].</summary>
public sealed class SizedReversion : Strategy
{
    [Parameter("the bars that the index is taken of")]
    public string Bars { get; set; } = "5s";

    [Parameter("bars in the index", Min = 2, Max = 1_000)]
    public int Period { get; set; } = 14;

    [Parameter("buys below this, sells above a hundred less it", Min = 1, Max = 49)]
    public double Oversold { get; set; } = 30;

    private RelativeStrengthIndex _index = null!;

    public override void OnStart(StrategyContext context)
    {
        _index = new RelativeStrengthIndex(Period);
        context.SubscribeBars(BarSpec.Parse(Bars));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        _index.Add(bar.Close.ToDouble());
        double index = _index.Value;
        if (double.IsNaN(index)) return;
        context.Plot("rsi", index);
        Side side = index < Oversold ? Side.Buy : index > 100 - Oversold ? Side.Sell : Side.None;
        bool isSaid = context.TrySignal(bar.Instrument, out Signal signal) && signal.Side == side;
        if (side != Side.None && !isSaid) context.Signal(bar.Instrument, side);      // sized when it is said: said once, it keeps its size
    }
}
