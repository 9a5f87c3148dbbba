using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features.Indicators;
using Fathom.Market.Books.Bars;

namespace Fathom.Strategies.Library;

/// <summary>
/// Goes with momentum: buys when a bar closes above the highest high of the bars before it, sells short when one closes below their lowest low. A stop trails the closes at a
/// multiple of the average true range; a bar that reaches it ends the position at the market.
/// </summary>
public sealed class Breakout : Strategy
{
    [Parameter("the bars at which it decides: 1m, 500t, quote:5s …")]
    public string Bars { get; set; } = "1m";

    [Parameter("bars before the current one, whose highest high and lowest low count", Min = 1, Max = BarSeries.CountMax - 1)]
    public int Length { get; set; } = 20;

    [Parameter("bars in the average true range", Min = 1, Max = 10_000)]
    public int AtrLength { get; set; } = 14;

    [Parameter("distance of the stop in average true ranges", Min = 0.01, Max = 1_000)]
    public double Stop { get; set; } = 2;

    [Parameter("quantity of a position", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("whether it sells short; else it is flat instead")]
    public bool AllowShort { get; set; } = true;

    private BarSpec _spec;
    private Watch?[] _watches = [];      // by instrument

    public override void OnStart(StrategyContext context)
    {
        _spec = BarSpec.Parse(Bars);
        context.SubscribeBars(_spec);
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        int index = bar.Instrument.Index;
        if (index >= _watches.Length) Array.Resize(ref _watches, index + 1);
        Watch watch = _watches[index] ??= new Watch(AtrLength);
        watch.Range.Add(bar.High.ToDouble(), bar.Low.ToDouble(), bar.Close.ToDouble());
        BarSeries bars = context.Bars(bar.Instrument, _spec);
        if (!watch.Range.IsReady || bars.Count <= Length || context.IsWarmingUp) return;

        Quantity position = context.Position(bar.Instrument);
        int trend = Trend(bars, in bar);
        if (trend > 0 && !position.IsPositive) Enter(context, watch, in bar, Size);
        else if (trend < 0 && AllowShort && (position.IsPositive || position.IsZero)) Enter(context, watch, in bar, -Size);
        else if (!position.IsZero) Follow(context, watch, in bar, position);
    }

    /// <summary>1 above the highest high of the bars before it, −1 below the lowest low, else 0.</summary>
    private int Trend(BarSeries bars, in Bar bar)
    {
        Price highest = bars[1].High, lowest = bars[1].Low;
        for (int age = 2; age <= Length; age++)
        {
            if (bars[age].High > highest) highest = bars[age].High;
            if (bars[age].Low < lowest) lowest = bars[age].Low;
        }
        return bar.Close > highest ? 1 : bar.Close < lowest ? -1 : 0;
    }

    private void Enter(StrategyContext context, Watch watch, in Bar bar, Quantity wanted)
    {
        watch.Stop = StopOf(watch, in bar, wanted.IsPositive);
        context.Target(bar.Instrument, wanted);
    }

    private void Follow(StrategyContext context, Watch watch, in Bar bar, Quantity position)
    {
        bool isReached = position.IsPositive ? bar.Low.ToDouble() <= watch.Stop : bar.High.ToDouble() >= watch.Stop;
        if (isReached)
        {
            context.Target(bar.Instrument, Quantity.Zero);
            return;
        }
        double stop = StopOf(watch, in bar, position.IsPositive);
        watch.Stop = position.IsPositive ? Math.Max(watch.Stop, stop) : Math.Min(watch.Stop, stop);
    }

    private double StopOf(Watch watch, in Bar bar, bool isLong) => bar.Close.ToDouble() - (isLong ? Stop : -Stop) * watch.Range.Value;

    private sealed class Watch(int rangeLength)
    {
        public AverageTrueRange Range { get; } = new(rangeLength);

        public double Stop { get; set; }
    }
}
