using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>What one keeper of sums has not looked at yet of the changes.</summary>
internal sealed class ChangeReader(ExposureChanges changes, byte bit)
{
    private InstrumentId[] _listed = new InstrumentId[16];
    private int _count;

    /// <summary>By which the changes know it.</summary>
    internal byte Bit => bit;

    public bool IsEmpty => _count == 0;

    /// <summary>Those in which something moved since <see cref="Clear"/>, each once, in the order in which they first did.</summary>
    public ReadOnlySpan<InstrumentId> Listed => _listed.AsSpan(0, _count);

    /// <summary>Moves of its mark are listed from here on, or no longer. What is held or live anew is watched by itself.</summary>
    public void Watch(InstrumentId instrument, bool isWatched) => changes.Watch(instrument, bit, isWatched);

    /// <summary>All that is listed was looked at.</summary>
    public void Clear()
    {
        changes.Unlist(Listed, bit);
        _count = 0;
    }

    internal void Add(InstrumentId instrument)
    {
        if (_count == _listed.Length) Array.Resize(ref _listed, _count * 2);
        _listed[_count++] = instrument;
    }
}
