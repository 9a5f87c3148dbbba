using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>A point of a series, as a strategy sees it. Valid during the callback; reading it allocates nothing.</summary>
public readonly ref struct SeriesUpdate
{
    private readonly KnownSeries _series;
    private readonly ref readonly SeriesObservation _point;

    internal SeriesUpdate(KnownSeries series, string key, ref readonly SeriesObservation point)
    {
        _series = series;
        Key = key;
        _point = ref point;
    }

    /// <summary>Of the series.</summary>
    public string Name => _series.Name;

    /// <summary>What the numbers are of; empty where the series has one subject.</summary>
    public string Key { get; }

    /// <summary>The time that the numbers are about; it may lie long before or after the engine's clock.</summary>
    public Timestamp Time => _point.Header.EventTime;

    /// <summary>When the point became known: never after the engine's clock.</summary>
    public Timestamp AvailableAt => _point.Header.ReceiveTime;

    /// <summary>Names of the values.</summary>
    public ReadOnlySpan<string> ValueNames => _series.ValueNames;

    /// <summary>In the order of <see cref="ValueNames"/>; NaN = missing.</summary>
    public ReadOnlySpan<double> Values => ((ReadOnlySpan<double>)_point.Values)[.._series.ValueNames.Length];

    /// <summary>The value of that name; NaN = missing.</summary>
    /// <exception cref="ArgumentException">The series has no such value.</exception>
    public double this[string valueName]
    {
        get
        {
            int at = Array.IndexOf(_series.ValueNames, valueName);
            return at >= 0 ? _point.Values[at] : throw new ArgumentException($"The series '{Name}' has no value '{valueName}'; it has {string.Join(", ", _series.ValueNames)}.", nameof(valueName));
        }
    }
}
