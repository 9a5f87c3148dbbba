using System.Globalization;
using System.Numerics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>
/// Keeps the books of a run a second time, by double entry, from nothing but its fills and what the instruments are, and holds what the engine says of positions and money against
/// them at every fill, to the last digit. It shares no code with the engine's account: both were written from <c>docs/decisions/007-money-rounds-at-the-total.md</c>.
/// </summary>
/// <remarks>
/// A fill is booked when it is told; the <see cref="PositionEvent"/> behind it and every <see cref="EquityEvent"/> must then say what the books say. A bust or a correction comes as fills, and so is
/// booked as they are. A position that the engine takes over from a venue is an execution of nobody of ours at the price that the <see cref="DifferenceEvent"/> before it states. After the first difference nothing is compared any more: what
/// follows would only repeat it. Cost: a few microseconds a fill, nothing for anything else.
/// An inverse fill at a price that is not above zero is valued at a mark that fills do not tell: from there on its instrument and its money are not compared (<see cref="UncheckedCount"/>).
/// </remarks>
public sealed class LedgerTwin : IRunObserver
{
    private static readonly BigInteger SizeMax = 2_000_000_000;      // whole units, and money per point: an execution beyond moves nothing
    private static readonly BigInteger Nano = 1_000_000_000;

    private readonly AnalysisOptions _options;
    private readonly SortedDictionary<(ushort Owner, int Instrument, PositionSide Side), TwinHolding> _holdings = [];
    private readonly Dictionary<int, Traded> _traded = [];      // looked up only, never listed
    private readonly Dictionary<CurrencyCode, Books> _books = [];      // likewise
    private FillEvent _fill;
    private TwinHolding? _awaited;      // whose position has to be told next
    private Price _takenOverAt = Price.None;

    /// <param name="options">Names, instruments and the account's currency.</param>
    /// <param name="start">The account's equity at its beginning.</param>
    public LedgerTwin(AnalysisOptions options, decimal start)
    {
        _options = options;
        BigInteger nanos = new(start * Price.Scale);
        BooksOf(options.Currency).Money.Post((TwinAccount.Cash, nanos), (TwinAccount.Capital, -nanos));
    }

    /// <summary>Executions that were booked.</summary>
    public long FillCount { get; private set; }

    /// <summary>Those of them whose position and money were compared.</summary>
    public long CheckedCount { get; private set; }

    /// <summary>Those that could not be.</summary>
    public long UncheckedCount => FillCount - CheckedCount;

    /// <summary>The first; null while all is equal.</summary>
    public LedgerDifference? Difference { get; private set; }

    /// <summary>Takes a message of the carry-over with which the run goes on, before the run's first event; what does not concern it is passed over.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.CarriedHolding: Begin(in Messages.As<CarriedHolding>(message)); break;
            case MessageType.CarriedMoney: Begin(in Messages.As<CarriedMoney>(message)); break;
        }
    }

    public void OnFill(in FillEvent fill)
    {
        if (Difference is not null) return;
        if (_awaited is not null) Note($"the position of {Owner(_fill.Output.Strategy)} in {Symbol(_fill.Header.Instrument)}", "not told", Text(_awaited.Quantity));
        _fill = fill;
        FillCount++;
        _awaited = Book(fill.Output.Strategy, fill.Header.Instrument, fill.PositionSide, fill.Side, fill.Price, fill.Quantity, fill.FeeNanos);
        if (_awaited is { } holding && !IsUnknown(fill.Header.Instrument)) Compare("position", fill.Output.Strategy, fill.Header.Instrument, fill.Position.Nanos, holding.Quantity);
    }

    public void OnDifference(in DifferenceEvent difference)
    {
        if (difference.Kind == DifferenceKind.PositionDiffers) _takenOverAt = difference.OurPrice;
    }

    public void OnPosition(in PositionEvent position)
    {
        if (Difference is not null) return;
        (ushort owner, InstrumentId instrument) = (position.Output.Strategy, position.Header.Instrument);
        TwinHolding? told = Find(owner, instrument, position.Side);
        bool isTakenOver = _awaited is null && owner == RunAnalysis.ExternalStrategy && !_takenOverAt.IsNone;
        if (isTakenOver) told = TakeOver(in position, told);
        if (_awaited is not null && !ReferenceEquals(told, _awaited))
        {
            Note($"the position of {Owner(_fill.Output.Strategy)} in {Symbol(_fill.Header.Instrument)}", $"told as that of {Owner(owner)} in {Symbol(instrument)}", Text(_awaited.Quantity));
            return;
        }
        (_awaited, _takenOverAt) = (null, Price.None);
        if (IsUnknown(instrument)) return;
        if (!isTakenOver) CheckedCount++;
        Compare("position", owner, instrument, position.Quantity.Nanos, told?.Quantity ?? 0);
        Compare("average price", owner, instrument, position.AveragePrice.IsNone ? null : position.AveragePrice.Nanos, told?.AveragePrice);
        Compare("realized profit", owner, instrument, position.RealizedNanos, told?.RealizedNanos ?? 0);
        Compare("fees", owner, instrument, position.FeesNanos, told?.FeesNanos ?? 0);
    }

    public void OnEquity(in EquityEvent equity)
    {
        if (Difference is not null) return;
        Books books = BooksOf(equity.Currency);
        if (books.IsUnknown) return;
        Compare("realized profit", equity.Currency, equity.RealizedNanos, -books.Money[TwinAccount.Realized]);
        Compare("fees", equity.Currency, equity.FeesNanos, books.Money[TwinAccount.Fees]);
        Compare("equity less unrealized profit", equity.Currency, equity.EquityNanos - equity.UnrealizedNanos, books.Money[TwinAccount.Cash] + books.Money[TwinAccount.Holdings]);
    }

    /// <summary>Holds the account's cash at the end against the books.</summary>
    public void CompareCash(CurrencyCode currency, decimal cash)
    {
        if (Difference is not null || BooksOf(currency).IsUnknown) return;
        Compare("cash", currency, new BigInteger(cash * Price.Scale), BooksOf(currency).Money[TwinAccount.Cash]);
    }

    /// <summary>Holds the exact cost and profit of a position at the end, finer than any event says them, against the books.</summary>
    /// <param name="cost">Units of 1e-18, before the multiplier.</param>
    /// <param name="realized">As <paramref name="cost"/>.</param>
    public void CompareExact(ushort owner, InstrumentId instrument, PositionSide side, Int128 cost, Int128 realized)
    {
        if (Difference is not null || IsUnknown(instrument)) return;
        TwinHolding? holding = Find(owner, instrument, side);
        CompareFine("exact cost", owner, instrument, cost, holding?.Cost ?? 0);
        CompareFine("exact realized profit", owner, instrument, realized, holding?.Realized ?? 0);
    }

    private void Begin(in CarriedHolding carried)
    {
        TwinHolding holding = new(carried.IsInverse != 0);
        holding.Begin(in carried);
        _holdings.Add((carried.Owner, carried.Header.Instrument.Index, carried.Side), holding);
        TradedOf(carried.Header.Instrument, carried.IsInverse != 0, carried.Currency);
    }

    /// <summary>The carried start takes the place of the stated one.</summary>
    private void Begin(in CarriedMoney carried)
    {
        Books books = new();
        BigInteger start = carried.StartNanos, realized = carried.RealizedNanos, fees = carried.FeesNanos, assets = carried.AssetCostNanos;
        books.Money.Post(
            (TwinAccount.Capital, -start), (TwinAccount.Realized, -realized), (TwinAccount.Fees, fees), (TwinAccount.Holdings, assets),
            (TwinAccount.Cash, start + realized - fees - assets));
        _books[carried.Currency] = books;
    }

    private TwinHolding? Book(ushort owner, InstrumentId instrument, PositionSide side, Side direction, Price price, Quantity quantity, long feeNanos)
    {
        InstrumentDefinition? known = _options.Instrument(instrument);
        Invariant.Require(known.HasValue, "an instrument is defined before it trades");
        InstrumentDefinition definition = known.Value;
        bool isInverse = definition.Kind == InstrumentKind.Inverse;
        TwinHolding holding = Open(owner, instrument, side, isInverse);
        BigInteger signed = new BigInteger(quantity.Nanos) * direction.Sign();
        if (IsBeyond(holding.Quantity, signed, definition.MultiplierNanos)) return holding;

        CurrencyCode currency = definition.Currency.IsNone && !isInverse ? _options.Currency : definition.Currency;
        Traded traded = TradedOf(instrument, isInverse, CurrencyCode.None);
        if (holding.IsInverse && price.Nanos <= 0) traded.IsUnknown = true;
        if (traded.IsUnknown)
        {
            BooksOf(currency).IsUnknown = true;
            return holding;
        }
        bool isValued = definition.MultiplierNanos > 0 && !currency.IsNone && traded.IsInverse == isInverse && (traded.Currency.IsNone || traded.Currency == currency);
        if (isValued) Settle(holding, traded, in definition, currency, signed, price, feeNanos);
        else holding.Trade(signed, price.Nanos);
        return holding;
    }

    /// <summary>Moves the position, and the money by the difference of the rounded totals before and after.</summary>
    private void Settle(TwinHolding holding, Traded traded, in InstrumentDefinition definition, CurrencyCode currency, BigInteger signed, Price price, long feeNanos)
    {
        traded.Currency = currency;
        long multiplier = definition.MultiplierNanos;
        BigInteger realizedBefore = holding.RealizedMoney(multiplier), costBefore = holding.CostMoney(multiplier);
        holding.Trade(signed, price.Nanos);
        BigInteger realized = holding.RealizedMoney(multiplier) - realizedBefore;
        // What is spot was paid for; of a contract only profit and loss change hands.
        BigInteger assets = definition.Kind == InstrumentKind.Spot ? holding.CostMoney(multiplier) - costBefore : 0;
        holding.Settle(realized, feeNanos);
        BooksOf(currency).Money.Post(
            (TwinAccount.Realized, -realized), (TwinAccount.Fees, feeNanos), (TwinAccount.Holdings, assets), (TwinAccount.Cash, realized - feeNanos - assets));
    }

    /// <summary>What the venue's position has more than ours is an execution of somebody else.</summary>
    private TwinHolding? TakeOver(in PositionEvent position, TwinHolding? before)
    {
        BigInteger rest = position.Quantity.Nanos - (before?.Quantity ?? 0);
        if (rest.IsZero) return before;
        Quantity quantity = new((long)BigInteger.Min(BigInteger.Abs(rest), long.MaxValue - 1));
        return Book(position.Output.Strategy, position.Header.Instrument, position.Side, rest.Sign > 0 ? Side.Buy : Side.Sell, _takenOverAt, quantity, feeNanos: 0);
    }

    private static bool IsBeyond(BigInteger before, BigInteger signed, long multiplierNanos)
    {
        BigInteger after = BigInteger.Abs(before + signed);
        bool isTooLarge = after >= SizeMax * Nano || after * Math.Max(multiplierNanos, 0) >= SizeMax * Nano * Nano;
        return isTooLarge && after >= BigInteger.Abs(before);
    }

    private TwinHolding? Find(ushort owner, InstrumentId instrument, PositionSide side) => _holdings.GetValueOrDefault((owner, instrument.Index, Known(side)));

    private TwinHolding Open(ushort owner, InstrumentId instrument, PositionSide side, bool isInverse)
    {
        (ushort, int, PositionSide) key = (owner, instrument.Index, Known(side));
        if (!_holdings.TryGetValue(key, out TwinHolding? holding)) _holdings.Add(key, holding = new TwinHolding(isInverse));
        return holding;
    }

    /// <summary>A word that does not exist means net.</summary>
    private static PositionSide Known(PositionSide side) => side <= PositionSide.Short ? side : PositionSide.Net;

    private Traded TradedOf(InstrumentId instrument, bool isInverse, CurrencyCode currency)
    {
        if (!_traded.TryGetValue(instrument.Index, out Traded? traded)) _traded.Add(instrument.Index, traded = new Traded(isInverse));
        if (!currency.IsNone) traded.Currency = currency;
        return traded;
    }

    private bool IsUnknown(InstrumentId instrument) => _traded.TryGetValue(instrument.Index, out Traded? traded) && traded.IsUnknown;

    private Books BooksOf(CurrencyCode currency)
    {
        if (!_books.TryGetValue(currency, out Books? books)) _books.Add(currency, books = new Books());
        return books;
    }

    private void Compare(string what, ushort owner, InstrumentId instrument, BigInteger? engine, BigInteger? twin)
    {
        if (engine != twin) Note($"{what} of {Owner(owner)} in {Symbol(instrument)}", Text(engine), Text(twin));
    }

    private void Compare(string what, CurrencyCode currency, BigInteger engine, BigInteger twin)
    {
        if (engine != twin) Note($"{what} of the account in {currency}", Text(engine), Text(twin));
    }

    private void CompareFine(string what, ushort owner, InstrumentId instrument, BigInteger engine, BigInteger twin)
    {
        if (engine != twin) Note($"{what} of {Owner(owner)} in {Symbol(instrument)}, in 1e-18 before the multiplier", engine.ToString(CultureInfo.InvariantCulture), twin.ToString(CultureInfo.InvariantCulture));
    }

    private void Note(string what, string engine, string twin) => Difference ??= new LedgerDifference(what, engine, twin, FillText(), _fill.Header.ReceiveTime, FillCount);

    private string FillText()
    {
        if (FillCount == 0) return "before the first fill";
        string name = _fill.ClientOrderId.IsNone ? "" : $" of order {_fill.ClientOrderId}";
        return string.Create(CultureInfo.InvariantCulture,
            $"at fill {FillCount} (execution {_fill.ExecutionId}{name}: {Owner(_fill.Output.Strategy)} {(_fill.Side == Side.Buy ? "buys" : "sells")} {_fill.Quantity} {Symbol(_fill.Header.Instrument)} at {_fill.Price}, {_fill.Header.ReceiveTime}, input {_fill.Output.Cause})");
    }

    private string Owner(ushort strategy) => strategy < _options.Strategies.Count ? _options.Strategies[strategy] : "external";

    private string Symbol(InstrumentId instrument) => _options.Instrument(instrument)?.Symbol.ToString() ?? "an unknown instrument";

    private static string Text(BigInteger? nanos)
    {
        if (nanos is not { } known) return "none";
        BigInteger whole = BigInteger.DivRem(BigInteger.Abs(known), Nano, out BigInteger rest);
        string fraction = ((long)rest).ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{(known.Sign < 0 ? "-" : "")}{whole.ToString(CultureInfo.InvariantCulture)}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    /// <summary>What an instrument was when it was first traded: it keeps its formula and its currency; while its definition says otherwise it has no value.</summary>
    private sealed class Traded(bool isInverse)
    {
        public bool IsInverse => isInverse;

        /// <summary>None while nothing of it could be valued.</summary>
        public CurrencyCode Currency { get; set; }

        public bool IsUnknown { get; set; }
    }

    private sealed class Books
    {
        /// <summary>Units of 1e-9.</summary>
        public TwinJournal Money { get; } = new();

        public bool IsUnknown { get; set; }
    }
}
