using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Features;

/// <summary>The series that were defined and, of each key, the newest point that is known.</summary>
/// <remarks>It stands among the features and not with the market: a point is a number to compute with, which no venue and no book depends on. It grows with the
/// number of keys, which the reader of a series bounds; another point of a known key allocates nothing.</remarks>
internal sealed class SeriesStore
{
    private readonly List<KnownSeries> _series = [];
    private SeriesObservation _arrived;
    private KnownSeries? _arrivedOf;
    private KnownPoint? _arrivedAt;

    /// <summary>The point that was applied last; there is one.</summary>
    public SeriesUpdate Arrived => new(_arrivedOf!, _arrivedAt!.Key, in _arrived);

    /// <summary>Names in the order of the definitions, for messages.</summary>
    public string Names
    {
        get
        {
            List<string> names = [];
            foreach (KnownSeries series in _series) names.Add(series.Name);
            return string.Join(", ", names);
        }
    }

    public void Define(in SeriesDefinition definition)
    {
        Invariant.Require(definition.Series == _series.Count, "series are numbered in the order of their definitions");
        Invariant.Require(definition.ValueCount is > 0 and <= SeriesValues.Length, "a series has 1 to 16 values");
        Invariant.Require(definition.Name != default && Find(definition.Name) is null, "each series has its own name");
        _series.Add(new KnownSeries(in definition));
    }

    /// <summary>Notes a point that has become known. It is the newest of its key unless one of a later time is known already; of the same time it is a
    /// revision, which counts.</summary>
    public void Apply(in SeriesObservation point)
    {
        Invariant.Require(point.Series < _series.Count, "a series is defined before its first point");
        _arrived = point;
        _arrivedOf = _series[point.Series];
        _arrivedAt = _arrivedOf.Reach(in point);
        if (point.Header.EventTime >= _arrivedAt.Newest.Header.EventTime) _arrivedAt.Newest = point;
    }

    public bool Contains(ReadOnlySpan<char> name) => NameText.TryFrom(name, out NameText text) && Find(text) is not null;

    /// <summary>The newest known point of a key; false when there is none yet.</summary>
    /// <exception cref="ArgumentException">No series has that name.</exception>
    public bool TryNewest(ReadOnlySpan<char> name, ReadOnlySpan<char> key, out SeriesUpdate newest)
    {
        KnownSeries? series = NameText.TryFrom(name, out NameText text) ? Find(text) : null;
        if (series is null) throw new ArgumentException($"No series is named '{name}'; there are: {(_series.Count == 0 ? "none" : Names)}.", nameof(name));
        if (NameText.TryFrom(key, out NameText keyText) && series.Points.TryGetValue(keyText, out KnownPoint? found))
        {
            newest = new SeriesUpdate(series, found.Key, in found.Newest);
            return true;
        }
        newest = default;
        return false;
    }

    private KnownSeries? Find(NameText name)
    {
        foreach (KnownSeries series in _series)
            if (series.NameText == name) return series;
        return null;
    }
}
