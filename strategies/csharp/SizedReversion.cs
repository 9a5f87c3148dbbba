/// <summary>Buys what is oversold, sells what is overbought, and is flat again half way. It says only which side it would be on: how much, and when to get out, are the configuration's, by [strategy.sizing] and [strategy.exits].</summary>
public sealed class SizedReversion : Strategy
{
    [Parameter("the bars that the index is taken of")]
    public string Bars { get; set; } = "2s";

    [Parameter("bars in the index", Min = 2, Max = 1_000)]
    public int Period { get; set; } = 10;

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
        Side held = context.TrySignal(bar.Instrument, out Signal signal) ? signal.Side : Side.None;
        bool isOver = held == Side.Buy ? index >= 50 : held == Side.Sell && index <= 50;
        Side side = index < Oversold ? Side.Buy : index > 100 - Oversold ? Side.Sell : isOver ? Side.None : held;
        if (side != held) context.Signal(bar.Instrument, side);      // sized when it is said: said once, it keeps its size
    }
}
