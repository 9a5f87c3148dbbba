using System.Globalization;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;
using Fathom.Market.Books;

namespace Fathom.Host.Why;

/// <summary>Takes pictures of what an engine knows in the middle of a step. It reads, and changes nothing.</summary>
internal sealed class DecisionCamera(TradingEngine engine, IReadOnlyList<string> owners, int levels)
{
    public Decision NewDecision()
    {
        Decision decision = new()
        {
            Input = engine.InputCount,
            InputType = engine.Input.Type,
            InputInstrument = engine.Input.Instrument,
            Clock = engine.Clock,
            KilledSince = engine.KillSwitch.Since,
            IsReconciled = engine.Modes.IsReconciled,
            Money = engine.Account.Totals,
            Measures = MeasuresOf(RiskMeasures.WholeAccount),
        };
        TakeState(decision, PositionStates.WholeAccount, InstrumentId.None);
        return decision;
    }

    /// <summary>Empty where there is no such instrument.</summary>
    public string SymbolOf(InstrumentId instrument) => engine.Market.Instruments.Contains(instrument) ? engine.Market.Instruments[instrument].Symbol.ToString() : "";

    /// <summary>Adds who and what the decision is about, where it is not there yet.</summary>
    public void Take(Decision decision, int owner, InstrumentId instrument)
    {
        if (decision.Owners.TrueForAll(known => known.Number != owner)) decision.Owners.Add(OwnerOf(owner));
        TakeState(decision, owner, InstrumentId.None);
        if (!engine.Market.Instruments.Contains(instrument)) return;
        TakeMarket(decision, instrument);
        TakeState(decision, owner, instrument);
    }

    /// <summary>As <see cref="Take"/>, of a change of risk.</summary>
    /// <param name="owner">−1 for all.</param>
    /// <param name="instrument">None: all in which somebody holds something.</param>
    public void TakeRisk(Decision decision, int owner, InstrumentId instrument)
    {
        InstrumentId[] concerned = instrument.IsNone ? [.. engine.Account.Open.ToArray().Select(open => open.Instrument)] : [instrument];
        if (owner >= 0) Take(decision, owner, InstrumentId.None);
        foreach (InstrumentId one in concerned)
        {
            if (owner >= 0) Take(decision, owner, one);
            else if (engine.Market.Instruments.Contains(one)) TakeMarket(decision, one);
        }
    }

    private void TakeMarket(Decision decision, InstrumentId instrument)
    {
        if (decision.Markets.Exists(known => known.Definition.Header.Instrument == instrument)) return;
        decision.Markets.Add(MarketOf(instrument));
        TakeState(decision, PositionStates.WholeAccount, instrument);
    }

    /// <summary>One of which nothing is measured is none.</summary>
    private void TakeState(Decision decision, int owner, InstrumentId instrument)
    {
        if (engine.States is null || decision.States.Exists(known => known.Owner == owner && known.Instrument == instrument)) return;
        StateReading reading = engine.States.Read(owner, instrument);
        if (reading.Measures.Count > 0) decision.States.Add(new StateView(owner, instrument, reading));
    }

    /// <summary>What a want is about; None where it is about no instrument, or about an order that does not live.</summary>
    public InstrumentId InstrumentOf(in Want want) => want.Kind switch
    {
        WantKind.Replace or WantKind.Cancel => engine.Orders.TryFind(want.Order, out Order? order) ? order.Instrument : InstrumentId.None,
        WantKind.Kill => InstrumentId.None,
        _ => want.Intent.Instrument,
    };

    public WantView WantOf(int owner, InstrumentId instrument, StrategyCallback callback, in Want want)
    {
        StrategyContext context = engine.Sessions[owner].Context;
        QuoteLadder? ladder = null;
        if (want.Kind == WantKind.Quote && context.Ladder(instrument) is { } standing) (ladder = new QuoteLadder()).CopyFrom(standing.Wanted);
        TargetPosition? target = want.Kind == WantKind.Target ? context.Targets.Of(instrument).Wanted : null;
        return new WantView(owner, instrument, callback, want, ladder, target is { } wanted ? (wanted.Quantity, wanted.Urgency) : null, want.Kind == WantKind.Signal ? context.Signals.Of(instrument).Wanted : null);
    }

    /// <summary>Adds what stands of those whom the decision is about, as it is now.</summary>
    public void TakeStanding(Decision decision)
    {
        decision.Standing.Clear();
        foreach (OwnerView owner in decision.Owners)
            foreach (MarketView market in decision.Markets) decision.Standing.AddRange(StandingOf(owner.Number, market.Definition.Header.Instrument));
    }

    private IEnumerable<StandingView> StandingOf(int owner, InstrumentId instrument)
    {
        StrategyContext context = engine.Sessions[owner].Context;
        if (context.Ladder(instrument) is { } ladder)
            yield return new StandingView(owner, instrument, WantKind.Quote, ladder.IsStanding, ladder.IsQuotable, ladder.IsBuyBlocked, ladder.IsSellBlocked, default, default);
        if (context.Targets.Find(instrument) is { } target)
            yield return new StandingView(owner, instrument, WantKind.Target, target.IsStanding, target.IsQuotable, target.IsBlocked, target.IsBlocked, target.Target.Quantity, context.Position(instrument));
    }

    private OwnerView OwnerOf(int owner)
    {
        StrategySession session = engine.Sessions[owner];
        return new OwnerView(owner, owners[owner], engine.Modes.Of(owner), engine.Modes.AnomalyOf(owner), session.WarmUntil, session.OrderCount, session.RefusedCount, MeasuresOf(owner));
    }

    /// <summary>Not volatility: who asks for it begins to measure it, and a replay must not.</summary>
    private (string, string)[] MeasuresOf(int owner)
    {
        RiskMeasures measures = engine.Measures;
        List<(string, string)> found =
        [
            ("drawdown", Ratio(measures.Drawdown(owner))), ("day_drawdown", Ratio(measures.DayDrawdown(owner))), ("daily_loss", Money(measures.DailyLoss(owner))),
            ("gross_exposure", Money(measures.GrossExposure(owner))), ("net_exposure", Money(measures.NetExposure(owner))), ("leverage", Ratio(measures.Leverage(owner))),
        ];
        if (owner >= 0 || !measures.HasMargin) return [.. found];
        return
        [
            .. found, ("margin_used", Money(measures.MarginUsed)), ("initial_margin", Money(measures.InitialMargin)), ("maintenance_margin", Money(measures.MaintenanceMargin)),
            ("margin_available", Money(measures.MarginAvailable)), ("maintenance_ratio", Ratio(measures.MaintenanceRatio())),
        ];
    }

    private static string Ratio(double value) => double.IsFinite(value) ? value.ToString("0.#########", CultureInfo.InvariantCulture) : "";

    private static string Money(decimal? amount) => amount is { } known ? Analytics.Reports.ReportNumbers.Money(known) : "";

    private MarketView MarketOf(InstrumentId instrument)
    {
        OrderBook book = engine.Market.Books[instrument];
        return new MarketView
        {
            Definition = Named(engine.Market.Instruments[instrument], instrument),
            State = engine.Market.Instruments.StateOf(instrument),
            IsStale = book.IsStale,
            IsEventOpen = book.IsEventOpen,
            LastTrade = book.LastTrade,
            Bids = LevelsOf(book, Side.Buy),
            Asks = LevelsOf(book, Side.Sell),
            Features = FeaturesOf(engine.Stage.Features[instrument]),
            LiquidationPrice = engine.Measures.HasMargin ? engine.Measures.LiquidationPrice(instrument) : Price.None,
            Held = new Volume(engine.Account.Held(instrument)),
            Positions = [.. PositionsIn(instrument)],
            Orders = [.. OrdersIn(instrument)],
        };
    }

    private static InstrumentDefinition Named(InstrumentDefinition definition, InstrumentId instrument)
    {
        definition.Header.Instrument = instrument;
        return definition;
    }

    private BookLevel[] LevelsOf(OrderBook book, Side side)
    {
        BookLevel[] found = new BookLevel[Math.Min(levels, book.LevelCount(side))];
        book.CopyLevels(side, found);
        return found;
    }

    private static (string, double)[] FeaturesOf(InstrumentFeatures features) =>
    [
        ("mid", features.Mid), ("weighted_mid", features.WeightedMid), ("spread", features.Spread), ("imbalance", features.Imbalance), ("trade_imbalance", features.TradeImbalance),
    ];

    private IEnumerable<(int, Quantity, Price)> PositionsIn(InstrumentId instrument)
    {
        for (int owner = -1; owner < engine.Sessions.Count; owner++)
        {
            Holding? holding = engine.Account.Owner(owner).Find(instrument);
            if (holding is not null && !holding.Position.Quantity.IsZero) yield return (owner, holding.Position.Quantity, holding.Position.AveragePrice);
        }
    }

    private IEnumerable<OwnOrder> OrdersIn(InstrumentId instrument)
    {
        for (Order? order = engine.Orders.First(instrument); order is not null; order = order.Next)
        {
            yield return new OwnOrder(
                order.Id, order.Strategy, order.Side, order.Type, order.Status, order.Origin, order.Price, order.TriggerPrice, order.Leaves, engine.Queue.Ahead(order));
        }
    }
}
