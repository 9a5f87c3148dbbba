using System.Numerics;
using System.Runtime.CompilerServices;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Sliding;

/// <summary>
/// Two sums over the entries of a window. Taking what leaves off a running sum loses digits for good after each large entry; here nothing is ever taken off. The ring has an old and a young part:
/// each old entry holds the sum from itself to the end of the old part, so one that leaves takes exactly itself along, and the young part has one sum. When the old part is used up, the young one
/// becomes it, in one pass: a constant cost for each entry on average.
/// </summary>
/// <remarks>The idea of <see cref="SlidingTotal{TSample, TTotal}"/> a second time, for what comes with every event of the book: an entry, its time and its sums stand side by side in one place. Features of book and
/// trades on the general one cost the default vector a tenth more (<c>fathom bench features --part vector</c>).</remarks>
internal sealed class RollingSums
{
    /// <summary>Of a window in time: more entries than this push the oldest out.</summary>
    public const int EntriesMax = 1 << 16;

    private readonly FeatureWindow _window;
    private Entry[] _entries;      // its length is a power of two
    private int _first, _count, _old;
    private double _youngFirst, _youngSecond;

    public RollingSums(FeatureWindow window)
    {
        _window = window;
        _entries = new Entry[window.IsTime ? 64 : BitOperations.RoundUpToPowerOf2((uint)window.Count)];
    }

    /// <summary>Entries in the window.</summary>
    public int Count => _count;

    /// <summary>The window is a time, or there are as many entries as it counts.</summary>
    public bool IsFull => _window.IsTime || _count == _window.Count;

    /// <summary>0 without an entry.</summary>
    public double First => _old == 0 ? _youngFirst : _entries[_first].First + _youngFirst;

    /// <summary>0 without an entry.</summary>
    public double Second => _old == 0 ? _youngSecond : _entries[_first].Second + _youngSecond;

    /// <summary>Takes an entry; those that the window does not hold any longer go.</summary>
    /// <param name="time">Not before that of an earlier entry.</param>
    public void Add(Timestamp time, double first, double second = 0)
    {
        if (_window.IsTime) Expire(time);
        if (_count == (_window.IsTime ? EntriesMax : _window.Count)) DropFirst();
        if (_count == _entries.Length) Grow();
        _entries[(_first + _count++) & (_entries.Length - 1)] = new Entry(time.Nanos, first, second);
        _youngFirst += first;
        _youngSecond += second;
    }

    /// <summary>Entries that a window in time does not hold at the moment go.</summary>
    public void Expire(Timestamp now)
    {
        if (!_window.IsTime) return;
        long last = now.Nanos - _window.Time.Nanos;
        while (_count > 0 && _entries[_first].Time <= last) DropFirst();
    }

    public void Clear() => (_first, _count, _old, _youngFirst, _youngSecond) = (0, 0, 0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DropFirst()
    {
        if (_old == 0) Age();
        _first = (_first + 1) & (_entries.Length - 1);
        _count--;
        _old--;
    }

    private void Age()
    {
        double first = 0, second = 0;
        for (int i = _count - 1; i >= 0; i--)
        {
            ref Entry entry = ref _entries[(_first + i) & (_entries.Length - 1)];
            entry = new Entry(entry.Time, first += entry.First, second += entry.Second);
        }
        (_old, _youngFirst, _youngSecond) = (_count, 0, 0);
    }

    private void Grow()
    {
        Entry[] entries = new Entry[_entries.Length * 2];
        for (int i = 0; i < _count; i++) entries[i] = _entries[(_first + i) & (_entries.Length - 1)];
        (_entries, _first) = (entries, 0);
    }

    private readonly record struct Entry(long Time, double First, double Second);
}
