using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Takes our commands and keeps our orders: what is accepted, what it takes at once, what rests of it, and how it ends.</summary>
internal sealed class OrderDesk
{
    private readonly Instruments _instruments;
    private readonly FeeBook _fees;
    private readonly ReportWriter _reports;
    private readonly OrderAdmission _admission;
    private readonly LiquidityWalk _walk = new();
    private readonly OrderNames _names = new();
    private readonly Stack<OwnOrder> _pool = new(64);
    private ulong _orderSequence;

    public OrderDesk(Instruments instruments, FeeBook fees, ReportWriter reports)
    {
        _instruments = instruments;
        _fees = fees;
        _reports = reports;
        _admission = new OrderAdmission(instruments, fees, _walk);
    }

    /// <summary>Orders of ours that rest.</summary>
    public int LiveCount => _names.LiveCount;

    /// <param name="instrument">The command's; null when no definition of it has come.</param>
    /// <param name="now">Venue time.</param>
    public void Execute(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        switch (command.Kind)
        {
            case CommandKind.Submit: Submit(in command, instrument, now); break;
            case CommandKind.Cancel: Cancel(in command, instrument, now); break;
            case CommandKind.Replace: Replace(in command, instrument, now); break;
            default: _reports.Refused(in command, ReportKind.Rejected, ReasonCode.Unsupported, now); break;
        }
    }

    /// <summary>Reports what the tape's event filled of orders that rested, and lets go those that are done.</summary>
    public void BookFills(VenueInstrument instrument, List<OwnFill> fills, Timestamp now)
    {
        foreach (OwnFill fill in fills) Report(instrument, in fill, fill.Order.Price, Liquidity.Maker, now);
        foreach (OwnFill fill in fills)
            if (fill.Leaves.IsZero) Release(instrument, fill.Order);
        fills.Clear();
    }

    // ---- submit

    private void Submit(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        if (!OrderAdmission.IsSupported(in command))
        {
            _reports.Refused(in command, ReportKind.Rejected, ReasonCode.Unsupported, now);
            return;
        }
        if (_names.IsKnown(command.ClientOrderId))
        {
            _reports.Refused(in command, ReportKind.Rejected, ReasonCode.DuplicateOrder, now);
            return;
        }
        OwnOrder order = NewOrder(in command);
        ReasonCode reason = instrument is null ? ReasonCode.UnknownInstrument : _admission.Judge(order, order.Price, command.Quantity, instrument);
        bool rests = reason == ReasonCode.None && Accept(order, command.Quantity, instrument!, now);
        if (reason != ReasonCode.None) _reports.Refused(in command, ReportKind.Rejected, reason, now);
        if (rests)
        {
            _names.Open(order);
            return;
        }
        _names.Close(command.ClientOrderId);
        _pool.Push(order);
    }

    private OwnOrder NewOrder(in OrderCommand command)
    {
        if (!_pool.TryPop(out OwnOrder? order)) order = new OwnOrder();
        order.ClientOrderId = command.ClientOrderId;
        order.Instrument = command.Header.Instrument;
        order.Side = command.Side;
        order.IsMarket = command.Type == OrderType.Market;
        order.Price = order.IsMarket ? Price.None : command.Price;
        order.TimeInForce = command.TimeInForce;
        order.IsPostOnly = command.IsPostOnly;
        order.Leaves = Quantity.Zero;
        order.Cumulative = Quantity.Zero;
        order.AheadBeforePrints = -1;
        order.PrintedAtPrice = 0;
        return order;
    }

    private bool Accept(OwnOrder order, Quantity quantity, VenueInstrument instrument, Timestamp now)
    {
        order.VenueOrderId = ++_orderSequence;
        order.Leaves = quantity;
        order.Place = instrument.Book.NextArrival;
        _reports.Standing(ReportKind.Accepted, instrument, order, now);
        return Enter(order, instrument, now);
    }

    /// <summary>The order takes what its walk found; true when it rests with what is left.</summary>
    private bool Enter(OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        _walk.Take(instrument, order.Side);
        foreach (Execution execution in _walk.Executions)
        {
            order.Leaves -= execution.Quantity;
            order.Cumulative += execution.Quantity;
            OwnFill fill = new(order, execution.Quantity, order.Cumulative, order.Leaves);
            Report(instrument, in fill, execution.Price, Liquidity.Taker, now);
        }
        if (order.Leaves.IsZero) return false;
        if (order.IsImmediate)
        {
            _reports.Canceled(instrument, order, ReasonCode.NoLiquidity, now);
            return false;
        }
        instrument.Orders.Add(order);
        return true;
    }

    // ---- cancel and replace

    private void Cancel(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        if (instrument is null || !TryFind(in command, out OwnOrder order))
        {
            _reports.Refused(in command, ReportKind.CancelRejected, WhyMissing(in command), now);
            return;
        }
        _reports.Canceled(instrument, order, ReasonCode.Requested, now);
        Release(instrument, order);
    }

    private void Replace(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        if (instrument is null || !TryFind(in command, out OwnOrder order))
        {
            _reports.Refused(in command, ReportKind.ReplaceRejected, WhyMissing(in command), now);
            return;
        }
        ReasonCode reason = OrderAdmission.IsSupported(in command, order)
            ? _admission.Judge(order, command.Price, command.Quantity, instrument)
            : ReasonCode.Unsupported;
        if (reason != ReasonCode.None)
        {
            _reports.Refused(in command, ReportKind.ReplaceRejected, reason, now);
        }
        else if (order.IsDoneBy(command.Quantity))
        {
            _reports.Canceled(instrument, order, ReasonCode.Requested, now);
            Release(instrument, order);
        }
        else if (order.KeepsPlace(command.Price, command.Quantity))
        {
            order.Leaves = command.Quantity - order.Cumulative;
            _reports.Standing(ReportKind.Replaced, instrument, order, now);
        }
        else
        {
            Move(in command, order, instrument, now);
        }
    }

    /// <summary>The order leaves its queue and comes in again like a new one, under its old names.</summary>
    private void Move(in OrderCommand command, OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        instrument.Orders.Remove(order);
        order.Price = command.Price;
        order.Leaves = command.Quantity - order.Cumulative;
        order.Place = instrument.Book.NextArrival;
        _reports.Standing(ReportKind.Replaced, instrument, order, now);
        if (!Enter(order, instrument, now)) Forget(order);
    }

    private bool TryFind(in OrderCommand command, out OwnOrder order) =>
        _names.TryFind(command.ClientOrderId, out order!) && order.Instrument == command.Header.Instrument;

    private ReasonCode WhyMissing(in OrderCommand command) => _names.IsClosed(command.ClientOrderId) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;

    private void Release(VenueInstrument instrument, OwnOrder order)
    {
        instrument.Orders.Remove(order);
        Forget(order);
    }

    private void Forget(OwnOrder order)
    {
        _names.Close(order.ClientOrderId);
        _pool.Push(order);
    }

    private void Report(VenueInstrument instrument, in OwnFill fill, Price price, Liquidity liquidity, Timestamp now)
    {
        ref readonly InstrumentDefinition definition = ref _instruments[instrument.Id];
        long fee = _fees.Of(in definition).FeeNanos(price, fill.Quantity, in definition, liquidity);
        _reports.Filled(instrument, in fill, price, liquidity, fee, now);
    }
}
