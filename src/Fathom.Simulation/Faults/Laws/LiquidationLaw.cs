using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>A liquidation sends what closes the position and nothing else, one order after the other, at no price beyond its widest floor; while the answer to one is missing it waits and says so; and it ends with
/// nothing left, or with what may be kept, or says why not.</summary>
internal sealed class LiquidationLaw(TortureState state, LiquidationOptions options, KillLaw kills, OrderShadows orders, ExecutionLedger ledger, MarkWitness marks)
{
    private const decimal Whole = 10_000;

    private readonly List<OrderCommand> _left = [], _open = [];

    /// <summary>A command leaves.</summary>
    public void Note(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Submit && command.Reason == ReasonCode.Liquidation) _left.Add(command);
    }

    /// <summary>The step is over.</summary>
    public void JudgeStep()
    {
        _open.RemoveAll(order => !IsLive(in order));
        foreach (OrderCommand command in _left)
        {
            JudgeOrder(in command);
            _open.Add(command);
        }
        _left.Clear();
    }

    /// <summary>Some order of a liquidation has not been answered for as long as its patience lasts.</summary>
    public bool IsOverdue(Timestamp now)
    {
        foreach (OrderCommand order in _open)
            if (order.Header.EventTime + options.Patience <= now && IsLive(in order)) return true;
        return false;
    }

    /// <summary>Whoever waits for such an order says so, and has not ended as if it knew what became of it; each order once.</summary>
    /// <param name="all">As the engine tells them, the oldest of a position first.</param>
    public void JudgeOverdue(IReadOnlyList<LiquidationSummary> all, Timestamp now)
    {
        foreach (OrderCommand order in _open)
        {
            if (order.Header.EventTime + options.Patience > now || !IsLive(in order)) continue;
            LiquidationSummary? told = null;
            foreach (LiquidationSummary liquidation in all)
                if (IsOf(liquidation, order.Output.Strategy, order.Header.Instrument.Index) && liquidation.Began <= order.Header.EventTime && liquidation.Ended >= order.Header.EventTime) told = liquidation;
            bool isSaid = told is null || (told.Ended.IsNone ? told.Obstacle == LiquidationObstacle.Unanswered : told.Obstacle is LiquidationObstacle.Rearmed or LiquidationObstacle.Rejected);
            if (!isSaid) state.Break(TortureLaws.Liquidation, $"Order {order.ClientOrderId} of a liquidation has not been answered since {order.Header.EventTime}; what is told of it is {told!.Obstacle}.");
        }
        _open.RemoveAll(order => order.Header.EventTime + options.Patience <= now);
    }

    /// <summary>What of liquidations is not over though it could go on; empty when nothing is.</summary>
    public static string Unrest(IReadOnlyList<LiquidationSummary> all)
    {
        foreach (LiquidationSummary liquidation in all)
        {
            bool mayWait = !liquidation.Ended.IsNone || liquidation.Obstacle is LiquidationObstacle.Halted or LiquidationObstacle.NoMarket;
            if (!mayWait) return $"the liquidation of strategy {liquidation.Strategy} in instrument {liquidation.Instrument.Index} is not over: {liquidation.Obstacle}";
        }
        return "";
    }

    /// <summary>At rest.</summary>
    /// <param name="all">As the engine tells them.</param>
    /// <param name="owners">Strategies and aggregators.</param>
    public void JudgeRest(IReadOnlyList<LiquidationSummary> all, int instruments, int owners)
    {
        foreach (LiquidationSummary liquidation in all)
        {
            bool isImpatient = !liquidation.Ended.IsNone && liquidation.Obstacle is LiquidationObstacle.Unanswered or LiquidationObstacle.Pace or LiquidationObstacle.Halted;
            if (isImpatient) state.Break(TortureLaws.Liquidation, $"The liquidation of strategy {liquidation.Strategy} in instrument {liquidation.Instrument.Index} was given up for {liquidation.Obstacle}, which is to be waited for.");
            bool isDone = Int128.Abs(liquidation.Left.Nanos) <= liquidation.Keep.Nanos;
            if (!isDone && liquidation.Obstacle == LiquidationObstacle.None)
                state.Break(TortureLaws.Liquidation, $"The liquidation of {liquidation.Start} of strategy {liquidation.Strategy} in instrument {liquidation.Instrument.Index} ended at {liquidation.Left}; {liquidation.Keep} were to be kept.");
        }
        foreach ((KilledScope scope, bool flattens) in kills.On)
            if (flattens) JudgeFlattened(scope, all, instruments, owners);
    }

    private void JudgeFlattened(KilledScope scope, IReadOnlyList<LiquidationSummary> all, int instruments, int owners)
    {
        for (int strategy = 0; strategy < owners; strategy++)
        {
            for (int instrument = 0; instrument < instruments; instrument++)
            {
                long held = ledger.Position(strategy, instrument);
                if (held == 0 || !scope.Covers(strategy, new InstrumentId(instrument)) || SaysWhy(all, strategy, instrument)) continue;
                state.Break(TortureLaws.Liquidation, $"The kill switch of {scope} closes positions; strategy {strategy} holds {new Quantity(held)} in instrument {instrument}, and nobody says why.");
            }
        }
    }

    private static bool SaysWhy(IReadOnlyList<LiquidationSummary> all, int strategy, int instrument)
    {
        foreach (LiquidationSummary liquidation in all)
            if (IsOf(liquidation, strategy, instrument) && liquidation.Obstacle != LiquidationObstacle.None) return true;
        return false;
    }

    private static bool IsOf(LiquidationSummary liquidation, int strategy, int instrument) => liquidation.Strategy == strategy && liquidation.Instrument.Index == instrument;

    private bool IsLive(in OrderCommand command) => orders.TryFind(command.ClientOrderId, out OrderShadow order) && order.IsLive;

    private void JudgeOrder(in OrderCommand command)
    {
        int instrument = command.Header.Instrument.Index, strategy = command.Output.Strategy;
        long room = -command.Side.Sign() * ledger.Position(strategy, instrument);
        bool isReduceOnly = orders.TryFind(command.ClientOrderId, out OrderShadow order) && order.IsReduceOnly;
        bool isForm = isReduceOnly && command.Type == OrderType.Limit && command.TimeInForce == TimeInForce.ImmediateOrCancel && command.Quantity.Nanos <= room;
        if (!isForm) state.Break(TortureLaws.Liquidation, $"Order {command.ClientOrderId} ({command.Side} {command.Quantity}, {command.Type}) of a liquidation left, with {new Quantity(room)} to close.");
        foreach (OrderCommand other in _open)
            if (other.Output.Strategy == strategy && other.Header.Instrument == command.Header.Instrument)
                state.Break(TortureLaws.Liquidation, $"Order {command.ClientOrderId} of a liquidation left before order {other.ClientOrderId} was over.");
        if (!marks.TryFind(instrument, out MarkWitness.Mark mark)) return;
        decimal worse = command.Side.Sign() * (command.Price.ToDecimal() - mark.Mid), most = Math.Abs(mark.Mid) * options.FloorMaxBps / Whole;
        if (worse > most) state.Break(TortureLaws.Liquidation, $"Order {command.ClientOrderId} ({command.Side} at {command.Price}) of a liquidation left with the mid at {mark.Mid}; its widest floor is {options.FloorMaxBps} bps.");
    }
}
