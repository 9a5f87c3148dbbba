namespace Fathom.Analytics.Series;

/// <summary>Evenly many of a stream in bounded memory: every one until there are too many, then every second, every fourth, and so on. The first always stays.</summary>
/// <param name="sizeMax">How many may stay, at least 2.</param>
internal sealed class EvenSample<T>(int sizeMax)
{
    private readonly List<T> _kept = [];
    private long _step = 1;

    /// <summary>Items that were added.</summary>
    public long Total { get; private set; }

    /// <summary>Those that stayed, oldest first.</summary>
    public IReadOnlyList<T> Kept => _kept;

    public void Add(T item)
    {
        if (Total++ % _step != 0) return;
        if (_kept.Count == sizeMax)
        {
            Halve();
            if ((Total - 1) % _step != 0) return;
        }
        _kept.Add(item);
    }

    private void Halve()
    {
        int count = (_kept.Count + 1) / 2;
        for (int i = 0; i < count; i++) _kept[i] = _kept[2 * i];
        _kept.RemoveRange(count, _kept.Count - count);
        _step *= 2;
    }
}
