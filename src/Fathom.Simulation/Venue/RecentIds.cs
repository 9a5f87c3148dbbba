namespace Fathom.Simulation.Venue;

/// <summary>The last 65,536 of some ids, each given once. An older one is forgotten, so that memory does not grow with the length of a run.</summary>
/// <param name="capacity">For so many there is room from the start.</param>
internal sealed class RecentIds<T>(int capacity) where T : struct, IEquatable<T>
{
    public const int CountMax = 65_536;

    private readonly HashSet<T> _ids = new(capacity);
    private T[] _inOrder = new T[capacity];
    private int _next;

    public bool Contains(T id) => _ids.Contains(id);

    /// <param name="id">Not among them.</param>
    public void Add(T id)
    {
        if (_ids.Count == CountMax) _ids.Remove(_inOrder[_next]);
        else if (_next == _inOrder.Length) Array.Resize(ref _inOrder, Math.Clamp(2 * _next, 16, CountMax));
        _ids.Add(id);
        _inOrder[_next] = id;
        _next = (_next + 1) % CountMax;
    }
}
