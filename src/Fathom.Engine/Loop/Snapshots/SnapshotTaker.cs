using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop.Snapshots;

/// <summary>Copies what readers may know of an engine into one snapshot. Each part is one array of values, so a snapshot is a handful of objects however much there is to tell; the lists in
/// which they are gathered stay here.</summary>
internal sealed class SnapshotTaker(
    MarketStage stage, Account account, RiskMeasures measures, OrderBlotter blotter, RiskGate gate, MarkPublisher marks, StrategySession[] sessions, IReadOnlyList<string> names)
{
    private readonly StandingRefusals _refusals = new(gate, account);
    private readonly List<InstrumentId> _ours = [];
    private readonly List<InstrumentSnapshot> _instruments = [];
    private readonly List<ExposureSnapshot> _exposures = [];
    private readonly List<PositionSnapshot> _positions = [];
    private readonly List<MoneySnapshot> _money = [];
    private readonly List<LiquidationSnapshot> _liquidations = [];
    private (SymbolText Bytes, string Text)[] _symbols = [];

    public EngineSnapshot Take(long input, Timestamp clock, bool isFinal)
    {
        FindInstruments();
        return new EngineSnapshot
        {
            InputNumber = input,
            Clock = clock,
            IsFinal = isFinal,
            Owners = TakeOwners(),
            Instruments = Keep(_instruments),
            InstrumentCount = stage.State.Instruments.Count,
            Risk = TakeRisk(clock),
            Orders = TakeOrders(),
            Positions = TakePositions(),
            Currency = account.Currency,
            Money = TakeMoney(),
            Totals = account.Totals is { } totals ? new MoneySnapshot(null, account.Currency, totals.StartNanos, totals.RealizedNanos, totals.UnrealizedNanos, totals.FeesNanos, Int128.Max(account.DayFallNanos(null), 0)) : null,
        };
    }

    /// <summary>An owner's number, by its place in all lists: external comes last.</summary>
    private int OwnerAt(int place) => place < sessions.Length ? place : EngineSnapshot.External;

    private ImmutableArray<OwnerSnapshot> TakeOwners()
    {
        var owners = new OwnerSnapshot[sessions.Length];
        for (int i = 0; i < owners.Length; i++)
        {
            StrategySession session = sessions[i];
            owners[i] = new OwnerSnapshot(names[i], session.OrderCount, session.RefusedCount, account.Strategy(i).Fills, session.Failure is not null, gate.Modes.Of(i), session.WarmUntil);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(owners);
    }

    // ---- market

    private void FindInstruments()
    {
        _ours.Clear();
        _instruments.Clear();
        int others = 0;
        for (int index = 0; index < stage.State.Instruments.Count; index++)
        {
            InstrumentId instrument = new(index);
            if (!stage.State.Instruments.Contains(instrument)) continue;
            bool isOurs = marks.IsWatched(instrument) || blotter.First(instrument) is not null;
            stage.LastEvent(instrument, out BestPrices best, out Timestamp time);
            if (isOurs) _ours.Add(instrument);
            else if (time == Timestamp.Earliest || ++others > EngineSnapshot.InstrumentsMax) continue;
            _instruments.Add(TakeInstrument(instrument, in best, time));
        }
    }

    private InstrumentSnapshot TakeInstrument(InstrumentId instrument, in BestPrices best, Timestamp time)
    {
        OrderBook book = stage.State.Books[instrument];
        return new InstrumentSnapshot(instrument, SymbolOf(instrument), stage.State.Instruments.StateOf(instrument), best.Bid, best.Ask, book.IsStale, book.LastTrade, time);
    }

    /// <summary>The same text object as long as the definition says the same.</summary>
    private string SymbolOf(InstrumentId instrument)
    {
        ref readonly SymbolText bytes = ref stage.State.Instruments[instrument].Symbol;
        if (instrument.Index >= _symbols.Length) Array.Resize(ref _symbols, Math.Max(instrument.Index + 1, _symbols.Length * 2));
        ref (SymbolText Bytes, string Text) known = ref _symbols[instrument.Index];
        if (known.Text is null || !((ReadOnlySpan<byte>)known.Bytes).SequenceEqual(bytes)) known = (bytes, bytes.ToString());
        return known.Text;
    }

    // ---- risk

    private RiskSnapshot TakeRisk(Timestamp clock) => new()
    {
        IsKillSwitchOn = gate.KillSwitch.IsOn,
        KillSwitchSince = gate.KillSwitch.Since,
        IsReconciled = gate.Modes.IsReconciled,
        OrdersInWindow = gate.OrdersInWindow(clock),
        OrderRateMax = gate.OrderRateMax?.Count,
        OrderRateWindow = gate.OrderRateMax?.Window ?? Duration.Zero,
        Refusals = Keep(_refusals.Find(clock, CollectionsMarshal.AsSpan(_ours))),
        Exposures = TakeExposures(),
        Measures = TakeMeasures(),
        Margin = TakeMargin(),
        States = gate.States is { IsAny: true } states ? TakeStates(states) : [],
        LimitFactors = gate.Adaptive is { } adaptive ? TakeFactors(adaptive) : [],
    };

    private ImmutableArray<MeasureSnapshot> TakeMeasures()
    {
        var taken = new MeasureSnapshot[sessions.Length + 1];
        for (int owner = RiskMeasures.WholeAccount; owner < sessions.Length; owner++)
        {
            taken[owner + 1] = new MeasureSnapshot(
                owner < 0 ? null : owner, measures.EquityNanos(owner), measures.PeakNanos(owner), measures.Drawdown(owner), measures.DayDrawdown(owner), measures.DailyLossNanos(owner),
                measures.GrossNanos(owner), measures.NetNanos(owner), measures.Leverage(owner));
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }

    private MarginSnapshot? TakeMargin()
    {
        if (!measures.HasMargin) return null;
        _liquidations.Clear();
        foreach (InstrumentHoldings open in account.Open)
            if (measures.LiquidationPrice(open.Instrument) is { IsNone: false } price) _liquidations.Add(new LiquidationSnapshot(open.Instrument, price, measures.LiquidationDistance(open.Instrument)));
        return new MarginSnapshot(
            measures.MarginUsed ?? 0, measures.InitialMargin ?? 0, measures.MaintenanceMargin ?? 0, measures.MarginAvailable ?? 0, measures.MaintenanceRatio(), Keep(_liquidations));
    }

    private ImmutableArray<RiskStateSnapshot> TakeStates(PositionStates states)
    {
        List<RiskStateSnapshot> found = [];
        AddStates(states, InstrumentId.None, found);
        foreach (InstrumentId instrument in _ours) AddStates(states, instrument, found);
        return [.. found];
    }

    private void AddStates(PositionStates states, InstrumentId instrument, List<RiskStateSnapshot> found)
    {
        for (int owner = PositionStates.WholeAccount; owner < sessions.Length; owner++)
            if (states.Finding(owner, instrument) is { State: not PositionState.Normal } state)
                found.Add(new RiskStateSnapshot(owner < 0 ? null : owner, instrument, state.State, state.Measure, state.Threshold, state.Found));
    }

    private ImmutableArray<LimitFactorSnapshot> TakeFactors(AdaptiveLimits adaptive)
    {
        List<LimitFactorSnapshot> found = [];
        if (adaptive.LossNanos < RecoveringFactor.One) found.Add(new LimitFactorSnapshot(InstrumentId.None, adaptive.LossNanos));
        foreach (InstrumentId instrument in _ours)
            if (adaptive.FactorNanos(instrument) < RecoveringFactor.One) found.Add(new LimitFactorSnapshot(instrument, adaptive.FactorNanos(instrument)));
        return [.. found];
    }

    private ImmutableArray<ExposureSnapshot> TakeExposures()
    {
        _exposures.Clear();
        foreach (InstrumentId instrument in _ours)
        {
            int first = _exposures.Count;
            _exposures.Add(default);
            Int128 reducingByBuying = 0, reducingBySelling = 0;
            for (int place = 0; place <= sessions.Length; place++)
            {
                ExposureSnapshot exposure = ExposureOf(OwnerAt(place), instrument);
                reducingByBuying += exposure.ReducingByBuying.Nanos;
                reducingBySelling += exposure.ReducingBySelling.Nanos;
                if (HasSomething(in exposure)) _exposures.Add(exposure);
            }
            _exposures[first] = Exposure(null, instrument, account.Held(instrument), blotter.Exposure[instrument, Side.Buy], blotter.Exposure[instrument, Side.Sell], reducingByBuying, reducingBySelling);
        }
        return Keep(_exposures);
    }

    private ExposureSnapshot ExposureOf(int owner, InstrumentId instrument)
    {
        LiveExposure live = blotter.Exposure;
        return Exposure(
            owner, instrument, account.Owner(owner).Quantity(instrument).Nanos, live[owner, instrument, Side.Buy], live[owner, instrument, Side.Sell],
            live.Reducing(owner, instrument, Side.Buy).Nanos, live.Reducing(owner, instrument, Side.Sell).Nanos);
    }

    private ExposureSnapshot Exposure(int? owner, InstrumentId instrument, Int128 held, Quantity buying, Quantity selling, Int128 reducingByBuying, Int128 reducingBySelling) => new(
        owner, instrument, new Volume(held), new Volume(buying.Nanos), new Volume(selling.Nanos), new Volume(reducingByBuying), new Volume(reducingBySelling),
        account.NotionalNanos(instrument, held), account.Terms(instrument).Currency);

    private static bool HasSomething(in ExposureSnapshot exposure) =>
        (exposure.Held.Nanos | exposure.Buying.Nanos | exposure.Selling.Nanos | exposure.ReducingByBuying.Nanos | exposure.ReducingBySelling.Nanos) != 0;

    // ---- orders

    private ImmutableArray<OrderSnapshot> TakeOrders()
    {
        if (blotter.LiveCount == 0) return [];
        var orders = new OrderSnapshot[blotter.LiveCount];
        int count = 0;
        foreach (InstrumentId instrument in _ours)
            for (Order? order = blotter.First(instrument); order is not null; order = order.Next) orders[count++] = Copy(order);
        Invariant.Require(count == orders.Length, "the live orders are those of the instruments that we have to do with");
        return ImmutableCollectionsMarshal.AsImmutableArray(orders);
    }

    private static OrderSnapshot Copy(Order order) => new(
        order.Id, order.Strategy, order.Instrument, order.Side, order.Type, order.TimeInForce, order.Flags, order.Status, order.Price, order.TriggerPrice,
        order.Quantity, order.Cumulative, order.WorstLeaves, order.QueueAhead, order.DecisionTime, order.DoubtReason);

    // ---- money

    private ImmutableArray<PositionSnapshot> TakePositions()
    {
        _positions.Clear();
        foreach (InstrumentHoldings traded in account.Traded)
        {
            for (int place = 0; place <= sessions.Length; place++)
            {
                Holdings owner = account.Owner(OwnerAt(place));
                for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
                    if (owner.Find(traded.Instrument, side) is { } holding) _positions.Add(Copy(OwnerAt(place), holding));
            }
        }
        return Keep(_positions);
    }

    private static PositionSnapshot Copy(int owner, Holding holding) => new(
        owner, holding.Instrument, holding.Side, holding.Position.Quantity, holding.Position.AveragePrice, holding.Currency, holding.RealizedNanos, holding.UnrealizedNanos, holding.FeesNanos);

    private ImmutableArray<MoneySnapshot> TakeMoney()
    {
        _money.Clear();
        foreach (AccountMoney money in account.Money)
        {
            _money.Add(Copy(null, money.Ledger));
            for (int place = 0; place <= sessions.Length; place++)
                if (account.Owner(OwnerAt(place)).LedgerOf(money) is { } ledger) _money.Add(Copy(OwnerAt(place), ledger));
        }
        return Keep(_money);
    }

    private static MoneySnapshot Copy(int? owner, Ledger ledger) =>
        new(owner, ledger.Currency, ledger.StartNanos, ledger.RealizedNanos, ledger.UnrealizedNanos, ledger.FeesNanos, ledger.DayLossNanos);

    private static ImmutableArray<T> Keep<T>(List<T> gathered) => Keep<T>(CollectionsMarshal.AsSpan(gathered));

    private static ImmutableArray<T> Keep<T>(ReadOnlySpan<T> gathered) => ImmutableCollectionsMarshal.AsImmutableArray(gathered.ToArray());
}
