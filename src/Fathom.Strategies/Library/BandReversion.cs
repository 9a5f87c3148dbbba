using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Pipeline;
using Fathom.Market.Books.Bars;

namespace Fathom.Strategies.Library;

/// <summary>
/// Bets on the way back from both sides: buys when a bar closes below the lower Bollinger band and Wilder's relative strength index is low, sells short when it closes above the upper one and the index is high, and leaves at the
/// middle of the bands.
/// </summary>
public sealed class BandReversion : Strategy
{
    [Parameter("the bars at which it decides: 1m, 500t, quote:5s …")]
    public string Bars { get; set; } = "1m";

    [Parameter("closes in the bands", Min = 2, Max = 10_000)]
    public int Period { get; set; } = 20;

    [Parameter("standard deviations from the middle to a band", Min = 0, Max = 100)]
    public double Deviations { get; set; } = 2;

    [Parameter("changes in the first averages of the index", Min = 2, Max = 10_000)]
    public int RsiPeriod { get; set; } = 14;

    [Parameter("it buys when the index is below this", Min = 0, Max = 100)]
    public double Low { get; set; } = 35;

    [Parameter("it sells short when the index is above this", Min = 0, Max = 100)]
    public double High { get; set; } = 65;

    [Parameter("quantity of a position", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("whether it sells short; else it is flat instead")]
    public bool AllowShort { get; set; } = true;

    private FeatureHandle _bands, _index;
    private Quantity[] _wanted = [];      // by instrument

    public override void OnStart(StrategyContext context)
    {
        if (!(Low < High)) throw new ArgumentException($"The thresholds stand apart: found low = {Low}, high = {High}.");
        context.SubscribeBars(BarSpec.Parse(Bars));
        _bands = context.AddFeature(FeatureSpec.Of("bollinger", $"bars.{Bars}").With("period", Period).With("deviations", Deviations));
        _index = context.AddFeature(FeatureSpec.Of("rsi", $"bars.{Bars}").With("period", RsiPeriod));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        int at = bar.Instrument.Index;
        if (at >= _wanted.Length) Array.Resize(ref _wanted, at + 1);
        FeatureVector features = context.Vector(bar.Instrument);
        if (context.IsWarmingUp || !features.IsReady(_bands) || !features.IsReady(_index)) return;
        _wanted[at] = Wanted(bar.Close.ToDouble(), features[_bands, 0], features[_bands, 1], features[_bands, 2], features[_index], _wanted[at]);
        context.Target(bar.Instrument, _wanted[at]);
    }

    /// <param name="before">What was wanted so far. Not what is held: while an order is on its way the position says nothing of it.</param>
    private Quantity Wanted(double close, double upper, double middle, double lower, double index, Quantity before)
    {
        if (close < lower && index < Low) return Size;
        if (close > upper && index > High && AllowShort) return -Size;
        bool isBack = before.IsPositive ? close >= middle : close <= middle;
        return isBack ? Quantity.Zero : before;
    }
}
