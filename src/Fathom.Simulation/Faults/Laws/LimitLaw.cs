using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>
/// What leaves keeps the limits, however everything that lives (what is unknown included) ends: the position limits of the strategy and of the account, the largest quantity, limits in money, numbers of orders
/// and rates. Judged at the end of the step in which a command leaves, by executions and orders as far as they were told to the engine, and by what had left before it: what the engine cannot know it cannot keep.
/// Reduce-only orders are left out.
/// </summary>
internal sealed class LimitLaw(TortureState state, StatedLimits limits, OrderShadows orders, ExecutionLedger ledger, MarkWitness marks, EquityWitness equity)
{
    private readonly List<OrderCommand> _left = [];
    private readonly ExposureLaw _exposure = new(state, limits, orders, ledger, marks, equity);
    private readonly RateLaw _rates = new(state, limits, marks);
    private readonly LossLaw _losses = new(state, limits, equity);

    public void Note(in OrderCommand command)
    {
        if (command.Kind is CommandKind.Submit or CommandKind.Replace or CommandKind.Cancel) _left.Add(command);
    }

    /// <summary>An execution, or a change of one, was told of an order of a strategy.</summary>
    public void NoteBooked(int strategy) => _rates.NoteBooked(strategy);

    /// <summary>The step is over.</summary>
    /// <param name="isValued">Money moved in it: an execution or a mark.</param>
    public void JudgeStep(bool isValued)
    {
        if (isValued) _losses.NoteValued();
        foreach (OrderCommand command in _left) Judge(in command);
        _left.Clear();
    }

    private void Judge(in OrderCommand command)
    {
        if (!orders.TryFind(command.ClientOrderId, out OrderShadow order)) return;
        bool isHeldToLimits = command.Kind != CommandKind.Cancel && !order.IsReduceOnly, isEnlarging = isHeldToLimits && !OnlyReduces(order, command.Approval);
        _rates.Judge(in command, order, isEnlarging);
        if (!isHeldToLimits) return;
        Quantity most = limits.QuantityMax(marks.SymbolOf(order.Instrument.Index));
        if (!most.IsNone && command.Quantity > most && !command.Quantity.IsNone) state.Break(TortureLaws.Limits, $"Order {order.Id} left with {command.Quantity}; {most} is the most.");
        if (isEnlarging) _losses.Judge(order, command.Header.EventTime);
        JudgePosition(in command, order, order.Strategy);
        JudgePosition(in command, order, null);
        _exposure.Judge(in command, order);
    }

    /// <param name="owner">Null: the whole account.</param>
    private void JudgePosition(in OrderCommand command, OrderShadow order, int? owner)
    {
        Quantity most = limits.PositionMax(owner, marks.SymbolOf(order.Instrument.Index));
        if (most.IsNone || order.Side.Sign() * Held(order, owner) + Leaves(order, owner, command.Approval) <= most.Nanos) return;
        state.Break(TortureLaws.Limits, $"Order {order.Id} ({order.Side}) left while {(owner is { } o ? $"strategy {o}" : "the account")} held {new Quantity((long)Held(order, owner))} in instrument {order.Instrument.Index}: " +
            $"with {Told(order, owner, command.Approval)} to fill at worst; {most} is the most.");
    }

    /// <summary>With everything filled that is live on its side, the strategy's own position gets smaller, or flat.</summary>
    private bool OnlyReduces(OrderShadow order, long approval) => Leaves(order, order.Strategy, approval) <= -order.Side.Sign() * Held(order, order.Strategy);

    private Int128 Held(OrderShadow order, int? owner) => owner is { } strategy ? ledger.Position(strategy, order.Instrument.Index) : ledger.Position(order.Instrument.Index);

    private Int128 Leaves(OrderShadow order, int? owner, long approval)
    {
        Int128 leaves = 0;
        foreach (OrderShadow live in orders.Live)
            if (Counts(live, order, owner)) leaves += live.LeavesAt(approval).Nanos;
        return leaves;
    }

    private static bool Counts(OrderShadow live, OrderShadow order, int? owner) =>
        live.IsLive && !live.IsReduceOnly && live.Instrument == order.Instrument && live.Side == order.Side && (owner is null || owner == live.Strategy);

    private string Told(OrderShadow order, int? owner, long approval)
    {
        List<string> told = [];
        foreach (OrderShadow live in orders.Live)
            if (Counts(live, order, owner)) told.Add($"{live.LeavesAt(approval)} of {live.Id.Strategy}.{live.Id.Sequence} ({live.Status})");
        return string.Join(", ", told);
    }
}
