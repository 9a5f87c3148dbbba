using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>
/// Keeps the configured exits of one strategy's positions: reduce-only orders of exactly the position's quantity, from the step in which it was opened until it is flat. They are ordinary orders, judged and
/// sent like any other; what the venue cannot hold the engine does.
/// </summary>
/// <remarks>
/// <code>
///   position moved ──▶ plan (stop, take profit) ──▶ as it rests? ──▶ submit, replace or cancel
///   stop met, time up ──▶ closing: the take profit goes, then market orders until it is flat
/// </code>
/// A stop that was met has decided: what its own order leaves unfilled is sold at the next event of the market, whatever the price does meanwhile. It goes on when the strategy is halted: the exits are
/// the engine's, and a position whose strategy is gone needs them most. Nothing of it is carried over a session roll: the orders are, and what it knows of the position is found from them.
/// <para>What fails is tried again with growing pauses and told in the strategy's log; after ten times it is given up, until the position or the market's state moves.</para>
/// </remarks>
internal sealed class ExitKeeper(StrategyContext context, SessionServices services, HeldOrderKeeper orders, ushort strategy, ExitOptions options, LiquidationKeeper liquidations)
{
    private readonly StandingWants<PositionGuard> _guards = new(static instrument => new PositionGuard(instrument));
    private readonly List<ClientOrderId> _ending = new(4);

    /// <summary>A position's exits are to be looked at.</summary>
    public bool IsDue { get; private set; }

    /// <summary>When one is to be looked at by itself; None when none is.</summary>
    public Timestamp NextWake { get; private set; } = Timestamp.None;

    /// <summary>Events are to be told even when they moved no best price.</summary>
    public bool WantsEvents { get; private set; }

    /// <summary>The run begins: what an earlier session left is protected on.</summary>
    public void OnStart()
    {
        foreach (Holding holding in context.Holdings.All()) NotePosition(holding.Instrument);
    }

    /// <summary>The position in the instrument moved.</summary>
    public void NotePosition(InstrumentId instrument)
    {
        PositionGuard guard = _guards.Of(instrument);
        guard.Reset();
        MakeDue(guard);
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event, or a liquidation there is over.</summary>
    public void NoteInstrument(InstrumentId instrument)
    {
        if (_guards.Find(instrument) is not { Side: not Side.None } guard) return;
        guard.Reset();
        MakeDue(guard);
    }

    /// <summary>A kill switch was turned off: all is tried again.</summary>
    public void NoteRearmed()
    {
        foreach (PositionGuard? guard in _guards.All)
            if (guard is not null) NoteInstrument(guard.Instrument);
    }

    /// <summary>A venue event of the instrument is complete.</summary>
    public void NoteEvent(InstrumentId instrument)
    {
        if (!WantsEvents || _guards.Find(instrument) is not { WaitsForEvent: true } guard) return;
        guard.NoteEvent();
        MakeDue(guard);
    }

    public void OnTime(Timestamp now)
    {
        if (NextWake > now || NextWake.IsNone) return;
        foreach (PositionGuard? guard in _guards.All)
            if (guard is { Side: not Side.None }) MakeDue(guard);
    }

    /// <summary>An exit order changed, by the venue or here.</summary>
    /// <param name="isRejection">The venue said no.</param>
    public void NoteOrder(in OrderEvent change, bool isRejection)
    {
        if (_guards.Find(change.Header.Instrument) is not { } guard) return;
        ref ExitAttempts attempts = ref AttemptsOf(guard, change.Type);
        bool isStop = change.Type is OrderType.Stop or OrderType.Trailing;
        if (isStop && change.Side == guard.Side && (change.To == OrderStatus.Triggered || change.Cumulative.IsPositive)) guard.BeginClosing(change.Type == OrderType.Stop ? ReasonCode.StopLoss : ReasonCode.TrailingStop);
        MakeDue(guard);
        if (change.Reason == ReasonCode.NoLiquidity) guard.WaitForEvent();
        else if (IsFailure(in change, isRejection)) NoteFailure(guard, ref attempts, change.Type, change.Reason);
    }

    /// <summary>The order is not there, or not as it is to be, and nobody asked for that. That there was nothing left to reduce is none.</summary>
    private bool IsFailure(in OrderEvent change, bool isRejection)
    {
        long room = -change.Side.Sign() * context.Position(change.Header.Instrument).Nanos;
        bool isUnfilled = change.To.IsTerminal() && change.To != OrderStatus.Filled;
        bool isAsked = change.From == OrderStatus.PendingCancel || change.Reason is ReasonCode.Requested or ReasonCode.KillSwitch;
        return room > 0 && (isRejection || (isUnfilled && !isAsked));
    }

    /// <summary>Brings the exits of what moved up to date.</summary>
    public void Reconcile()
    {
        IsDue = false;
        foreach (PositionGuard? guard in _guards.All)
        {
            if (guard is not { IsDue: true }) continue;
            guard.IsDue = false;
            Reconcile(guard);
        }
        (NextWake, WantsEvents) = (Timestamp.None, false);
        foreach (PositionGuard? guard in _guards.All)
        {
            if (guard is not { Side: not Side.None }) continue;
            NextWake = Timestamp.Min(NextWake, guard.NextWake(options.TimeStop, context.Clock));
            WantsEvents |= guard.WaitsForEvent;
        }
    }

    private void Reconcile(PositionGuard guard)
    {
        Quantity position = context.Position(guard.Instrument);
        Side side = position.IsZero ? Side.None : position.IsPositive ? Side.Sell : Side.Buy;
        Holding? holding = context.Holdings.Find(guard.Instrument);
        Price average = holding?.Position.AveragePrice ?? Price.None, tick = context.Instrument(guard.Instrument).Tick;
        if (average.IsNone || tick.Nanos <= 0) side = Side.None;
        if (side != guard.Side) Begin(guard, side, average, tick);
        Live live = FindLive(guard);
        foreach (ClientOrderId id in _ending)
            if (services.Blotter.TryFind(id, out Order? order)) orders.Cancel(order);
        if (side == Side.None) return;
        if (options.TimeStop > Duration.Zero && context.Clock >= guard.OpenedAt + options.TimeStop) guard.BeginClosing(ReasonCode.TimeStop);
        if (services.KillSwitch.IsOnFor(strategy, guard.Instrument) || liquidations.IsAtWork(guard.Instrument)) return;      // told when that is over
        ExitPlan plan = ExitPlan.For(options, position, average, guard.TrailOffset, tick);
        if (guard.Closing == ReasonCode.None) Protect(guard, in plan, in live);
        else Close(guard, in plan, in live);
    }

    /// <summary>Another position is held, or none. What is found at rest for it is of an earlier session.</summary>
    private void Begin(PositionGuard guard, Side side, Price average, Price tick)
    {
        Timestamp openedAt = context.Clock;
        Price trailOffset = options.Trailing.IsNone || side == Side.None ? Price.None : options.Trailing.At(average, tick);
        bool isFirst = guard.OpenedAt.IsNone;
        guard.Begin(side, openedAt, trailOffset);
        if (!isFirst || side == Side.None) return;
        for (Order? order = services.Blotter.First(guard.Instrument); order is not null; order = order.Next)
        {
            if (order.Strategy != strategy || order.Origin != OrderOrigin.Exit || order.Side != side) continue;
            openedAt = Timestamp.Min(openedAt, order.DecisionTime);
            if (!trailOffset.IsNone && !order.TrailOffset.IsNone && order.TrailOffset.Nanos > 0) trailOffset = order.TrailOffset;
        }
        guard.Begin(side, openedAt, trailOffset);
    }

    /// <summary>Finds the exit orders that live. Those of the other side, and second ones, are put down to be ended; but not those at rest: whoever cuts them with the position ends them.</summary>
    private Live FindLive(PositionGuard guard)
    {
        Live live = default;
        _ending.Clear();
        for (Order? order = services.Blotter.First(guard.Instrument); order is not null; order = order.Next)
        {
            if (order.Strategy != strategy || order.Origin != OrderOrigin.Exit) continue;
            bool isOurs = order.Side == guard.Side && live.TryAdd(order);
            if (!isOurs && order.IsWaiting && !order.IsCancelSent) _ending.Add(order.Id);
        }
        return live;
    }

    private void Protect(PositionGuard guard, in ExitPlan plan, in Live live)
    {
        Order? takeProfit = live.TakeProfit;
        if (plan.HasStop) Do(guard, ref guard.Stop, ExitReconciler.DecideStop(in plan, guard.Instrument, live.Stop, options.TriggerSource), live.Stop);
        bool canRest = plan.HasTakeProfit && (takeProfit is not null || IsTrading(guard.Instrument));
        if (canRest) Do(guard, ref guard.TakeProfit, ExitReconciler.DecideTakeProfit(in plan, guard.Instrument, takeProfit), takeProfit);
    }

    /// <summary>A stop that waits stays until the position is gone. Only one order at a time takes: two would close it twice where the venue does not see to it.</summary>
    private void Close(PositionGuard guard, in ExitPlan plan, in Live live)
    {
        bool isTaking = live.Close is not null || live.Stop is { IsWaiting: false };
        if (live.Stop is { } stop) Do(guard, ref guard.Stop, ExitReconciler.DecideStop(in plan, guard.Instrument, stop, options.TriggerSource), stop);
        if (live.TakeProfit is { } takeProfit)
        {
            if (!takeProfit.IsCancelSent) orders.Cancel(takeProfit);
            if (services.Blotter.TryFind(live.TakeProfitId, out _)) return;
        }
        if (isTaking || !guard.MayClose(context.Clock) || !IsTrading(guard.Instrument)) return;
        Do(guard, ref guard.Close, ExitAction.Submit(ExitReconciler.Close(in plan, guard.Instrument, guard.Closing)), null);
    }

    private void Do(PositionGuard guard, ref ExitAttempts attempts, in ExitAction action, Order? order)
    {
        if (action.Kind == WantKind.None || !attempts.MayTry(context.Clock)) return;
        if (action.Kind == WantKind.Submit)
        {
            ClientOrderId id = context.NextId();
            OrderCommand asked = services.Executor.NewOrder(id, action.Order, strategy, context.Clock);
            asked.Reason = ExitReconciler.ReasonOf(asked.UserTag);
            int failures = attempts.Count;
            orders.Submit(in asked, OrderOrigin.Exit);
            bool isRefused = attempts.Count == failures && !services.Blotter.TryFind(id, out _);      // one that was held and left at once has told already
            if (isRefused) NoteFailure(guard, ref attempts, asked.Type, ReasonCode.None);
        }
        else if (action.Kind == WantKind.Cancel)
        {
            orders.Cancel(order!);
        }
        else
        {
            ClientOrderId id = order!.Id;
            orders.Replace(order, action.Change);
            bool isDone = !services.Blotter.TryFind(id, out Order? after) || after.IsReplacementSent || after.Quantity == action.Change.Quantity;
            if (!isDone) NoteFailure(guard, ref attempts, after!.Type, ReasonCode.None);
        }
    }

    private void NoteFailure(PositionGuard guard, ref ExitAttempts attempts, OrderType type, ReasonCode reason)
    {
        attempts.NoteFailure(context.Clock);
        MakeDue(guard);
        string symbol = context.Instrument(guard.Instrument).Symbol.ToString();
        if (attempts.IsGivenUp)
        {
            context.Notes.Log(LogLevel.Error, "an exit is given up: the position is not protected", [("instrument", symbol), ("type", Word(type)), ("reason", reason.ToString()), ("tries", attempts.Count)]);
            return;
        }
        context.Notes.Log(LogLevel.Warning, "an exit did not come about and is tried again", [("instrument", symbol), ("type", Word(type)), ("reason", reason.ToString()), ("tries", attempts.Count)]);
    }

    private static string Word(OrderType type) => type.ToString();

    private static ref ExitAttempts AttemptsOf(PositionGuard guard, OrderType type)
    {
        if (type == OrderType.Limit) return ref guard.TakeProfit;
        if (type == OrderType.Market) return ref guard.Close;
        return ref guard.Stop;
    }

    private bool IsTrading(InstrumentId instrument) => services.Stage.State.Instruments.StateOf(instrument).Matches();

    private void MakeDue(PositionGuard guard)
    {
        guard.IsDue = true;
        IsDue = true;
    }

    /// <summary>The exit orders of a position that live, one of each kind.</summary>
    private struct Live
    {
        public Order? Stop { get; private set; }
        public Order? TakeProfit { get; private set; }
        public Order? Close { get; private set; }

        /// <summary>An order is used again once it is over: its name is asked for.</summary>
        public ClientOrderId TakeProfitId { get; private set; }

        /// <returns>False when there is one of its kind.</returns>
        public bool TryAdd(Order order)
        {
            bool isFirst;
            switch (order.Type)
            {
                case OrderType.Limit:
                    isFirst = TakeProfit is null;
                    (TakeProfit, TakeProfitId) = isFirst ? (order, order.Id) : (TakeProfit, TakeProfitId);
                    return isFirst;
                case OrderType.Market:
                    isFirst = Close is null;
                    Close ??= order;
                    return isFirst;
                default:
                    isFirst = Stop is null;
                    Stop ??= order;
                    return isFirst;
            }
        }
    }
}
