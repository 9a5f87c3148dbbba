using System.Globalization;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Catalog;

/// <summary>How far back samples count: the last so many, or those of the last so much time, (now − time, now].</summary>
public readonly record struct FeatureWindow
{
    private FeatureWindow(int count, Duration time) => (Count, Time) = (count, time);

    /// <summary>Samples; 0 where it is a time.</summary>
    public int Count { get; }

    /// <summary>Zero where it is a count.</summary>
    public Duration Time { get; }

    public bool IsTime => Count == 0;

    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static FeatureWindow Samples(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new FeatureWindow(count, Duration.Zero);
    }

    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public static FeatureWindow Of(Duration time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time.Nanos, nameof(time));
        return new FeatureWindow(0, time);
    }

    /// <summary>As it is written: "20", "5m".</summary>
    public override string ToString() => IsTime ? Time.ToString() : Count.ToString(CultureInfo.InvariantCulture);
}
