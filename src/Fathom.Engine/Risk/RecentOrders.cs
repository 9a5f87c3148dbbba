using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>When the last orders and replacements left: as many as a rate allows, the oldest first to be forgotten.</summary>
internal sealed class RecentOrders(OrderRate rate)
{
    private readonly Timestamp[] _times = new Timestamp[rate.Count];
    private int _oldest;
    private int _count;

    /// <summary>One more at this time is one too many. Times do not go back.</summary>
    public bool IsFull(Timestamp clock) => _count == _times.Length && clock - _times[_oldest] < rate.Window;

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
