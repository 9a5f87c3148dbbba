using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio.States;

/// <summary>What the measures of one position, strategy or account are, by <see cref="RiskMeasure"/>: ratios in units of 1e-9.</summary>
[InlineArray(Count)]
internal struct MeasureValues
{
    public const int Count = (int)RiskMeasure.DayDrawdown + 1;

    /// <summary>Nothing is known, or nothing is measured.</summary>
    public const long Unknown = long.MinValue;

    private long _first;

    public long this[RiskMeasure measure]
    {
        readonly get => ((ReadOnlySpan<long>)this)[(int)measure];
        set => ((Span<long>)this)[(int)measure] = value;
    }

    /// <summary>All unknown.</summary>
    public static MeasureValues None
    {
        get
        {
            MeasureValues values = default;
            ((Span<long>)values).Fill(Unknown);
            return values;
        }
    }

    /// <summary>A ratio in units of 1e-9, the nearest that fits; unknown where it is no number.</summary>
    public static long Of(double ratio)
    {
        const double largest = 9e18;
        return double.IsNaN(ratio) ? Unknown : (long)Math.Clamp(Math.Round(ratio * StateOptions.One, MidpointRounding.ToEven), -largest, largest);
    }
}
