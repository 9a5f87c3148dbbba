using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>In which instruments something moved that sums over instruments depend on: a mark, or what an owner holds or may still trade there. Whoever keeps such sums has a reader, and looks only at what that lists.</summary>
/// <remarks>An instrument that no reader watches (nobody holds anything there, nothing is live) is not listed when its mark moves: that is the most frequent change by far.</remarks>
internal sealed class ExposureChanges
{
    /// <summary>Stands for all owners: more than a mask tells apart.</summary>
    internal const ulong AllOwners = ulong.MaxValue;

    private readonly List<ChangeReader> _readers = [];
    private Change[] _changes = [];
    private byte _all;      // a bit for each reader

    /// <summary>Goes up with every change but a mark's that nobody watches.</summary>
    public long Version { get; private set; }

    /// <summary>One that sees every change from here on.</summary>
    public ChangeReader NewReader()
    {
        ChangeReader reader = new(this, (byte)(1 << _readers.Count));
        _readers.Add(reader);
        _all |= reader.Bit;
        return reader;
    }

    /// <summary>Bit 0: the account; bit n + 1: strategy n.</summary>
    /// <param name="owner">−1 for the account.</param>
    public static ulong MaskOf(int owner) => owner < 63 ? 1ul << (owner + 1) : AllOwners;

    /// <summary>Its mark moved: of weight only where somebody watches it.</summary>
    public void NoteMark(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        change.IsMarkMoved = true;
        if (change.Watching == 0) return;
        Version++;
        if ((change.Watching & ~change.Listing) != 0) List(ref change, instrument, change.Watching);
    }

    /// <summary>What an owner may still trade, or how many orders it has, moved, and with it the account's: from here on its mark matters too.</summary>
    /// <param name="owner">−1 where only the account's did.</param>
    public void NoteLive(int owner, InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        change.Owners |= MaskOf(owner) | MaskOf(-1);
        change.Watching = _all;
        Version++;
        if (change.Listing != _all) List(ref change, instrument, _all);
    }

    /// <summary>As the other, of what an owner holds.</summary>
    /// <param name="owner">−1 where only the account's did.</param>
    public void NoteHeld(int owner, InstrumentId instrument)
    {
        At(instrument).IsHeldMoved = true;
        NoteLive(owner, instrument);
    }

    /// <summary>Everything of it may be other than before.</summary>
    public void NoteAll(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        (change.IsMarkMoved, change.IsHeldMoved, change.Owners) = (true, true, AllOwners);
        Version++;
        if (change.Listing != _all) List(ref change, instrument, _all);
    }

    /// <summary>Something else changed by which numbers are read.</summary>
    public void NoteOther() => Version++;

    /// <summary>What moved in an instrument, which counts as looked at from here on. One of the readers may ask.</summary>
    /// <returns>Whether the mark did; whether what somebody holds did; the owners of which something did.</returns>
    public (bool IsMarkMoved, bool IsHeldMoved, ulong Owners) Take(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        (bool, bool, ulong) taken = (change.IsMarkMoved, change.IsHeldMoved, change.Owners);
        (change.IsMarkMoved, change.IsHeldMoved, change.Owners) = (false, false, 0);
        return taken;
    }

    // ---- the readers'

    internal void Watch(InstrumentId instrument, byte reader, bool isWatched)
    {
        ref Change change = ref At(instrument);
        change.Watching = isWatched ? (byte)(change.Watching | reader) : (byte)(change.Watching & ~reader);
    }

    internal void Unlist(ReadOnlySpan<InstrumentId> listed, byte reader)
    {
        foreach (InstrumentId instrument in listed) _changes[instrument.Index].Listing &= (byte)~reader;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Change At(InstrumentId instrument)
    {
        if (instrument.Index >= _changes.Length) Grow(instrument.Index + 1);
        return ref _changes[instrument.Index];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref _changes, Math.Max(count, _changes.Length * 2));

    private void List(ref Change change, InstrumentId instrument, byte readers)
    {
        foreach (ChangeReader reader in _readers)
            if ((readers & ~change.Listing & reader.Bit) != 0) reader.Add(instrument);
        change.Listing |= readers;
    }

    private struct Change
    {
        public ulong Owners;
        public bool IsMarkMoved, IsHeldMoved;
        public byte Watching, Listing;      // a bit for each reader
    }
}
