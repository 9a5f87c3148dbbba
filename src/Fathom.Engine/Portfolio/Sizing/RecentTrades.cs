using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>The newest trades of one strategy, from flat to flat by instrument: a position that was built and taken off in ten executions is one trade. Bounded: the oldest goes when a new one comes.</summary>
/// <remarks>A trade of which it has not seen the beginning (a position that an earlier session left, or one that no execution explains) does not count.</remarks>
public sealed class RecentTrades
{
    private readonly double[] _returns;
    private readonly double _scratch;
    private Trip?[] _trips = [];
    private int _next;

    /// <param name="capacity">How many are kept, 1 or more.</param>
    /// <param name="scratchFraction">A return no larger than this, of either sign, is neither a win nor a loss; 0 or more.</param>
    internal RecentTrades(int capacity, double scratchFraction)
    {
        _returns = new double[capacity];
        _scratch = scratchFraction;
    }

    /// <summary>Trades that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Return of a kept trade, after fees.</summary>
    /// <param name="age">0 for the newest, below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none so old.</exception>
    public double this[int age]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(age);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(age, Count);
            return _returns[(_next - 1 - age + 2 * _returns.Length) % _returns.Length];
        }
    }

    /// <summary>What they say together.</summary>
    public TradeStatistics Summarize()
    {
        int wins = 0, losses = 0;
        double won = 0, lost = 0, sum = 0, squares = 0;
        for (int age = 0; age < Count; age++)
        {
            double made = this[age];
            sum += made;
            if (made > _scratch) (wins, won) = (wins + 1, won + made);
            else if (made < -_scratch) (losses, lost) = (losses + 1, lost - made);
        }
        double mean = sum / Count;
        for (int age = 0; age < Count; age++) squares += (this[age] - mean) * (this[age] - mean);
        return new TradeStatistics(wins, losses, Count - wins - losses, won / wins, lost / losses, mean, Count > 1 ? squares / (Count - 1) : double.NaN);
    }

    /// <summary>Takes a return that an earlier session kept; the oldest first.</summary>
    internal void Restore(double made) => Keep(made);

    /// <summary>Takes an execution of the strategy's.</summary>
    /// <param name="fill">With the position after it.</param>
    /// <param name="terms">Of its instrument; one that makes no money has no trades.</param>
    /// <param name="closed">The trade that it ended.</param>
    /// <returns>True when it ended one that counts.</returns>
    internal bool TryClose(in FillEvent fill, Terms terms, out RoundTrip closed)
    {
        closed = default;
        if (!terms.IsSupported) return false;
        Trip trip = TripOf(fill.Header.Instrument, terms);
        long before = unchecked(fill.Position.Nanos - fill.Side.Sign() * fill.Quantity.Nanos);
        trip.IsUnknown |= trip.Position.Quantity.Nanos != before;
        if (trip.IsUnknown)
        {
            if (fill.Position.IsZero) _trips[fill.Header.Instrument.Index] = null;      // from here on everything is known
            return false;
        }
        bool isClosing = Math.Sign(before) == -fill.Side.Sign();
        long closing = isClosing ? Math.Min(Math.Abs(before), fill.Quantity.Nanos) : 0, opening = fill.Quantity.Nanos - closing;
        Int128 closingFee = (Int128)fill.FeeNanos * closing / fill.Quantity.Nanos;
        bool isOver = closing > 0 && trip.Book(fill.Side, fill.Price, closing, closingFee) && TryKeep(trip.End(fill.Header.Instrument), out closed);
        if (opening > 0) trip.Book(fill.Side, fill.Price, opening, fill.FeeNanos - closingFee);
        return isOver;
    }

    private bool TryKeep(RoundTrip trip, out RoundTrip kept)
    {
        kept = trip;
        if (!double.IsFinite(trip.Return)) return false;
        Keep(trip.Return);
        return true;
    }

    private void Keep(double made)
    {
        _returns[_next] = made;
        _next = (_next + 1) % _returns.Length;
        Count = Math.Min(Count + 1, _returns.Length);
    }

    private Trip TripOf(InstrumentId instrument, Terms terms)
    {
        if (instrument.Index >= _trips.Length) Array.Resize(ref _trips, Math.Max(instrument.Index + 1, _trips.Length * 2));
        return _trips[instrument.Index] ??= new Trip(terms);
    }

    /// <summary>An instrument's trade under way.</summary>
    private sealed class Trip(Terms terms)
    {
        private Int128 _fees, _stake, _realizedBefore;

        public Position Position { get; } = new(terms.IsInverse);

        /// <summary>Its beginning was not seen: it counts again once the instrument is flat.</summary>
        public bool IsUnknown { get; set; }

        /// <returns>True where nothing is held any more.</returns>
        public bool Book(Side side, Price price, long nanos, Int128 fee)
        {
            Position.Book(side, price, new Quantity(nanos));
            _fees += fee;
            _stake = Int128.Max(_stake, Int128.Abs(terms.MoneyNanos(Position.Cost)));
            return Position.Quantity.IsZero;
        }

        public RoundTrip End(InstrumentId instrument)
        {
            Int128 realized = terms.MoneyNanos(Position.Realized);
            RoundTrip ended = new(instrument, realized - _realizedBefore - _fees, _stake);
            (_fees, _stake, _realizedBefore) = (0, 0, realized);
            return ended;
        }
    }
}
