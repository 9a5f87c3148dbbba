using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features.Indicators;
using Fathom.Market.Books.Bars;

namespace Fathom.Strategies.Library;

/// <summary>Follows the trend: holds a quantity of every instrument while the fast moving average of its bar closes is above the slow one, and is short of it or flat while it is below.</summary>
public sealed class SmaCross : Strategy
{
    [Parameter("the bars at which it decides: 1m, 500t, quote:5s …")]
    public string Bars { get; set; } = "1m";

    [Parameter("closes in the fast average", Min = 1, Max = 10_000)]
    public int Fast { get; set; } = 10;

    [Parameter("closes in the slow average", Min = 2, Max = 10_000)]
    public int Slow { get; set; } = 30;

    [Parameter("quantity of a position", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("whether it sells short; else it is flat instead")]
    public bool AllowShort { get; set; } = true;

    private Averages?[] _averages = [];      // by instrument

    public override void OnStart(StrategyContext context)
    {
        if (Fast >= Slow) throw new ArgumentException($"The fast average is shorter than the slow one: found fast = {Fast}, slow = {Slow}.");
        context.SubscribeBars(BarSpec.Parse(Bars));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        int index = bar.Instrument.Index;
        if (index >= _averages.Length) Array.Resize(ref _averages, index + 1);
        Averages averages = _averages[index] ??= new Averages(new SimpleMovingAverage(Fast), new SimpleMovingAverage(Slow));
        averages.Fast.Add(bar.Close.ToDouble());
        averages.Slow.Add(bar.Close.ToDouble());
        double lead = averages.Fast.Value - averages.Slow.Value;      // NaN until the slow one is ready
        if (context.IsWarmingUp) return;
        if (lead > 0) context.Target(bar.Instrument, Size);
        else if (lead < 0) context.Target(bar.Instrument, AllowShort ? -Size : Quantity.Zero);
    }

    private sealed record Averages(SimpleMovingAverage Fast, SimpleMovingAverage Slow);
}
