/// <summary>Long while the fast average of bar closes is above the slow one, short while it is below. It says which position it wants; the engine gets there.</summary>
public sealed class TrendFollower : Strategy
{
    [Parameter("the bars that the averages are taken of")]
    public string Bars { get; set; } = "10s";

    [Parameter("bars in the fast average", Min = 1, Max = 10_000)]
    public int Fast { get; set; } = 6;

    [Parameter("bars in the slow average", Min = 2, Max = 10_000)]
    public int Slow { get; set; } = 24;

    [Parameter("quantity held, long or short")]
    public Quantity Size { get; set; } = Quantity.Units(2);

    private SimpleMovingAverage _fast = null!, _slow = null!;

    public override void OnStart(StrategyContext context)
    {
        if (Fast >= Slow) throw new ArgumentException($"The fast average is the shorter one; found fast = {Fast}, slow = {Slow}.");
        _fast = new SimpleMovingAverage(Fast);
        _slow = new SimpleMovingAverage(Slow);
        context.SubscribeBars(BarSpec.Parse(Bars));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        _fast.Add(bar.Close.ToDouble());
        _slow.Add(bar.Close.ToDouble());
        double lead = _fast.Value - _slow.Value;
        if (double.IsNaN(lead)) return;      // the slow average is not full yet
        context.Plot("fast", _fast.Value);
        context.Plot("slow", _slow.Value);
        context.Target(bar.Instrument, lead > 0 ? Size : lead < 0 ? -Size : Quantity.Zero);
    }
}
