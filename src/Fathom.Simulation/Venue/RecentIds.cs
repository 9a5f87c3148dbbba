namespace Fathom.Simulation.Venue;

/// <summary>The last 65,536 of some ids, each given once. An older one is forgotten, and there is room for all from the start: memory does not grow with the length of a run.</summary>
internal sealed class RecentIds<T> where T : struct, IEquatable<T>
{
    public const int CountMax = 65_536;

    private readonly HashSet<T> _ids = new(CountMax);
    private readonly T[] _inOrder = new T[CountMax];
    private int _next;

    public bool Contains(T id) => _ids.Contains(id);

    /// <param name="id">Not among them.</param>
    public void Add(T id)
    {
        if (_ids.Count == CountMax) _ids.Remove(_inOrder[_next]);
        _ids.Add(id);
        _inOrder[_next] = id;
        _next = (_next + 1) % CountMax;
    }
}
