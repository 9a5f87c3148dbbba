using System.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>
/// What each owner and each scope has at its worst, summed over instruments and kept up to date by differences: a judgement looks only at the instruments in which something moved since
/// the last one. The sums are whole numbers, so that adding and taking away leaves nothing behind, however long a run is.
/// </summary>
/// <remarks>An instrument's part of an owner is one cell. The account's cells are also the parts of the instrument's own scope, its product and its groups.</remarks>
internal sealed class ExposureSums
{
    private readonly Account _account;
    private readonly WorstPositions _positions;
    private readonly ScopeTable _scopes;
    private readonly ExposureChanges _changes;
    private readonly ChangeReader _changed;
    private readonly int _owners;
    private Cell[] _cells = [];      // an instrument's owners stand side by side, the account first
    private Instrument[] _instruments = [];

    public ExposureSums(Account account, LiveExposure exposure, WorstPositions positions, ScopeTable scopes)
    {
        (_account, _positions, _scopes) = (account, positions, scopes);
        _owners = account.StrategyCount + 1;
        _changes = exposure.Changes;
        _changed = _changes.NewReader();
        account.TellChanges(_changes);
    }

    /// <summary>Brings everything to what it is now.</summary>
    public void Refresh()
    {
        foreach (InstrumentId instrument in _changed.Listed) Refresh(instrument);
        _changed.Clear();
    }

    /// <summary>As the other, and the worth of one instrument too, in which there may be nothing.</summary>
    public void RefreshFor(InstrumentId instrument)
    {
        Refresh();
        if (instrument.Index >= _instruments.Length || !_instruments[instrument.Index].IsKnown) _changes.NoteAll(instrument);
        Refresh(instrument);
    }

    /// <summary>An owner's part in an instrument, as it was at the last refresh.</summary>
    public ref readonly Cell Of(int owner, InstrumentId instrument) => ref _cells[instrument.Index * _owners + owner + 1];

    /// <summary>What a quantity of an instrument is worth at its mark, in the account's currency.</summary>
    public UnitValue Unit(InstrumentId instrument) => _instruments[instrument.Index].Unit;

    /// <summary>What a quantity is worth at another price than the mark.</summary>
    public UnitValue UnitAt(InstrumentId instrument, Price price) => _instruments[instrument.Index].PerMark.At(2 * (Int128)price.Nanos, _account.Terms(instrument).IsInverse);

    private void Refresh(InstrumentId instrument)
    {
        (bool isMarkMoved, bool isHeldMoved, ulong moved) = _changes.Take(instrument);
        if (!isMarkMoved && moved == 0) return;
        if (instrument.Index >= _instruments.Length) Grow(instrument.Index + 1);
        ref Instrument of = ref _instruments[instrument.Index];
        if (moved == ExposureChanges.AllOwners || !of.IsKnown) Define(ref of, instrument);
        if (isMarkMoved) of.Unit = _account.TryTwiceMark(instrument, out Int128 twiceMid) ? of.PerMark.At(twiceMid, of.IsInverse) : default;
        ulong due = isMarkMoved ? moved | of.Busy : moved;
        if (due == ExposureChanges.AllOwners || _owners > 64)
            for (int owner = -1; owner < _owners - 1; owner++) Refresh(ref of, instrument, owner, (moved & ExposureChanges.MaskOf(owner)) != 0, isHeldMoved);
        else
            for (; due != 0; due &= due - 1)
            {
                int owner = BitOperations.TrailingZeroCount(due) - 1;
                Refresh(ref of, instrument, owner, (moved & (1ul << (owner + 1))) != 0, isHeldMoved);
            }
        _changed.Watch(instrument, of.Busy != 0);
    }

    private void Define(ref Instrument of, InstrumentId instrument)
    {
        Terms terms = _account.Terms(instrument);
        of.PerMark = UnitValue.PerMark(terms, _account.RateNanos(terms.Currency));
        of.IsInverse = terms.IsInverse;
        of.Scopes = _scopes.Of(instrument).Scopes;
        of.IsKnown = true;
    }

    private void Refresh(ref Instrument of, InstrumentId instrument, int owner, bool isMoved, bool isHeldMoved)
    {
        ref Cell cell = ref _cells[instrument.Index * _owners + owner + 1];
        Cell before = cell;
        if (isMoved) Count(ref cell, instrument, owner, isHeldMoved);
        cell.Gross = of.Unit.Of(cell.GrossUnits);
        cell.Held = of.Unit.Of(cell.HeldUnits);
        cell.Long = Signed(of.Unit, cell.LongUnits);
        cell.Short = Signed(of.Unit, cell.ShortUnits);
        ulong mask = ExposureChanges.MaskOf(owner);
        if (mask != ExposureChanges.AllOwners) of.Busy = cell.IsIdle ? of.Busy & ~mask : of.Busy | mask;
        else if (!cell.IsIdle) of.Busy = mask;
        if (owner >= 0)
        {
            Add(_scopes.Strategies[owner], in before, in cell);
            return;
        }
        Add(_scopes.Account, in before, in cell);
        foreach (ScopeState scope in of.Scopes) Add(scope, in before, in cell);
    }

    private void Count(ref Cell cell, InstrumentId instrument, int owner, bool isHeldMoved)
    {
        if (isHeldMoved) (cell.HeldUnits, cell.NetUnits) = (_positions.GrossHeld(owner, instrument), _positions.Held(owner, instrument));
        Int128 buys = _positions.Leaves(owner, instrument, Side.Buy), sells = _positions.Leaves(owner, instrument, Side.Sell);
        cell.GrossUnits = cell.HeldUnits + buys + sells;
        cell.LongUnits = cell.NetUnits + buys + _positions.Reduction(owner, instrument, Side.Buy);
        cell.ShortUnits = sells - cell.NetUnits + _positions.Reduction(owner, instrument, Side.Sell);
        cell.Orders = _positions.Orders(owner, instrument);
    }

    private static void Add(ScopeState scope, in Cell before, in Cell cell)
    {
        scope.Gross += cell.Gross - before.Gross;
        scope.Held += cell.Held - before.Held;
        scope.Long += cell.Long - before.Long;
        scope.Short += cell.Short - before.Short;
        scope.LongUnits += cell.LongUnits - before.LongUnits;
        scope.ShortUnits += cell.ShortUnits - before.ShortUnits;
        scope.Orders += cell.Orders - before.Orders;
    }

    /// <summary>Worth of a quantity with its sign.</summary>
    internal static Int128 Signed(UnitValue unit, Int128 quantityNanos) => quantityNanos >= 0 ? unit.Of(quantityNanos) : -unit.Of(-quantityNanos);

    private void Grow(int count)
    {
        int length = Math.Max(count, _instruments.Length * 2);
        Array.Resize(ref _instruments, length);
        Array.Resize(ref _cells, length * _owners);
    }

    /// <summary>An owner's part of the sums in one instrument. Units are of 1e-9 of quantity, the rest is money of the account's currency in units of 1e-9.</summary>
    internal struct Cell
    {
        /// <summary>Held, with its sign.</summary>
        public Int128 NetUnits;

        /// <summary>Held, and with everything live of both sides, without sign.</summary>
        public Int128 HeldUnits, GrossUnits;

        /// <summary>Position with everything live of a side filled, counted in that direction.</summary>
        public Int128 LongUnits, ShortUnits;

        public Int128 Gross, Held, Long, Short;

        public int Orders;

        public readonly bool IsIdle => GrossUnits == 0 && LongUnits == 0 && ShortUnits == 0 && Orders == 0;
    }

    private struct Instrument
    {
        public UnitValue Unit, PerMark;
        public ulong Busy;      // owners of which something is held or live; all of them for one beyond the mask
        public ScopeState[] Scopes;
        public bool IsInverse, IsKnown;
    }
}
