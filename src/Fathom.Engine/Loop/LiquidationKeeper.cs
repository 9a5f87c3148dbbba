using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>Closes positions of one strategy in an emergency: order by order, as <see cref="Liquidator"/> decides, until they are closed or a reason is stated. While it is at work in an instrument, no other order of the
/// strategy leaves there: two hands on one position turn it around.</summary>
internal sealed class LiquidationKeeper(StrategyContext context, SessionServices services, OrderSender sender, ushort strategy)
{
    /// <summary>So many that are over are remembered, the first ones; all are in the log.</summary>
    public const int RememberedMax = 100;

    private readonly List<LiquidationPlan> _plans = new(2);
    private readonly List<LiquidationSummary> _over = [];
    private readonly SortedSet<int> _givenUp = [];

    /// <summary>Some position is being closed.</summary>
    public bool IsActive => _plans.Count > 0;

    /// <summary>One of them is to be looked at.</summary>
    public bool IsDue { get; private set; }

    /// <summary>When one is to be looked at again; None while none is.</summary>
    public Timestamp NextWake
    {
        get
        {
            Timestamp next = Timestamp.None;
            foreach (LiquidationPlan plan in _plans) next = Timestamp.Min(next, plan.Wake);
            return next;
        }
    }

    private Timestamp Clock => context.Clock;

    /// <summary>The position in the instrument is being closed: nothing else of the strategy leaves there.</summary>
    public bool IsAtWork(InstrumentId instrument) => _plans.Count > 0 && Find(instrument) is not null;

    /// <summary>The size down to which the position is being closed; None where it is not.</summary>
    public Quantity KeepOf(InstrumentId instrument) => Find(instrument)?.Keep ?? Quantity.None;

    /// <summary>It was given up: nobody begins it anew by himself.</summary>
    public bool HasGivenUp(InstrumentId instrument) => _givenUp.Contains(instrument.Index);

    /// <param name="keep">Size of the position that may stay.</param>
    public void Begin(InstrumentId instrument, Quantity keep, ReasonCode reason)
    {
        _givenUp.Remove(instrument.Index);
        if (Find(instrument) is { } running)
        {
            running.Keeps(keep);
            IsDue = true;
            return;
        }
        Quantity position = context.Position(instrument);
        if (Math.Abs(position.Nanos) <= keep.Nanos) return;
        LiquidationPlan plan = new(instrument, keep, reason, position, Clock, services.Liquidation.Options.FloorBps);
        _plans.Add(plan);
        IsDue = true;
        context.Notes.Log(LogLevel.Warning, "liquidation begins", [("instrument", NameOf(instrument)), ("position", position), ("keep", keep), ("reason", reason.ToString()), ("floor_bps", plan.FloorBps)]);
        context.Notes.Annotate(instrument, $"liquidation of {position} begins: {reason}");
    }

    /// <summary>A kill switch was turned off: what was closed only for it is left as it is.</summary>
    public void NoteRearmed()
    {
        for (int i = _plans.Count - 1; i >= 0; i--)
            if (_plans[i].Reason == ReasonCode.KillSwitch && !services.KillSwitch.FlattensFor(strategy, _plans[i].Instrument)) End(_plans[i], LiquidationObstacle.Rearmed);
        _givenUp.Clear();
    }

    /// <summary>The market, the trading state, the position or an order of the instrument is another.</summary>
    public void Note(InstrumentId instrument)
    {
        if (_plans.Count > 0 && Find(instrument) is { } plan) MakeDue(plan);
    }

    public void NoteFill(InstrumentId instrument)
    {
        if (_plans.Count == 0 || Find(instrument) is not { } plan) return;
        plan.NoteFill(Clock);
        MakeDue(plan);
    }

    /// <summary>An order of a liquidation changed.</summary>
    /// <param name="isRejection">The venue said no.</param>
    public void NoteOrder(in OrderEvent change, bool isRejection)
    {
        if (Find(change.Header.Instrument) is not { } plan) return;
        if (isRejection || change.To == OrderStatus.Failed) plan.NoteReject(change.Reason, Clock, services.Liquidation.Options.Interval);
        else if (change.To.IsTerminal()) plan.NoteAnswer();
        MakeDue(plan);
    }

    public void OnTime(Timestamp now)
    {
        foreach (LiquidationPlan plan in _plans)
            if (plan.Wake <= now && !plan.Wake.IsNone) MakeDue(plan);
    }

    public void Reconcile()
    {
        IsDue = false;
        for (int i = 0; i < _plans.Count;)
        {
            LiquidationPlan plan = _plans[i];
            if (plan.IsDue) Reconcile(plan);
            if (i < _plans.Count && _plans[i] == plan) i++;
        }
    }

    /// <summary>What was closed and what is being closed, the first to be over first.</summary>
    public void Summarize(List<LiquidationSummary> into)
    {
        into.AddRange(_over);
        foreach (LiquidationPlan plan in _plans) into.Add(Of(plan, plan.Obstacle == LiquidationObstacle.None ? LiquidationObstacle.Pace : plan.Obstacle, Timestamp.None));
    }

    // ---- one of them

    private void Reconcile(LiquidationPlan plan)
    {
        plan.IsDue = false;
        LiquidationView view = Look(plan);
        plan.NoteTrading(view.IsTrading, Clock);
        if (view.IsSound) plan.NoteMid(view.Bid, view.Ask);
        LiquidationMove move = services.Liquidation.Decide(plan, in view);
        if (move.Step == LiquidationStep.Widen)
        {
            Widen(plan, move.Obstacle);
            move = services.Liquidation.Decide(plan, in view);
        }
        switch (move.Step)
        {
            case LiquidationStep.Send: Send(plan, in move); break;
            case LiquidationStep.Finish: End(plan, LiquidationObstacle.None); return;
            case LiquidationStep.GiveUp: End(plan, move.Obstacle); return;
            default: NoteWaiting(plan, in move); break;
        }
        plan.Wake = WakeOf(plan, move.Obstacle);
    }

    private LiquidationView Look(LiquidationPlan plan)
    {
        InstrumentId instrument = plan.Instrument;
        ref readonly InstrumentDefinition definition = ref context.Instrument(instrument);
        ref readonly EventBest best = ref services.Stage.Features.BestOf(instrument);
        Quantity position = context.Position(instrument);
        LiquidationView view = new()
        {
            Clock = Clock,
            Position = position,
            ReservedNanos = Reserved(instrument, position.IsPositive ? Side.Sell : Side.Buy),
            IsTrading = services.Stage.State.Instruments.StateOf(instrument).Matches(),
            IsSound = best.IsSound,
            Bid = best.Bid.Price,
            BidQuantity = best.Bid.Quantity,
            Ask = best.Ask.Price,
            AskQuantity = best.Ask.Quantity,
            Tick = definition.Tick,
            Lot = definition.Lot,
        };
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
        {
            if (order.Strategy != strategy || order.IsHere) continue;      // what waits here is not filled while this is at work
            view.HasLive = true;
            view.HasOwn |= order.Origin == OrderOrigin.Liquidation;
        }
        return view;
    }

    private long Reserved(InstrumentId instrument, Side side) =>
        services.Blotter.Exposure[strategy, instrument, side].Nanos + services.Blotter.Exposure.Reducing(strategy, instrument, side).Nanos;

    private void Send(LiquidationPlan plan, in LiquidationMove move)
    {
        OrderIntent intent = new(plan.Instrument, move.Side, move.Quantity, move.Price) { TimeInForce = TimeInForce.ImmediateOrCancel, ReduceOnly = true };
        OrderCommand asked = services.Executor.NewOrder(context.NextId(), in intent, strategy, Clock);
        asked.Reason = ReasonCode.Liquidation;
        plan.NoteSent(Clock, services.Liquidation.Options.Interval);
        Refusal refusal = sender.Submit(in asked, OrderOrigin.Liquidation, isChild: false);
        if (refusal.IsNone) return;
        plan.NoteReject(refusal.Reason, Clock, services.Liquidation.Options.Interval);
        if (refusal.Reason == ReasonCode.KillSwitch) End(plan, LiquidationObstacle.Rejected);      // one that does not flatten: nothing would change that
    }

    private void NoteWaiting(LiquidationPlan plan, in LiquidationMove move)
    {
        if (!plan.TryNote(move.Obstacle, Clock, services.Liquidation.Options.Patience)) return;
        context.Notes.Log(LogLevel.Warning, $"liquidation waits: {Words(move.Obstacle)}",
            [("instrument", NameOf(plan.Instrument)), ("position", context.Position(plan.Instrument)), ("floor", move.Price)]);
    }

    private void Widen(LiquidationPlan plan, LiquidationObstacle obstacle)
    {
        LiquidationOptions options = services.Liquidation.Options;
        plan.Widen(options.WidenBps, options.FloorMaxBps, Clock);
        context.Notes.Log(LogLevel.Warning, $"liquidation widens its floor: {Words(obstacle)}",
            [("instrument", NameOf(plan.Instrument)), ("position", context.Position(plan.Instrument)), ("floor_bps", plan.FloorBps)]);
    }

    private void End(LiquidationPlan plan, LiquidationObstacle obstacle)
    {
        _plans.Remove(plan);
        sender.Exits?.NoteInstrument(plan.Instrument);
        Quantity left = context.Position(plan.Instrument);
        if (_over.Count < RememberedMax) _over.Add(Of(plan, obstacle, Clock));
        if (obstacle is not (LiquidationObstacle.None or LiquidationObstacle.Rearmed)) _givenUp.Add(plan.Instrument.Index);
        string told = obstacle switch
        {
            LiquidationObstacle.None => "liquidation is done",
            LiquidationObstacle.Rejected => $"liquidation is given up: {Words(obstacle)}, {plan.RejectReason}",
            _ => $"liquidation is given up: {Words(obstacle)}",
        };
        context.Notes.Log(obstacle == LiquidationObstacle.None ? LogLevel.Info : LogLevel.Error, told, [("instrument", NameOf(plan.Instrument)), ("position", left), ("orders", plan.Orders)]);
        context.Notes.Annotate(plan.Instrument, $"{told}, position {left}");
    }

    private LiquidationSummary Of(LiquidationPlan plan, LiquidationObstacle obstacle, Timestamp ended) => new()
    {
        Strategy = strategy,
        Instrument = plan.Instrument,
        Reason = plan.Reason,
        Began = plan.Began,
        Ended = ended,
        Start = plan.Start,
        Keep = plan.Keep,
        Left = context.Position(plan.Instrument),
        Orders = plan.Orders,
        Obstacle = obstacle,
        RejectReason = obstacle == LiquidationObstacle.Rejected ? plan.RejectReason : ReasonCode.None,
    };

    /// <summary>While an answer or the market's opening is awaited nothing comes of time alone, but for the word that an answer is missing.</summary>
    private Timestamp WakeOf(LiquidationPlan plan, LiquidationObstacle obstacle)
    {
        Duration impatience = services.Liquidation.Options.Patience;
        if (obstacle == LiquidationObstacle.Unanswered) return plan.Told == obstacle ? Timestamp.None : plan.UnansweredSince + impatience;
        if (obstacle == LiquidationObstacle.Halted) return Timestamp.None;
        Timestamp patience = plan.StuckSince + impatience;
        return plan.NextSlice > Clock ? Timestamp.Min(plan.NextSlice, patience) : patience;
    }

    private LiquidationPlan? Find(InstrumentId instrument)
    {
        foreach (LiquidationPlan plan in _plans)
            if (plan.Instrument == instrument) return plan;
        return null;
    }

    private void MakeDue(LiquidationPlan plan)
    {
        plan.IsDue = true;
        IsDue = true;
    }

    private string NameOf(InstrumentId instrument) => context.Instrument(instrument).Symbol.ToString();

    private static string Words(LiquidationObstacle obstacle) => obstacle switch
    {
        LiquidationObstacle.Unanswered => "an order is not answered",
        LiquidationObstacle.Halted => "the instrument does not trade",
        LiquidationObstacle.NoMarket => "there is no sound market",
        LiquidationObstacle.Floor => "the other side is beyond the floor",
        LiquidationObstacle.Rejected => "its orders are refused or rejected",
        LiquidationObstacle.NoLiquidity => "its orders find nothing within the floor",
        LiquidationObstacle.OddLot => "nothing of what is left is within quantity_max",
        LiquidationObstacle.Rearmed => "its kill switch was turned off",
        _ => obstacle.ToString(),
    };
}
