/// <summary>Two instruments that are expected to move together: when the difference of their prices is far from its own average, it sells the one that is dear and buys the one that is
/// cheap, and leaves both when the difference is back.</summary>
public sealed class Pairs : Strategy
{
    [Parameter("symbol of the one instrument; not set: the first of the data")]
    public string? First { get; set; }

    [Parameter("symbol of the other instrument; not set: the second of the data")]
    public string? Second { get; set; }

    [Parameter("the bars of quotes by which the prices are compared")]
    public string Bars { get; set; } = "quote:5s";

    [Parameter("bars that average and deviation are taken of", Min = 2, Max = 1_000)]
    public int Window { get; set; } = 60;

    [Parameter("deviations at which it enters", Min = 0.1, Max = 100)]
    public double Enter { get; set; } = 2;

    [Parameter("deviations at which it leaves", Min = 0, Max = 100)]
    public double Leave { get; set; } = 0.5;

    [Parameter("quantity of each leg")]
    public Quantity Size { get; set; } = Quantity.Units(1);

    private readonly Queue<double> _differences = new();
    private BarSpec _spec;

    public override void OnStart(StrategyContext context)
    {
        _spec = BarSpec.Parse(Bars);
        context.SubscribeBars(_spec);
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        // Bars of one moment are all known before the first of them is told: act once, on the second instrument's.
        if (!TryLegs(context, out InstrumentId first, out InstrumentId second) || bar.Instrument != second) return;
        BarSeries of = context.Bars(first, _spec);
        if (of.Count == 0) return;
        double difference = of[0].Close.ToDouble() - bar.Close.ToDouble();
        if (_differences.Count == Window) Trade(context, first, second, ZScore(difference));
        if (_differences.Count == Window) _differences.Dequeue();
        _differences.Enqueue(difference);
    }

    private void Trade(StrategyContext context, InstrumentId first, InstrumentId second, double z)
    {
        context.Plot("z-score", z);
        Quantity held = context.Position(first);
        Quantity wanted = z >= Enter ? -Size : z <= -Enter ? Size : Math.Abs(z) <= Leave ? Quantity.Zero : held;
        context.Target(first, wanted);
        context.Target(second, -wanted);
    }

    private double ZScore(double difference)
    {
        double mean = _differences.Average();
        double variance = _differences.Sum(d => (d - mean) * (d - mean)) / _differences.Count;
        return variance > 0 ? (difference - mean) / Math.Sqrt(variance) : 0;
    }

    private bool TryLegs(StrategyContext context, out InstrumentId first, out InstrumentId second)
    {
        first = Find(context, First, 0);
        second = Find(context, Second, 1);
        return first != InstrumentId.None && second != InstrumentId.None;
    }

    private static InstrumentId Find(StrategyContext context, string? symbol, int otherwise)
    {
        if (symbol is null) return context.InstrumentCount > otherwise ? new InstrumentId(otherwise) : InstrumentId.None;
        return context.TryFind(symbol, out InstrumentId found) ? found : InstrumentId.None;
    }
}
