using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>When the last orders and replacements left: as many as a rate allows, the oldest first to be forgotten.</summary>
internal sealed class RecentOrders(OrderRate rate)
{
    private readonly Timestamp[] _times = new Timestamp[rate.Count];
    private int _oldest;
    private int _count;

    /// <summary>So many are allowed.</summary>
    public int Max => rate.Count;

    /// <summary>One more at this time is one too many. Times do not go back.</summary>
    public bool IsFull(Timestamp clock) => _count == _times.Length && clock - _times[_oldest] < rate.Window;

    /// <summary>How many left within the window that ends at this time, which is not before the newest. They stand in order of time: the first within it is searched by halves.</summary>
    public int CountAt(Timestamp clock)
    {
        int from = 0, to = _count;
        while (from < to)
        {
            int middle = (from + to) / 2, at = _oldest + middle;
            if (clock - _times[at < _times.Length ? at : at - _times.Length] < rate.Window) to = middle;
            else from = middle + 1;
        }
        return _count - from;
    }

    /// <summary>The times that still count, oldest first.</summary>
    public Timestamp[] Counting(Timestamp clock)
    {
        List<Timestamp> counting = [];
        for (int i = 0; i < _count; i++)
        {
            Timestamp time = _times[(_oldest + i) % _times.Length];
            if (clock - time < rate.Window) counting.Add(time);
        }
        return [.. counting];
    }

    /// <summary>Nothing left before.</summary>
    public void Clear() => (_oldest, _count) = (0, 0);

    public void Note(Timestamp clock)
    {
        if (_count < _times.Length)
        {
            _times[_count++] = clock;
            return;
        }
        _times[_oldest] = clock;
        _oldest = _oldest + 1 == _times.Length ? 0 : _oldest + 1;
    }
}
