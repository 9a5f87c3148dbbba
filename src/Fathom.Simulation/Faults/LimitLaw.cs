using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Simulation.Faults;

/// <summary>
/// What leaves keeps the limits, however everything that lives (what is unknown included) ends: the position limit of the strategy and of the account, the largest quantity, and the
/// rate. Judged at the end of the step in which a command leaves, by executions and orders as far as they were told to the engine: what it cannot know it cannot keep. Reduce-only orders are left out.
/// </summary>
internal sealed class LimitLaw(TortureState state, RiskLimits limits, OrderShadows orders, ExecutionLedger ledger)
{
    private readonly Queue<Timestamp> _recent = new();
    private readonly List<OrderCommand> _left = [];

    public void Note(in OrderCommand command)
    {
        if (command.Kind is CommandKind.Submit or CommandKind.Replace) _left.Add(command);
    }

    /// <summary>The step is over.</summary>
    public void JudgeStep()
    {
        foreach (OrderCommand command in _left) Judge(in command);
        _left.Clear();
    }

    private void Judge(in OrderCommand command)
    {
        if (!orders.TryFind(command.ClientOrderId, out OrderShadow order)) return;
        JudgeRate(in command, order.IsReduceOnly || OnlyReduces(order));
        if (order.IsReduceOnly) return;
        if (!limits.QuantityMax.IsNone && command.Quantity > limits.QuantityMax && !command.Quantity.IsNone)
            state.Break(TortureLaws.Limits, $"Order {order.Id} left with {command.Quantity}; {limits.QuantityMax} is the most.");
        if (limits.PositionMax.IsNone) return;
        JudgePosition(order, order.Strategy);
        JudgePosition(order, null);
    }

    /// <summary>With everything filled that is live on its side, itself included, the strategy's position gets smaller, or flat.</summary>
    private bool OnlyReduces(OrderShadow order)
    {
        Int128 leaves = 0;
        foreach (OrderShadow live in orders.Live)
            if (live.IsLive && live.Instrument == order.Instrument && live.Side == order.Side && live.Strategy == order.Strategy) leaves += live.Leaves.Nanos;
        return leaves <= -order.Side.Sign() * (Int128)ledger.Position(order.Strategy, order.Instrument.Index);
    }

    private void JudgeRate(in OrderCommand command, bool isReduceOnly)
    {
        if (limits.OrderRateMax is not { } rate) return;
        Timestamp now = command.Header.EventTime;
        _recent.Enqueue(now);
        while (_recent.Peek() + rate.Window <= now) _recent.Dequeue();
        if (!isReduceOnly && _recent.Count > rate.Count) state.Break(TortureLaws.Limits, $"{_recent.Count} orders and replacements left within {rate.Window}; {rate.Count} are allowed.");
    }

    /// <param name="owner">Null: the whole account.</param>
    private void JudgePosition(OrderShadow order, int? owner)
    {
        int instrument = order.Instrument.Index;
        long held = owner is { } strategy ? ledger.Position(strategy, instrument) : ledger.Position(instrument);
        Int128 leaves = 0;
        foreach (OrderShadow live in orders.Live)
            if (Counts(live, order, owner)) leaves += live.Leaves.Nanos;
        if (order.Side.Sign() * (Int128)held + leaves <= limits.PositionMax.Nanos) return;
        state.Break(TortureLaws.Limits, $"Order {order.Id} ({order.Side}) left while {(owner is { } o ? $"strategy {o}" : "the account")} held {new Quantity(held)} in instrument {instrument}: with " +
            $"{Told(order, owner)} to fill at worst; {limits.PositionMax} is the most.");
    }

    private static bool Counts(OrderShadow live, OrderShadow order, int? owner) =>
        live.IsLive && !live.IsReduceOnly && live.Instrument == order.Instrument && live.Side == order.Side && (owner is null || owner == live.Strategy);

    private string Told(OrderShadow order, int? owner)
    {
        List<string> told = [];
        foreach (OrderShadow live in orders.Live)
            if (Counts(live, order, owner)) told.Add($"{live.Leaves} of {live.Id.Strategy}.{live.Id.Sequence} ({live.Status})");
        return string.Join(", ", told);
    }
}
