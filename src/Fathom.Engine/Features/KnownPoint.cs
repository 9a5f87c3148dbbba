using Fathom.Domain.Messages;

namespace Fathom.Engine.Features;

/// <summary>The newest known point of one key of a series.</summary>
internal sealed class KnownPoint(string key)
{
    /// <summary>Lent out by reference: it changes only when the next point is applied.</summary>
    public SeriesObservation Newest;

    public string Key { get; } = key;
}
