using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// The money of one account: what its owners hold, what it is worth, how it got there. Equity = start + realised + unrealised − fees, exactly,
/// because each of the four is a whole number of 1e-9.
/// </summary>
/// <remarks>
/// Realised money of a fill is the difference of the rounded totals before and after it, so that rounding to 1e-9 never adds up over fills.
/// Equity is revalued only when the mid of an instrument with a position moved; between fills that is integer arithmetic.
/// </remarks>
public sealed class Account
{
    private readonly Holdings[] _strategies;
    private readonly Int128 _startNanos;
    private Terms[] _terms = [];
    private Mark[] _marks = [];
    private Int128 _settledNanos;
    private Int128 _unrealizedNanos;

    /// <param name="start">Equity at the start, a whole number of 1e-9.</param>
    /// <param name="strategies">How many strategies own a part of it.</param>
    /// <exception cref="ArgumentException">The start is finer than 1e-9.</exception>
    public Account(CurrencyCode currency, decimal start, int strategies)
    {
        decimal nanos = checked(start * Price.Scale);
        if (decimal.Truncate(nanos) != nanos) throw new ArgumentException($"An account starts with whole units of 1e-9; {start} is finer.", nameof(start));
        Currency = currency;
        Start = start;
        _startNanos = _settledNanos = (Int128)nanos;
        _strategies = new Holdings[strategies];
        for (int i = 0; i < strategies; i++) _strategies[i] = new Holdings();
        Curve = new EquityCurve(_startNanos);
    }

    public CurrencyCode Currency { get; }

    /// <summary>Equity before the first fill.</summary>
    public decimal Start { get; }

    /// <summary>Executions of orders that are not ours.</summary>
    public Holdings External { get; } = new();

    public EquityCurve Curve { get; }

    /// <summary>Executions that the account cannot value. In an instrument that it cannot hold (<see cref="Terms.IsSupported"/>) the position moved, the money
    /// did not. Where the position would grow beyond the range that money is computed in, nothing moved: no order of ours leads there, only nonsense does.</summary>
    public long UnvaluedFills { get; private set; }

    public decimal Realized => Sum(static owner => owner.Ledger.Realized);
    public decimal Fees => Sum(static owner => owner.Ledger.Fees);
    public decimal Cash => Start + Sum(static owner => owner.Ledger.CashMoved);
    public decimal Unrealized => ToMoney(_unrealizedNanos);
    public decimal Equity => Start + Realized + Unrealized - Fees;

    public Holdings Strategy(int strategy) => _strategies[strategy];

    /// <summary>Terms of an instrument that was defined.</summary>
    public Terms Terms(InstrumentId instrument) => _terms[instrument.Index];

    /// <summary>What all owners together hold, external included; signed, units of 1e-9.</summary>
    public Int128 Held(InstrumentId instrument)
    {
        Int128 held = External.Quantity(instrument).Nanos;
        foreach (Holdings owner in _strategies) held += owner.Quantity(instrument).Nanos;
        return held;
    }

    /// <summary>Takes an instrument's terms before anything else of it; a change revalues what is held.</summary>
    public void Define(in InstrumentDefinition definition)
    {
        int index = definition.Header.Instrument.Index;
        if (index >= _terms.Length)
        {
            int length = Math.Max(index + 1, _terms.Length * 2);
            Array.Resize(ref _terms, length);
            Array.Resize(ref _marks, length);
        }
        _terms[index] = Portfolio.Terms.Of(definition, Currency);
        if (_marks[index].HasPosition) Revalue(definition.Header.Instrument);
    }

    /// <summary>Takes the best prices after a complete venue event. A stale book, one without two sides, or a crossed one, is not to be reported: the last good mid stands.</summary>
    public void MarkTo(InstrumentId instrument, Price bid, Price ask)
    {
        Invariant.Require((uint)instrument.Index < (uint)_marks.Length, "an instrument's definition comes before its first message");
        ref Mark mark = ref _marks[instrument.Index];
        if (mark.Bid == bid && mark.Ask == ask && mark.IsKnown) return;
        mark.Bid = bid;
        mark.Ask = ask;
        mark.IsKnown = true;
        if (mark.HasPosition) RevalueAndSample(instrument);
    }

    /// <summary>Books one execution for a strategy, or for nobody of ours (−1), and returns the owner's position after it.</summary>
    /// <param name="feeNanos">Units of 1e-9 of the account's currency; negative = rebate.</param>
    public Quantity Book(int strategy, InstrumentId instrument, Side side, Price price, Quantity quantity, long feeNanos)
    {
        Holdings owner = strategy < 0 ? External : _strategies[strategy];
        Position position = owner.Open(instrument).Position;
        Terms terms = _terms[instrument.Index];
        owner.Fills++;
        if (!Fits(position, terms, side, quantity))
        {
            UnvaluedFills++;
            return position.Quantity;
        }
        if (terms.IsSupported)
        {
            Settle(owner.Ledger, position, terms, side, price, quantity, feeNanos);
        }
        else
        {
            UnvaluedFills++;
            position.Book(side, price, quantity);
        }

        ref Mark mark = ref _marks[instrument.Index];
        if (!mark.IsKnown) mark = new Mark { Bid = price, Ask = price, IsKnown = true };      // nothing better is known than what was paid
        mark.HasPosition = HasPosition(instrument);
        RevalueAndSample(instrument);
        return position.Quantity;
    }

    /// <summary>To be called with every input's time before the input is applied: closes UTC days.</summary>
    internal void Advance(Timestamp clock)
    {
        if (Curve.IsDayOver(clock)) Curve.CloseDay(Equity, clock);
    }

    /// <summary>Ends the last day.</summary>
    internal void Finish()
    {
        Curve.Finish(Equity);
        Invariant.Require(Equity == ToMoney(_settledNanos + _unrealizedNanos), "equity is start plus realised plus unrealised less fees");
    }

    internal static decimal ToMoney(Int128 nanos) => (decimal)nanos / Price.Scale;

    private void RevalueAndSample(InstrumentId instrument)
    {
        Revalue(instrument);
        Curve.Sample(_settledNanos + _unrealizedNanos);
    }

    private void Revalue(InstrumentId instrument)
    {
        foreach (Holdings owner in _strategies) Revalue(owner, instrument);
        Revalue(External, instrument);
    }

    private void Revalue(Holdings owner, InstrumentId instrument)
    {
        Holding? holding = owner.Find(instrument);
        Terms terms = _terms[instrument.Index];
        if (holding is null || !terms.IsSupported) return;
        Mark mark = _marks[instrument.Index];
        Int128 value = terms.MoneyNanosOfHalf(holding.Position.TwiceUnrealized(mark.Bid, mark.Ask));
        Int128 change = value - holding.UnrealizedNanos;
        holding.UnrealizedNanos = value;
        owner.UnrealizedNanos += change;
        _unrealizedNanos += change;
    }

    private void Settle(Ledger ledger, Position position, Terms terms, Side side, Price price, Quantity quantity, long feeNanos)
    {
        Int128 realizedBefore = terms.MoneyNanos(position.Realized), costBefore = terms.MoneyNanos(position.Cost);
        position.Book(side, price, quantity);
        Int128 realized = terms.MoneyNanos(position.Realized) - realizedBefore;
        Int128 assets = terms.Kind == InstrumentKind.Spot ? terms.MoneyNanos(position.Cost) - costBefore : 0;
        ledger.Book(ToMoney(realized), ToMoney(feeNanos), ToMoney(assets));
        _settledNanos += realized - feeNanos;
    }

    private static bool Fits(Position position, Terms terms, Side side, Quantity quantity)
    {
        Int128 before = position.Quantity.Nanos, after = before + (Int128)side.Sign() * quantity.Nanos;
        return terms.SizeOf(after) < Portfolio.Terms.SizeMax || Int128.Abs(after) < Int128.Abs(before);
    }

    private bool HasPosition(InstrumentId instrument)
    {
        foreach (Holdings owner in _strategies)
            if (!owner.Quantity(instrument).IsZero) return true;
        return !External.Quantity(instrument).IsZero;
    }

    private decimal Sum(Func<Holdings, decimal> of)
    {
        decimal sum = of(External);
        foreach (Holdings owner in _strategies) sum += of(owner);
        return sum;
    }

    private struct Mark
    {
        public Price Bid;
        public Price Ask;
        public bool IsKnown;
        public bool HasPosition;
    }
}
