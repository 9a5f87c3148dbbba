using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>The instruments of which something changed since somebody last looked: those that have a position or a live order, each once. Whoever sums over instruments looks at these alone.</summary>
internal sealed class ChangedInstruments
{
    private InstrumentId[] _changed = new InstrumentId[16];
    private Marks[] _marks = [];
    private int _count;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        Watched = 1,
        Changed = 2,
    }

    /// <summary>Goes up with every change.</summary>
    public long Version { get; private set; }

    /// <summary>In the order in which they first changed.</summary>
    public ReadOnlySpan<InstrumentId> All => _changed.AsSpan(0, _count);

    /// <summary>A position or what live orders may fill changed: from here on its mark matters too.</summary>
    public void Add(InstrumentId instrument)
    {
        if (instrument.Index >= _marks.Length) Array.Resize(ref _marks, Math.Max(instrument.Index + 1, _marks.Length * 2));
        _marks[instrument.Index] |= Marks.Watched;
        NoteMark(instrument);
    }

    /// <summary>Its mark moved: of weight only while there is a position or a live order.</summary>
    public void NoteMark(InstrumentId instrument)
    {
        if ((uint)instrument.Index >= (uint)_marks.Length || _marks[instrument.Index] == Marks.None) return;
        Version++;
        ref Marks marks = ref _marks[instrument.Index];
        if ((marks & Marks.Changed) != 0) return;
        marks |= Marks.Changed;
        if (_count == _changed.Length) Array.Resize(ref _changed, _count * 2);
        _changed[_count++] = instrument;
    }

    /// <summary>Something else changed by which numbers are read.</summary>
    public void NoteOther() => Version++;

    /// <summary>Neither a position nor a live order is left.</summary>
    public void Forget(InstrumentId instrument) => _marks[instrument.Index] &= ~Marks.Watched;

    /// <summary>They were looked at.</summary>
    public void Clear()
    {
        foreach (InstrumentId instrument in All) _marks[instrument.Index] &= ~Marks.Changed;
        _count = 0;
    }
}
