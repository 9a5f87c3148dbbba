using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Features;

/// <summary>A complete bar as numbers.</summary>
/// <param name="Time">When it was complete.</param>
/// <param name="Volume">In units of quantity; 0 where nothing was traded.</param>
public readonly record struct BarSample(Timestamp Time, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>(high + low + close) / 3.</summary>
    public double Typical => (High + Low + Close) / 3;

    /// <summary>No number is NaN or infinite.</summary>
    public bool IsFinite => double.IsFinite(Open) && double.IsFinite(High) && double.IsFinite(Low) && double.IsFinite(Close) && double.IsFinite(Volume);

    /// <summary>A bar as numbers.</summary>
    public static BarSample Of(in Bar bar) =>
        new(bar.CloseTime, bar.Open.ToDouble(), bar.High.ToDouble(), bar.Low.ToDouble(), bar.Close.ToDouble(), (double)bar.Volume.Nanos / Price.Scale);
}
