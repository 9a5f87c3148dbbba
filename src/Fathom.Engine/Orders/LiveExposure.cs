using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>What the live orders may still buy and sell, by instrument, of each strategy and of the account. An order counts in full from its approval until it is
/// terminal, whether or not the venue has answered: that is the reservation of its approval. One that we hold reserves nothing before it leaves. Those that the venue lets do nothing but
/// make a position smaller are counted apart: together they take it to nothing at most.</summary>
public sealed class LiveExposure
{
    private readonly List<InstrumentId> _live = [];
    private readonly Leaves _account = new(), _allReducing = new();
    private Leaves[] _strategies = [];
    private Leaves[] _reducing = [];
    private int[][] _counts = [];
    private int[] _accountCounts = [];

    /// <summary>Takes what moves, here and in what is held.</summary>
    internal ExposureChanges Changes { get; } = new();

    /// <summary>Leaves of all live orders of a side, units of 1e-9.</summary>
    public Quantity this[InstrumentId instrument, Side side] => new(_account.Of(instrument, side));

    /// <summary>As the other, of one strategy's orders.</summary>
    public Quantity this[int strategy, InstrumentId instrument, Side side] =>
        (uint)strategy < (uint)_strategies.Length ? new Quantity(_strategies[strategy].Of(instrument, side)) : Quantity.Zero;

    /// <summary>Leaves of a strategy's orders of a side that only reduce, by the venue's own watch.</summary>
    public Quantity Reducing(int strategy, InstrumentId instrument, Side side) =>
        (uint)strategy < (uint)_reducing.Length ? new Quantity(_reducing[strategy].Of(instrument, side)) : Quantity.Zero;

    /// <summary>Some strategy has orders there that only reduce, by the venue's own watch.</summary>
    internal bool IsReducing(InstrumentId instrument) => !_allReducing.IsIdle(instrument);

    internal void AddReducing(int strategy, InstrumentId instrument, Side side, long nanos)
    {
        if (strategy >= _strategies.Length) Grow(strategy + 1);
        _reducing[strategy].Add(instrument, side, nanos);
        _allReducing.Add(instrument, side, nanos);
        Changes.NoteLive(strategy, instrument);
    }

    /// <summary>Live orders at the venue, those in doubt included, of a strategy in an instrument.</summary>
    /// <param name="strategy">−1: of all strategies together.</param>
    internal int Count(int strategy, InstrumentId instrument)
    {
        int[] counts = strategy < 0 ? _accountCounts : strategy < _counts.Length ? _counts[strategy] : [];
        return (uint)instrument.Index < (uint)counts.Length ? counts[instrument.Index] : 0;
    }

    /// <param name="by">1: one more is live; −1: one less.</param>
    internal void NoteCount(int strategy, InstrumentId instrument, int by)
    {
        if (strategy >= _strategies.Length) Grow(strategy + 1);
        Count(ref _counts[strategy], instrument, by);
        Count(ref _accountCounts, instrument, by);
        Changes.NoteLive(strategy, instrument);
    }

    private static void Count(ref int[] counts, InstrumentId instrument, int by)
    {
        if (instrument.Index >= counts.Length) Array.Resize(ref counts, Math.Max(instrument.Index + 1, counts.Length * 2));
        counts[instrument.Index] += by;
        Invariant.Require(counts[instrument.Index] >= 0, "no more orders end than lived");
    }

    /// <summary>The instruments in which something may still be bought or sold.</summary>
    internal List<InstrumentId> Live => _live;

    internal void Reserve(int strategy, InstrumentId instrument, Side side, Quantity leaves)
    {
        if (strategy >= _strategies.Length) Grow(strategy + 1);
        bool wasIdle = _account.IsIdle(instrument);
        _account.Add(instrument, side, leaves.Nanos);
        _strategies[strategy].Add(instrument, side, leaves.Nanos);
        if (wasIdle && !_account.IsIdle(instrument)) _live.Add(instrument);
        Changes.NoteLive(strategy, instrument);
    }

    /// <summary>What may still be filled of orders that are not ours counts for the account alone.</summary>
    internal void ReserveExternal(InstrumentId instrument, Side side, long nanos)
    {
        bool wasIdle = _account.IsIdle(instrument);
        _account.Add(instrument, side, nanos);
        bool isIdle = _account.IsIdle(instrument);
        if (wasIdle && !isIdle) _live.Add(instrument);
        else if (!wasIdle && isIdle) _live.Remove(instrument);
        Changes.NoteLive(-1, instrument);
    }

    internal void Release(int strategy, InstrumentId instrument, Side side, Quantity leaves)
    {
        bool wasIdle = _account.IsIdle(instrument);
        _account.Add(instrument, side, -leaves.Nanos);
        _strategies[strategy].Add(instrument, side, -leaves.Nanos);
        if (!wasIdle && _account.IsIdle(instrument)) _live.Remove(instrument);
        Changes.NoteLive(strategy, instrument);
    }

    private void Grow(int length)
    {
        int before = _strategies.Length;
        Array.Resize(ref _strategies, length);
        Array.Resize(ref _reducing, length);
        Array.Resize(ref _counts, length);
        for (int i = before; i < length; i++) (_strategies[i], _reducing[i], _counts[i]) = (new Leaves(), new Leaves(), []);
    }

    /// <summary>An instrument's two sides stand side by side.</summary>
    private sealed class Leaves
    {
        private long[] _nanos = [];

        public long Of(InstrumentId instrument, Side side)
        {
            int at = At(instrument, side);
            return (uint)at < (uint)_nanos.Length ? _nanos[at] : 0;
        }

        public bool IsIdle(InstrumentId instrument) => Of(instrument, Side.Buy) == 0 && Of(instrument, Side.Sell) == 0;

        public void Add(InstrumentId instrument, Side side, long nanos)
        {
            int at = At(instrument, side);
            if (at >= _nanos.Length) Array.Resize(ref _nanos, Math.Max((instrument.Index + 1) * 2, _nanos.Length * 2));
            ref long total = ref _nanos[at];
            total = checked(total + nanos);
            Invariant.Require(total >= 0, "no more is released than was reserved");
        }

        private static int At(InstrumentId instrument, Side side) => instrument.Index * 2 + (side == Side.Buy ? 0 : 1);
    }
}
