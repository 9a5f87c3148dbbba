using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// The money of one account: what its owners hold, what it is worth, how it got there. In each currency equity = start + realised + unrealised − fees, exactly,
/// because each of the four is a whole number of 1e-9. Currencies are added only where a rate was stated.
/// </summary>
/// <remarks>
/// Realised money of a fill is the difference of the rounded totals before and after it, so that rounding to 1e-9 never adds up over fills.
/// Equity is revalued only when the mid of an instrument with a position moved; between fills that is integer arithmetic.
/// </remarks>
public sealed partial class Account
{
    private readonly Holdings[] _strategies;
    private readonly CurrencyRates _rates;
    private readonly List<AccountMoney> _money = [];
    private readonly List<InstrumentHoldings> _traded = [];
    private readonly List<InstrumentHoldings> _open = [];
    private Terms[] _terms = [];
    private Mark[] _marks = [];
    private InstrumentHoldings?[] _byInstrument = [];
    private EquityCurve? _totalCurve;
    private UtcDay _day;
    private Timestamp _dayEnd = Timestamp.Earliest;
    private bool _isDayOpen;
    private bool _isDayLossWatched, _areClosesKept;
    private ExposureChanges? _changes;
    private EquityPeaks _peaks;

    /// <param name="start">Equity at the start, a whole number of 1e-9.</param>
    /// <param name="strategies">How many strategies own a part of it.</param>
    /// <param name="rates">Constant rates into the account's currency; an instrument of a currency without one can be held, but there are no totals then.</param>
    /// <exception cref="ArgumentException">The start is finer than 1e-9, or a rate is not possible.</exception>
    public Account(CurrencyCode currency, decimal start, int strategies, IReadOnlyList<CurrencyRate>? rates = null)
    {
        decimal nanos = checked(start * Price.Scale);
        if (decimal.Truncate(nanos) != nanos) throw new ArgumentException($"An account starts with whole units of 1e-9; {start} is finer.", nameof(start));
        Currency = currency;
        _rates = new CurrencyRates(currency, rates ?? []);
        _money.Add(new AccountMoney(0, currency, (Int128)nanos, Price.Scale));
        _peaks = new EquityPeaks((Int128)nanos);
        _strategies = new Holdings[strategies];
        for (int i = 0; i < strategies; i++) _strategies[i] = new Holdings(currency);
        External = new Holdings(currency);
    }

    public CurrencyCode Currency { get; }

    /// <summary>Money by currency: the account's own, then the others in the order in which something of them was first executed.</summary>
    public IReadOnlyList<AccountMoney> Money => _money;

    /// <summary>Executions of orders that are not ours.</summary>
    public Holdings External { get; }

    /// <summary>Equity in the account's currency.</summary>
    public EquityCurve Curve => _money[0].Curve;

    /// <summary>Executions that the account cannot value. In an instrument that makes no money (<see cref="Terms.IsSupported"/>), or that since it was first traded
    /// was given another currency or formula, the position moved, the money did not. An execution of an inverse instrument at a price that is not above zero is
    /// taken at its mark (without one, as worth nothing). Where the position would grow beyond the range that money is computed in, nothing moved: no order of ours
    /// leads there, only nonsense does.</summary>
    public long UnvaluedFills { get; private set; }

    // The account's currency: everything there is while no other is in use.
    public decimal Start => _money[0].Ledger.Start;
    public decimal Realized => _money[0].Ledger.Realized;
    public decimal Fees => _money[0].Ledger.Fees;
    public decimal Cash => _money[0].Ledger.Cash;
    public decimal Unrealized => _money[0].Ledger.Unrealized;
    public decimal Equity => _money[0].Ledger.Equity;

    /// <summary>All currencies together, in the account's. Null where a currency in use has no stated rate.</summary>
    public AccountTotals? Totals
    {
        get
        {
            AccountTotals totals = default;
            foreach (AccountMoney money in _money)
            {
                if (money.RateNanos == 0) return null;
                totals = totals.Plus(money.Ledger, money.RateNanos);
            }
            return totals;
        }
    }

    /// <summary>As <see cref="Totals"/>, of one owner.</summary>
    public AccountTotals? TotalsOf(Holdings owner)
    {
        AccountTotals totals = default;
        foreach (AccountMoney money in _money)
        {
            if (owner.LedgerOf(money) is not { } ledger) continue;
            if (money.RateNanos == 0) return null;
            totals = totals.Plus(ledger, money.RateNanos);
        }
        return totals;
    }

    /// <summary>Equity of <see cref="Totals"/>; null where they are.</summary>
    public EquityCurve? TotalCurve => _money.Count == 1 ? Curve : _totalCurve;

    /// <summary>A strategy's holdings, by its number in the order of the configuration.</summary>
    public Holdings Strategy(int strategy) => _strategies[strategy];

    /// <summary>A strategy's holdings, or for −1 the external ones.</summary>
    public Holdings Owner(int strategy) => strategy < 0 ? External : _strategies[strategy];

    /// <summary>Terms of an instrument that was defined.</summary>
    public Terms Terms(InstrumentId instrument) => _terms[instrument.Index];

    /// <summary>What all owners together hold, external included; signed, units of 1e-9.</summary>
    public Int128 Held(InstrumentId instrument) => Find(instrument)?.ExecutedNanos ?? 0;

    /// <summary>The last good best prices; false when no market was seen yet.</summary>
    public bool TryMarket(InstrumentId instrument, out Price bid, out Price ask)
    {
        Mark mark = _marks[instrument.Index];
        (bid, ask) = (mark.Bid, mark.Ask);
        return mark.IsQuoted;
    }

    /// <summary>Sum of |position| × mark × multiplier over the instruments of a currency, in that currency (inverse: |contracts| × multiplier / mark). Positions of
    /// different owners in one position side are added before their sign is dropped.</summary>
    public decimal GrossNotional(CurrencyCode currency)
    {
        Int128 sum = 0;
        foreach (InstrumentHoldings traded in _open)
            if (_terms[traded.Instrument.Index].Currency == currency) sum += NotionalNanos(traded.Instrument, traded.GrossNanos);
        return Ledger.ToMoney(sum);
    }

    /// <summary>As <see cref="GrossNotional(CurrencyCode)"/>, of one owner.</summary>
    /// <param name="strategy">−1 for external.</param>
    public decimal GrossNotional(int strategy, CurrencyCode currency)
    {
        Int128 sum = 0;
        foreach (InstrumentHoldings traded in _open)
            if (_terms[traded.Instrument.Index].Currency == currency) sum += NotionalNanos(traded.Instrument, Owner(strategy).GrossNanos(traded.Instrument));
        return Ledger.ToMoney(sum);
    }

    /// <summary>Every position that there ever was: by strategy, external last, then by instrument and position side.</summary>
    public IReadOnlyList<AccountPosition> Positions()
    {
        List<AccountPosition> positions = [];
        for (int strategy = 0; strategy < _strategies.Length; strategy++) Add(positions, strategy, _strategies[strategy]);
        Add(positions, -1, External);
        return positions;
    }

    /// <summary>Takes an instrument's terms before anything else of it; a change revalues what is held. What was traded keeps its currency and its formula.</summary>
    public void Define(in InstrumentDefinition definition)
    {
        InstrumentId instrument = definition.Header.Instrument;
        int index = instrument.Index;
        if (index >= _terms.Length)
        {
            int length = Math.Max(index + 1, _terms.Length * 2);
            Array.Resize(ref _terms, length);
            Array.Resize(ref _marks, length);
            Array.Resize(ref _byInstrument, length);
        }
        Terms terms = Portfolio.Terms.Of(definition, Currency);
        if (_byInstrument[index] is { } traded && IsOtherMoney(terms, _terms[index], traded)) terms = _terms[index] with { IsSupported = false };
        _terms[index] = terms;
        ref Mark mark = ref _marks[index];
        mark.IsPositive = terms.IsInverse;
        if (terms.IsInverse && mark.Bid.Nanos <= 0) mark.IsKnown = mark.IsQuoted = false;
        _changes?.NoteAll(instrument);
        if (mark.HasPosition) RevalueAndSample(instrument);
    }

    /// <summary>Takes the best prices after a complete venue event. A stale book, one without two sides, or a crossed one, is not to be reported: the last good mid
    /// stands. So it does where an inverse instrument's prices are not above zero.</summary>
    public void MarkTo(InstrumentId instrument, Price bid, Price ask)
    {
        Invariant.Require((uint)instrument.Index < (uint)_marks.Length, "an instrument's definition comes before its first message");
        ref Mark mark = ref _marks[instrument.Index];
        if (mark.Bid == bid && mark.Ask == ask && mark.IsQuoted) return;
        if (mark.IsPositive && bid.Nanos <= 0) return;
        mark.Bid = bid;
        mark.Ask = ask;
        mark.IsKnown = mark.IsQuoted = true;
        _changes?.NoteMark(instrument);
        if (mark.HasPosition) RevalueAndSample(instrument);
    }

    /// <summary>Books one execution for a strategy, or for nobody of ours (−1), and returns the position that it moved.</summary>
    /// <param name="feeNanos">Units of 1e-9 of the instrument's money; negative = rebate.</param>
    /// <param name="positionSide">At venues that keep both directions apart; a word that does not exist means net.</param>
    public Holding Book(
        int strategy, InstrumentId instrument, Side side, Price price, Quantity quantity, long feeNanos, PositionSide positionSide = PositionSide.Net)
    {
        Terms terms = _terms[instrument.Index];
        Holdings owner = Owner(strategy);
        Holding holding = owner.Open(instrument, positionSide <= PositionSide.Short ? positionSide : PositionSide.Net, terms.IsInverse);
        owner.Fills++;
        if (!Fits(holding.Position, terms, side, quantity))
        {
            UnvaluedFills++;
            return holding;
        }
        ref Mark mark = ref _marks[instrument.Index];
        bool isValued = terms.IsSupported && (!terms.IsInverse || price.Nanos > 0);
        if (!isValued) UnvaluedFills++;
        if (terms.IsInverse && price.Nanos <= 0 && mark.IsKnown) price = mark.Bid;
        Move(holding, terms, side, price, quantity, feeNanos);

        bool isUsable = !terms.IsInverse || price.Nanos > 0;
        if (!mark.IsKnown && isUsable)
        {
            (mark.Bid, mark.Ask, mark.IsKnown) = (price, price, true);      // nothing better is known than what was paid
            _changes?.NoteMark(instrument);
        }
        _changes?.NoteHeld(strategy, instrument);
        RevalueAndSample(instrument, holding);
        return holding;
    }

    /// <summary>When the current UTC day ends; the earliest time before the first.</summary>
    internal Timestamp DayEnd => _dayEnd;

    /// <summary>To be called with every input's time before the input is applied: closes UTC days.</summary>
    internal void Advance(Timestamp clock)
    {
        if (clock >= _dayEnd) BeginDay(clock);
        else _isDayOpen = true;      // an earlier session began it
    }

    /// <summary>Ends the last day.</summary>
    internal void Finish()
    {
        AccountLaws.Check(this);
        EndDay();
    }

    internal int StrategyCount => _strategies.Length;

    /// <summary>Every instrument that was traded.</summary>
    internal List<InstrumentHoldings> Traded => _traded;

    /// <summary>Those with a position.</summary>
    internal List<InstrumentHoldings> Open => _open;

    /// <summary>What a quantity is worth at the instrument's mark, without sign: units of 1e-9 of its currency; 0 where it makes no money or has no mark.</summary>
    internal Int128 NotionalNanos(InstrumentId instrument, Int128 quantityNanos)
    {
        Mark mark = _marks[instrument.Index];
        Terms terms = _terms[instrument.Index];
        return terms.IsSupported && mark.IsKnown && quantityNanos != 0 ? terms.NotionalNanos(quantityNanos, mark.Bid, mark.Ask) : 0;
    }

    /// <summary>A definition of it has come.</summary>
    internal bool IsDefined(InstrumentId instrument) => (uint)instrument.Index < (uint)_marks.Length;

    /// <summary>Null where nothing was ever traded.</summary>
    internal InstrumentHoldings? FindTraded(InstrumentId instrument) => Find(instrument);

    /// <summary>Equity at the start in the account's currency, in which alone there was any; units of 1e-9.</summary>
    internal Int128 StartNanos => _money[0].Ledger.StartNanos;

    /// <summary>Twice the mark, units of 1e-9; NaN where there is none.</summary>
    internal double TwiceMidNanos(InstrumentId instrument)
    {
        Mark mark = _marks[instrument.Index];
        return mark.IsKnown ? (double)((Int128)mark.Bid.Nanos + mark.Ask.Nanos) : double.NaN;
    }

    internal bool HasPosition(InstrumentId instrument) => _marks[instrument.Index].HasPosition;

    /// <summary>What all owners together hold in a position side; signed, units of 1e-9.</summary>
    internal Int128 Held(InstrumentId instrument, PositionSide side) => Find(instrument)?.Held(side) ?? 0;

    /// <summary>Sum over position sides of what all owners together hold there, without sign; units of 1e-9.</summary>
    internal Int128 GrossNanos(InstrumentId instrument) => Find(instrument)?.GrossNanos ?? 0;

    /// <summary>There is a price by which <see cref="NotionalNanos"/> can go.</summary>
    internal bool HasMark(InstrumentId instrument) => _marks[instrument.Index].IsKnown;

    /// <summary>Units of the account's currency per unit of another, in 1e-9; 0 where no rate was stated.</summary>
    internal long RateNanos(CurrencyCode currency) => _rates.Of(currency);

    /// <summary>How much less the equity of the account, or of one strategy, is than at the start of the UTC day, in the account's currency; below zero when it is
    /// more. Money of a currency without a rate is left out.</summary>
    /// <param name="owner">Null for the account.</param>
    internal Int128 DayFallNanos(Holdings? owner)
    {
        Int128 sum = 0;
        foreach (AccountMoney money in _money)
        {
            Ledger? ledger = owner is null ? money.Ledger : owner.LedgerOf(money);
            if (ledger is not null && money.RateNanos != 0) sum += CurrencyRates.Convert(ledger.DayFallNanos, money.RateNanos);
        }
        return sum;
    }

    /// <summary>Equity of the account, or what one strategy has made of it, in the account's currency, units of 1e-9. Money of a currency without a rate is left out.</summary>
    /// <param name="owner">Null for the account.</param>
    internal Int128 EquityNanos(Holdings? owner)
    {
        if (_money.Count == 1) return (owner?.Ledger ?? _money[0].Ledger).EquityNanos;
        Int128 sum = 0;
        foreach (AccountMoney money in _money)
        {
            Ledger? ledger = owner is null ? money.Ledger : owner.LedgerOf(money);
            if (ledger is not null && money.RateNanos != 0) sum += CurrencyRates.Convert(ledger.EquityNanos, money.RateNanos);
        }
        return sum;
    }

    /// <summary>The highest that <see cref="EquityNanos"/> was.</summary>
    /// <param name="owner">Null for the account.</param>
    internal EquityPeaks PeaksOf(Holdings? owner) => owner?.Peaks ?? _peaks;

    /// <summary>The largest loss of the day so far, unrealised profit included, in the account's currency, units of 1e-9; only where it is watched.</summary>
    internal Int128 DeepestDayLossNanos { get; private set; }

    /// <summary>From here on it is told in which instruments a mark or a holding moved.</summary>
    internal void TellChanges(ExposureChanges changes) => _changes = changes;

    /// <summary>From here on the last good prices of each UTC day are kept over the next.</summary>
    internal void KeepCloses() => _areClosesKept = true;

    /// <summary>The last good best prices before the current UTC day; false when there were none, or they are not kept.</summary>
    internal bool TryClose(InstrumentId instrument, out Price bid, out Price ask)
    {
        Mark mark = _marks[instrument.Index];
        (bid, ask) = (mark.CloseBid, mark.CloseAsk);
        return mark.HasClose;
    }

    /// <summary>Twice the mid by which positions are valued, units of 1e-9; false when there is none.</summary>
    internal bool TryTwiceMark(InstrumentId instrument, out Int128 twiceMid)
    {
        Mark mark = _marks[instrument.Index];
        twiceMid = (Int128)mark.Bid.Nanos + mark.Ask.Nanos;
        return mark.IsKnown;
    }

    /// <summary>From here on the deepest loss of each day is noted, for the account and each strategy.</summary>
    internal void WatchDayLoss() => _isDayLossWatched = true;

    private void Move(Holding holding, Terms terms, Side side, Price price, Quantity quantity, long feeNanos)
    {
        Position position = holding.Position;
        bool wasFlat = position.Quantity.IsZero;
        long signed = side.Sign() * quantity.Nanos;
        InstrumentHoldings traded = Find(holding.Instrument) ?? AddTraded(holding.Instrument);
        if (terms.IsSupported) Settle(holding, traded, terms, side, price, quantity, feeNanos);
        else position.Book(side, price, quantity);
        traded.Note(holding, wasFlat, signed, position.ValueOf(signed, price));
        NoteOpen(traded);
        Invariant.Require(OwnersHold(holding.Instrument) == traded.ExecutedNanos, "the owners' positions are the sum of the executions");
    }

    private void Settle(Holding holding, InstrumentHoldings traded, Terms terms, Side side, Price price, Quantity quantity, long feeNanos)
    {
        AccountMoney money = traded.Money ??= MoneyOf(terms.Currency);
        Ledger ledger = holding.OpenLedger(money);
        Position position = holding.Position;
        Int128 realizedBefore = terms.MoneyNanos(position.Realized), costBefore = terms.MoneyNanos(position.Cost);
        position.Book(side, price, quantity);
        Int128 realized = terms.MoneyNanos(position.Realized) - realizedBefore;
        Int128 assets = terms.Kind == InstrumentKind.Spot ? terms.MoneyNanos(position.Cost) - costBefore : 0;
        holding.Settle(realized, feeNanos);
        ledger.Settle(realized, feeNanos, assets);
        money.Ledger.Settle(realized, feeNanos, assets);
        money.SettledNanos += realized - feeNanos;
    }

    private void RevalueAndSample(InstrumentId instrument, Holding? moved = null)
    {
        InstrumentHoldings traded = _byInstrument[instrument.Index]!;
        Terms terms = _terms[instrument.Index];
        if (traded.Money is null && !terms.IsSupported) return;
        AccountMoney money = traded.Money ??= MoneyOf(terms.Currency);
        Mark mark = _marks[instrument.Index];
        foreach (Holding holding in traded.Open) Revalue(holding, money, terms, mark);
        if (moved is not null && moved.Position.Quantity.IsZero) Revalue(moved, money, terms, mark);
        money.Curve.Sample(money.Ledger.EquityNanos);
        if (_money.Count > 1) SampleTotals();
        SamplePeaks(traded, moved);
        if (_isDayLossWatched) NoteDayLoss();
    }

    private static void Revalue(Holding holding, AccountMoney money, Terms terms, Mark mark)
    {
        bool hasWorth = terms.IsSupported && mark.IsKnown && !holding.Position.Quantity.IsZero;
        Int128 change = holding.Revalue(hasWorth ? terms.MoneyNanosOfHalf(holding.Position.TwiceUnrealized(mark.Bid, mark.Ask)) : 0);
        holding.OpenLedger(money).Revalue(change);
        money.Ledger.Revalue(change);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SampleTotals()
    {
        if (_totalCurve is not null && Totals is { } totals) _totalCurve.Sample(totals.EquityNanos);
    }

    /// <summary>A peak is passed between two looks at it: it is noted whenever something is worth more or less.</summary>
    private void SamplePeaks(InstrumentHoldings traded, Holding? moved)
    {
        _peaks.Sample(EquityNanos(null));
        foreach (Holding holding in traded.Open) holding.Owner.Peaks.Sample(EquityNanos(holding.Owner));
        if (moved is not null && moved.Position.Quantity.IsZero) moved.Owner.Peaks.Sample(EquityNanos(moved.Owner));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteDayLoss()
    {
        DeepestDayLossNanos = Int128.Max(DeepestDayLossNanos, DayFallNanos(null));
        foreach (Holdings owner in _strategies) owner.DeepestDayLossNanos = Int128.Max(owner.DeepestDayLossNanos, DayFallNanos(owner));
    }

    private InstrumentHoldings? Find(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_byInstrument.Length ? _byInstrument[instrument.Index] : null;

    private InstrumentHoldings AddTraded(InstrumentId instrument)
    {
        InstrumentHoldings traded = new(instrument);
        _byInstrument[instrument.Index] = traded;
        _traded.Add(traded);
        return traded;
    }

    private void NoteOpen(InstrumentHoldings traded)
    {
        ref bool hasPosition = ref _marks[traded.Instrument.Index].HasPosition;
        bool hadPosition = hasPosition;
        hasPosition = traded.Open.Length > 0;
        if (hasPosition && !hadPosition) _open.Add(traded);
        else if (hadPosition && !hasPosition) _open.Remove(traded);
    }

    private AccountMoney MoneyOf(CurrencyCode currency)
    {
        foreach (AccountMoney money in _money)
            if (money.Currency == currency) return money;
        AccountMoney added = new(_money.Count, currency, 0, _rates.Of(currency));
        // Until now the totals were those of the currencies so far: the curve goes on from there.
        EquityCurve? before = TotalCurve;
        _totalCurve = added.RateNanos == 0 || before is null ? null : _money.Count == 1 ? new EquityCurve(before) : before;
        _money.Add(added);
        return added;
    }

    private static bool IsOtherMoney(Terms terms, Terms before, InstrumentHoldings traded) =>
        terms.IsInverse != before.IsInverse || (traded.Money is { } money && money.Currency != terms.Currency);

    private static bool Fits(Position position, Terms terms, Side side, Quantity quantity)
    {
        Int128 before = position.Quantity.Nanos, after = before + (Int128)side.Sign() * quantity.Nanos;
        return !terms.IsTooLarge(after) || Int128.Abs(after) < Int128.Abs(before);
    }

    private Int128 OwnersHold(InstrumentId instrument)
    {
        Int128 held = External.Quantity(instrument).Nanos;
        foreach (Holdings owner in _strategies) held += owner.Quantity(instrument).Nanos;
        return held;
    }

    private void BeginDay(Timestamp clock)
    {
        AccountLaws.Check(this);
        EndDay();
        _day = UtcDay.Of(clock);
        _dayEnd = _day.End;
        _isDayOpen = true;
        DeepestDayLossNanos = 0;
        foreach (AccountMoney money in _money) money.Ledger.BeginDay();
        foreach (Holdings owner in _strategies) owner.BeginDay();
        External.BeginDay();
        _peaks.BeginDay(EquityNanos(null));
        foreach (Holdings owner in _strategies) owner.Peaks.BeginDay(EquityNanos(owner));
        _changes?.NoteOther();
        if (!_areClosesKept) return;
        foreach (ref Mark mark in _marks.AsSpan())
            if (mark.IsQuoted) (mark.CloseBid, mark.CloseAsk, mark.HasClose) = (mark.Bid, mark.Ask, true);
    }

    private void EndDay()
    {
        if (!_isDayOpen) return;
        _isDayOpen = false;
        foreach (AccountMoney money in _money) money.Curve.EndDay(_day.Number, money.Ledger.Equity);
        if (_totalCurve is not null && Totals is { } totals) _totalCurve.EndDay(_day.Number, totals.Equity);
    }

    private static void Add(List<AccountPosition> positions, int strategy, Holdings owner)
    {
        foreach (Holding holding in owner.All()) positions.Add(AccountPosition.Of(strategy, holding));
    }

    private struct Mark
    {
        public Price Bid;
        public Price Ask;

        /// <summary>There are prices: of the market, or of our first execution before any market was seen.</summary>
        public bool IsKnown;

        /// <summary>They are of the market.</summary>
        public bool IsQuoted;

        /// <summary>The last good ones before the current day.</summary>
        public Price CloseBid;
        public Price CloseAsk;
        public bool HasClose;

        /// <summary>Only prices above zero can be valued.</summary>
        public bool IsPositive;

        public bool HasPosition;
    }
}
