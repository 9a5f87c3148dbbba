namespace Fathom.Twins.SlowFeatures;

/// <summary>The last so many, or those of (now − time, now].</summary>
/// <param name="Count">0 where it is a time.</param>
/// <param name="Time">In nanoseconds; 0 where it is a count.</param>
public readonly record struct SlowWindow(int Count, long Time)
{
    public bool IsTime => Count == 0;

    /// <summary>What of a list, oldest first, is in the window; null where it is a count and there are not that many.</summary>
    public List<T>? Of<T>(IReadOnlyList<T> all, long now, Func<T, long> timeOf)
    {
        if (!IsTime) return all.Count < Count ? null : [.. all.Skip(all.Count - Count)];
        long last = now - Time;
        return [.. all.Where(item => timeOf(item) > last)];
    }
}
