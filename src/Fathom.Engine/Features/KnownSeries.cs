using Fathom.Domain.Messages;

namespace Fathom.Engine.Features;

/// <summary>A series as it was defined, with its names as text, and its points by key.</summary>
internal sealed class KnownSeries
{
    public KnownSeries(in SeriesDefinition definition)
    {
        NameText = definition.Name;
        Name = definition.Name.ToString();
        ValueNames = new string[definition.ValueCount];
        for (int i = 0; i < ValueNames.Length; i++) ValueNames[i] = definition.ValueNames[i].ToString();
    }

    public NameText NameText { get; }

    public string Name { get; }

    public string[] ValueNames { get; }

    /// <summary>Looked up, never listed: the order of a dictionary must not reach an output.</summary>
    public Dictionary<NameText, KnownPoint> Points { get; } = [];

    /// <summary>The place of the newest point of the point's key, begun with this one when it is the key's first.</summary>
    public KnownPoint Reach(in SeriesObservation point)
    {
        if (Points.TryGetValue(point.Key, out KnownPoint? known)) return known;
        KnownPoint first = new(point.Key.ToString()) { Newest = point };
        Points.Add(point.Key, first);
        return first;
    }
}
