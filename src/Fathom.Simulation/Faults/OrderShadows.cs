using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Simulation.Faults;

/// <summary>All orders of ours, kept from what left and what was published, and three laws about that: each is submitted once, approvals run on, and an order's history has no gap.</summary>
internal sealed class OrderShadows(TortureState state)
{
    private readonly Dictionary<ClientOrderId, OrderShadow> _orders = [];
    private readonly List<OrderShadow> _live = [];
    private readonly List<ClientOrderId> _revived = [];
    private readonly HashSet<ClientOrderId> _announced = [];
    private long _approval;

    /// <summary>Orders that were not over when last looked at, oldest first.</summary>
    public List<OrderShadow> Live
    {
        get
        {
            _live.RemoveAll(static order => order.Status.IsTerminal());
            return _live;
        }
    }

    /// <summary>Whose an order is; −1 where it is nobody's of ours.</summary>
    public int OwnerOf(ClientOrderId id) => _orders.TryGetValue(id, out OrderShadow? order) ? order.Strategy : -1;

    public bool TryFind(ClientOrderId id, out OrderShadow order) => _orders.TryGetValue(id, out order!);

    public void NoteCommand(in OrderCommand command)
    {
        if (command.Approval != _approval + 1) state.Break(TortureLaws.OnceOnly, $"Approval {command.Approval} left after {_approval}.");
        _approval = command.Approval;
        if (command.Kind == CommandKind.Submit) NoteSubmitted(in command);
        else if (command.Kind == CommandKind.Replace && _orders.TryGetValue(command.ClientOrderId, out OrderShadow? order) && command.Quantity.IsPositive && !command.Quantity.IsNone)
            (order.Replacement, order.ReplacementUntil, order.ReplacementApproval) = (command.Quantity, command.ValidUntil, command.Approval);
    }

    private void NoteSubmitted(in OrderCommand command)
    {
        OrderShadow order = Of(command.ClientOrderId, command.Output.Strategy, command.Header.Instrument, command.Side, (command.Flags & OrderFlags.ReduceOnly) != 0);
        if (order.IsSubmitted) state.Break(TortureLaws.OnceOnly, $"Order {command.ClientOrderId} was submitted twice, the second time with approval {command.Approval}.");
        order.IsSubmitted = true;
        order.Approval = command.Approval;
        order.Quantity = command.Quantity;
    }

    public void NoteFill(ClientOrderId id, Quantity quantity)
    {
        if (_orders.TryGetValue(id, out OrderShadow? order)) order.Filled += quantity;
    }

    /// <summary>A report reaches the engine; after a replacement the quantity is another, though the status may stay.</summary>
    public void NoteReport(in OrderReport report)
    {
        if (!_orders.TryGetValue(report.ClientOrderId, out OrderShadow? order) || report.Sequence < order.Sequence) return;
        order.Sequence = report.Sequence;
        if (report.Kind is not (ReportKind.Replaced or ReportKind.ReplaceRejected)) return;
        if (report.Kind == ReportKind.Replaced) order.Quantity = report.Cumulative + report.Leaves;
        order.Replacement = Quantity.Zero;
    }

    /// <summary>The venue says how it has the order. While a request is on its way that says nothing yet: the answer counts.</summary>
    public void NoteFound(in VenueOrder found)
    {
        if (found.Quantity.IsZero || !_orders.TryGetValue(found.ClientOrderId, out OrderShadow? order) || found.Sequence < order.Sequence) return;
        if (order.Status is OrderStatus.PendingReplace or OrderStatus.PendingCancel) return;
        order.Sequence = found.Sequence;
        order.Quantity = found.Quantity;
        bool isLost = order.ReplacementUntil.Nanos != 0 && found.Header.EventTime > order.ReplacementUntil;
        if (order.Replacement == found.Quantity || isLost) order.Replacement = Quantity.Zero;
    }

    /// <summary>The engine told that an order that was over, or never told of, lives at the venue: its history may begin anew.</summary>
    public void NoteAnnounced(ClientOrderId id) => _announced.Add(id);

    /// <summary>The step is over: what was taken back has been announced.</summary>
    public void JudgeStep()
    {
        if (_revived.Count == 0 && _announced.Count == 0) return;
        foreach (ClientOrderId id in _revived)
            if (!_announced.Contains(id)) state.Break(TortureLaws.History, $"Order {id} was over and lives again, and nothing was told of that.");
        _revived.Clear();
        _announced.Clear();
    }

    public void NoteChange(in OrderEvent change)
    {
        if (change.To == OrderStatus.None || change.ClientOrderId.IsNone) return;      // a word about an order that there is not, or about a standing want
        OrderShadow order = Of(change.ClientOrderId, change.Output.Strategy, change.Header.Instrument, change.Side, (change.Flags & OrderFlags.ReduceOnly) != 0);
        CheckHistory(order, in change);
        if (order.Status.IsTerminal() && !change.To.IsTerminal() && !_live.Contains(order)) _live.Add(order);      // taken back
        order.Status = change.To;
        order.IsReduceOnly = (change.Flags & OrderFlags.ReduceOnly) != 0;
        if (change.From == change.To) return;      // a request was refused: the terms are those that were asked for
        order.Quantity = change.Quantity;
        if (change.To is OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.Triggered) order.Replacement = Quantity.Zero;
    }

    private void CheckHistory(OrderShadow order, in OrderEvent change)
    {
        if (order.Status.IsTerminal() && change.From == OrderStatus.None && !change.To.IsTerminal())
            _revived.Add(order.Id);
        else if (change.From != order.Status)
            state.Break(TortureLaws.History, $"Order {order.Id} went from {change.From} to {change.To}; what was told of it last is {order.Status}.");
        else if (order.Status.IsTerminal() && change.To != order.Status)
            state.Break(TortureLaws.History, $"Order {order.Id} was over as {order.Status} and went on to {change.To}.");
        if (change.Cumulative.Nanos < 0 || change.Leaves.Nanos < 0) state.Break(TortureLaws.History, $"Order {order.Id} has {change.Cumulative} done and {change.Leaves} left.");
    }

    private OrderShadow Of(ClientOrderId id, ushort strategy, InstrumentId instrument, Side side, bool isReduceOnly)
    {
        if (_orders.TryGetValue(id, out OrderShadow? order)) return order;
        int owner = strategy == TradingEngine.ExternalStrategy ? -1 : strategy;
        order = new OrderShadow { Id = id, Strategy = owner, Instrument = instrument, Side = side, IsReduceOnly = isReduceOnly };
        _orders.Add(id, order);
        _live.Add(order);
        return order;
    }
}
