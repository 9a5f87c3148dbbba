using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>In which instruments something moved that sums over instruments depend on: a mark, or what an owner holds or may still trade there. Who keeps such sums looks only at these.</summary>
/// <remarks>An instrument that is not watched (nobody holds anything there, nothing is live) is not listed when its mark moves: that is the most frequent change by far.</remarks>
internal sealed class ExposureChanges
{
    /// <summary>Stands for all owners: more than a mask tells apart.</summary>
    internal const ulong AllOwners = ulong.MaxValue;

    private Change[] _changes = [];
    private InstrumentId[] _listed = new InstrumentId[16];
    private int _count;

    /// <summary>Those in which something moved since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<InstrumentId> Listed => _listed.AsSpan(0, _count);

    /// <summary>Bit 0: the account; bit n + 1: strategy n.</summary>
    /// <param name="owner">−1 for the account.</param>
    public static ulong MaskOf(int owner) => owner < 63 ? 1ul << (owner + 1) : AllOwners;

    public void NoteMark(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        change.IsMarkMoved = true;
        if (change.IsWatched && !change.IsListed) List(ref change, instrument);
    }

    /// <summary>What an owner may still trade, or how many orders it has, moved, and with it the account's.</summary>
    /// <param name="owner">−1 where only the account's did.</param>
    public void NoteLive(int owner, InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        change.Owners |= MaskOf(owner) | MaskOf(-1);
        if (!change.IsListed) List(ref change, instrument);
    }

    /// <summary>What an owner holds moved, and with it the account's.</summary>
    /// <param name="owner">−1 where only the account's did.</param>
    public void NoteHeld(int owner, InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        change.Owners |= MaskOf(owner) | MaskOf(-1);
        change.IsHeldMoved = true;
        if (!change.IsListed) List(ref change, instrument);
    }

    /// <summary>Everything of it may be other than before.</summary>
    public void NoteAll(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        (change.IsMarkMoved, change.IsHeldMoved, change.Owners) = (true, true, AllOwners);
        if (!change.IsListed) List(ref change, instrument);
    }

    /// <summary>What moved in an instrument, which counts as looked at from here on.</summary>
    /// <returns>Whether the mark did; whether what somebody holds did; the owners of which something did.</returns>
    public (bool IsMarkMoved, bool IsHeldMoved, ulong Owners) Take(InstrumentId instrument)
    {
        ref Change change = ref At(instrument);
        (bool, bool, ulong) taken = (change.IsMarkMoved, change.IsHeldMoved, change.Owners);
        (change.IsMarkMoved, change.IsHeldMoved, change.Owners) = (false, false, 0);
        return taken;
    }

    /// <summary>Moves of its mark are listed from here on, or no longer.</summary>
    public void Watch(InstrumentId instrument, bool isWatched) => At(instrument).IsWatched = isWatched;

    /// <summary>All that is listed was looked at.</summary>
    public void Clear()
    {
        foreach (InstrumentId instrument in Listed) _changes[instrument.Index].IsListed = false;
        _count = 0;
    }

    private ref Change At(InstrumentId instrument)
    {
        if (instrument.Index >= _changes.Length) Array.Resize(ref _changes, Math.Max(instrument.Index + 1, _changes.Length * 2));
        return ref _changes[instrument.Index];
    }

    private void List(ref Change change, InstrumentId instrument)
    {
        change.IsListed = true;
        if (_count == _listed.Length) Array.Resize(ref _listed, _count * 2);
        _listed[_count++] = instrument;
    }

    private struct Change
    {
        public ulong Owners;
        public bool IsMarkMoved, IsHeldMoved, IsListed, IsWatched;
    }
}
