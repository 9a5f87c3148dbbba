using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>A liquidation sends what closes the position and nothing else, at no price beyond its widest floor; and it ends with nothing left, or with what may be kept, or says why not.</summary>
internal sealed class LiquidationLaw(TortureState state, LiquidationOptions options, KillLaw kills, OrderShadows orders, ExecutionLedger ledger, MarkWitness marks)
{
    private const decimal Whole = 10_000;

    private readonly List<OrderCommand> _left = [];

    /// <summary>A command leaves.</summary>
    public void Note(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Submit && command.Reason == ReasonCode.Liquidation) _left.Add(command);
    }

    /// <summary>The step is over.</summary>
    public void JudgeStep()
    {
        foreach (OrderCommand command in _left) JudgeOrder(in command);
        _left.Clear();
    }

    /// <summary>What of liquidations is not over though it could go on; empty when nothing is.</summary>
    public static string Unrest(TradingEngine engine)
    {
        foreach (LiquidationSummary liquidation in engine.Summarize().Liquidations)
            if (liquidation.Ended.IsNone && liquidation.Obstacle is not (LiquidationObstacle.Halted or LiquidationObstacle.NoMarket)) return $"the liquidation of strategy {liquidation.Strategy} in instrument {liquidation.Instrument.Index} is not over";
        return "";
    }

    /// <summary>At rest.</summary>
    /// <param name="owners">Strategies and aggregators.</param>
    public void JudgeRest(TradingEngine engine, int owners)
    {
        IReadOnlyList<LiquidationSummary> all = engine.Summarize().Liquidations;
        foreach (LiquidationSummary liquidation in all)
        {
            bool isDone = Int128.Abs(liquidation.Left.Nanos) <= liquidation.Keep.Nanos;
            if (!isDone && liquidation.Obstacle == LiquidationObstacle.None)
                state.Break(TortureLaws.Liquidation, $"The liquidation of {liquidation.Start} of strategy {liquidation.Strategy} in instrument {liquidation.Instrument.Index} ended at {liquidation.Left}; {liquidation.Keep} were to be kept.");
        }
        foreach ((KilledScope scope, bool flattens) in kills.On)
            if (flattens) JudgeFlattened(scope, all, engine.Market.Instruments.Count, owners);
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
            if (liquidation.Strategy == strategy && liquidation.Instrument.Index == instrument && liquidation.Obstacle != LiquidationObstacle.None) return true;
        return false;
    }

    private void JudgeOrder(in OrderCommand command)
    {
        int instrument = command.Header.Instrument.Index, strategy = command.Output.Strategy;
        long room = -command.Side.Sign() * ledger.Position(strategy, instrument);
        bool isReduceOnly = orders.TryFind(command.ClientOrderId, out OrderShadow order) && order.IsReduceOnly;
        bool isForm = isReduceOnly && command.Type == OrderType.Limit && command.TimeInForce == TimeInForce.ImmediateOrCancel && command.Quantity.Nanos <= room;
        if (!isForm) state.Break(TortureLaws.Liquidation, $"Order {command.ClientOrderId} ({command.Side} {command.Quantity}, {command.Type}) of a liquidation left, with {new Quantity(room)} to close.");
        if (!marks.TryFind(instrument, out MarkWitness.Mark mark)) return;
        decimal worse = command.Side.Sign() * (command.Price.ToDecimal() - mark.Mid), most = Math.Abs(mark.Mid) * options.FloorMaxBps / Whole;
        if (worse > most) state.Break(TortureLaws.Liquidation, $"Order {command.ClientOrderId} ({command.Side} at {command.Price}) of a liquidation left with the mid at {mark.Mid}; its widest floor is {options.FloorMaxBps} bps.");
    }
}
