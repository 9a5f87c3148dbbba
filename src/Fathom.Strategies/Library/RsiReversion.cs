using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features.Indicators;
using Fathom.Market.Books.Bars;

namespace Fathom.Strategies.Library;

/// <summary>
/// Bets on the way back: buys when Wilder's relative strength index of the bar closes is below a threshold, sells short when it is above another one, and leaves when it has
/// come back to the middle. While nothing moves there is no signal.
/// </summary>
public sealed class RsiReversion : Strategy
{
    [Parameter("the bars at which it decides: 1m, 500t, quote:5s …")]
    public string Bars { get; set; } = "1m";

    [Parameter("changes in the first averages of the index", Min = 2, Max = 10_000)]
    public int Length { get; set; } = 14;

    [Parameter("it buys when the index is below this", Min = 0, Max = 100)]
    public double Low { get; set; } = 30;

    [Parameter("it leaves when the index has come back to this", Min = 0, Max = 100)]
    public double Middle { get; set; } = 50;

    [Parameter("it sells short when the index is above this", Min = 0, Max = 100)]
    public double High { get; set; } = 70;

    [Parameter("quantity of a position", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("whether it sells short; else it is flat instead")]
    public bool AllowShort { get; set; } = true;

    private Watch?[] _watches = [];      // by instrument

    public override void OnStart(StrategyContext context)
    {
        if (!(Low < Middle && Middle < High)) throw new ArgumentException($"The middle lies between the thresholds: found low = {Low}, middle = {Middle}, high = {High}.");
        context.SubscribeBars(BarSpec.Parse(Bars));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        int at = bar.Instrument.Index;
        if (at >= _watches.Length) Array.Resize(ref _watches, at + 1);
        Watch watch = _watches[at] ??= new Watch(Length);
        watch.Index.Add(bar.Close.ToDouble());
        if (!watch.Index.IsReady || watch.Index.IsFlat || context.IsWarmingUp) return;
        watch.Wanted = Wanted(watch.Index.Value, watch.Wanted);
        context.Target(bar.Instrument, watch.Wanted);
    }

    /// <param name="before">What was wanted so far. Not what is held: while an order is on its way the position says nothing of it.</param>
    private Quantity Wanted(double index, Quantity before)
    {
        if (index < Low) return Size;
        if (index > High && AllowShort) return -Size;
        bool isBack = before.IsPositive ? index >= Middle : index <= Middle;
        return isBack ? Quantity.Zero : before;
    }

    private sealed class Watch(int length)
    {
        public RelativeStrengthIndex Index { get; } = new(length);

        public Quantity Wanted { get; set; }
    }
}
