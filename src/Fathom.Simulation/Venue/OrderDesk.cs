using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Takes our commands: what is accepted, canceled and replaced, and what is refused and why.</summary>
internal sealed class OrderDesk
{
    private readonly ReportWriter _reports;
    private readonly OrderNames _names;
    private readonly VenueFeatures _features;
    private readonly SessionCalendar _sessions;
    private readonly OrderAdmission _admission;
    private readonly OrderLists _lists = new();
    private readonly OrderFloor _floor;
    private readonly ExecutionChanges _executions;

    public OrderDesk(
        Instruments instruments, FeeBook fees, ReportWriter reports, ExecutionLog executions, OrderNames names, OrderChanges changes, VenueFeatures features, SessionCalendar sessions)
    {
        _reports = reports;
        _names = names;
        _features = features;
        _sessions = sessions;
        LiquidityWalk walk = new();
        _admission = new OrderAdmission(instruments, fees, walk);
        _floor = new OrderFloor(instruments, fees, reports, executions, names, _admission, walk, changes, _lists);
        _executions = new ExecutionChanges(instruments, fees, reports, executions);
    }

    /// <summary>The order that was accepted last; 0 before the first.</summary>
    public ulong LastVenueOrderId => _floor.LastVenueOrderId;

    /// <summary>When the next order ends by itself; None when none does.</summary>
    public Timestamp ExpiryDue => _floor.Expiries.Due;

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

    /// <summary>The instrument's event is over, and its fills are known.</summary>
    public void EndEvent(VenueInstrument instrument, Timestamp now)
    {
        _floor.EndEvent(instrument, now);
        while (instrument.Overdue.Count > 0) _floor.End(instrument.Overdue[0], ReportKind.Expired, ReasonCode.TimeIsUp, instrument, now);
    }

    /// <summary>The order whose time is up next; it does not stand there any more.</summary>
    public OwnOrder TakeExpired()
    {
        OwnOrder order = _floor.Expiries.First;
        _floor.Expiries.Remove(order);
        return order;
    }

    public void Expire(OwnOrder order, VenueInstrument instrument, Timestamp now) => _floor.End(order, ReportKind.Expired, ReasonCode.TimeIsUp, instrument, now);

    // ---- without our asking

    /// <summary>The order ends.</summary>
    /// <param name="reason">None: the venue does not say why.</param>
    public void End(OwnOrder order, ReasonCode reason, VenueInstrument instrument, Timestamp now) => _floor.End(order, ReportKind.Canceled, reason, instrument, now);

    /// <summary>An execution becomes another one, or none.</summary>
    /// <returns>False when it cannot: see <see cref="ExecutionChanges.TryChange"/>.</returns>
    public bool TryChangeExecution(ExecutionId id, Price price, Quantity quantity, Timestamp now, out ExecutionChanged change) =>
        _executions.TryChange(id, price, quantity, now, out change);

    /// <summary>What becomes of the position, and of the orders that may only reduce it.</summary>
    public void Move(in ExecutionChanged change, VenueInstrument instrument, Timestamp now) =>
        _floor.MovePosition(change.Side.Sign() * ((Int128)change.NewQuantity.Nanos - change.OldQuantity.Nanos), instrument, now);

    // ---- submit

    /// <summary>The command was valid for a limited time, and that is over.</summary>
    private static bool IsTooOld(in OrderCommand command, Timestamp now) => command.ValidUntil.Nanos != 0 && now > command.ValidUntil;

    /// <summary>Only others of the account place orders without a name of ours; their commands come without an approval.</summary>
    private static bool IsOthers(in OrderCommand command) => command.Approval == 0;

    private void Submit(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        bool isKnown = _names.IsKnown(command.ClientOrderId);
        bool isSupported = OrderAdmission.IsSupported(in command, _features) && command.ClientOrderId.IsNone == IsOthers(in command);
        if (IsTooOld(in command, now) || !isSupported || isKnown)
        {
            Reject(in command, IsTooOld(in command, now) ? ReasonCode.TooOld : isSupported ? ReasonCode.DuplicateOrder : ReasonCode.Unsupported, instrument, now);
            return;
        }
        OwnOrder order = _floor.Rent();
        Fill(order, in command, now);
        ReasonCode reason = Judge(order, in command, instrument, now);
        if (reason == ReasonCode.None)
        {
            _floor.Accept(order, in command, instrument!, now);
            return;
        }
        _floor.Drop(order);
        Reject(in command, reason, instrument, now);
    }

    private void Fill(OwnOrder order, in OrderCommand command, Timestamp now)
    {
        order.ClientOrderId = command.ClientOrderId;
        order.Instrument = command.Header.Instrument;
        order.Side = command.Side;
        order.Type = command.Type;
        order.Price = order.IsMarket ? Price.None : command.Price;
        order.TimeInForce = command.TimeInForce;
        order.IsPostOnly = command.IsPostOnly;
        order.IsReduceOnly = (command.Flags & OrderFlags.ReduceOnly) != 0;
        order.Expiry = command.TimeInForce switch
        {
            TimeInForce.GoodTillDate => command.ExpireTime,
            TimeInForce.Day when OrderAdmission.NeedsExpiry(in command) => _sessions.Next(now).Close,
            _ => Timestamp.None,
        };
        order.Leaves = Quantity.Zero;
        order.Inactive = Quantity.Zero;
        order.Cumulative = Quantity.Zero;
        order.State = OwnOrderState.Entered;
        order.IsLive = order.IsEnded = order.IsResting = order.IsMet = order.IsTriggered = order.HasOlderExecutions = false;
        order.List = null;
        order.TriggerSource = command.TriggerSource;
        order.TriggerPrice = order.TriggerStated = OrderAdmission.Stated(command.TriggerPrice);
        order.TrailOffset = OrderAdmission.Stated(command.TrailOffset);
        order.Extreme = Price.None;
        order.AheadBeforePrints = -1;
        order.PrintedAtPrice = 0;
    }

    /// <summary>What stands against the order, or None: then it has its quantities.</summary>
    private ReasonCode Judge(OwnOrder order, in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        ReasonCode reason = _lists.Judge(in command, now, out OwnList? list);
        if (reason != ReasonCode.None) return reason;
        if (instrument is null) return ReasonCode.UnknownInstrument;
        if (!OrderAdmission.IsConditionSound(in command, now)) return ReasonCode.ConditionInvalid;
        reason = _admission.JudgeTerms(order, order.Price, order.TriggerPrice, order.TrailOffset, command.Quantity, instrument);
        if (reason != ReasonCode.None) return reason;

        Quantity total = list is null ? command.Quantity : command.Quantity - Quantity.Min(command.Quantity, list.Filled);
        Quantity active = list is null ? total : list.ActiveOf(total);
        bool canGrow = list is { HasParent: true, Parent: not null };
        if (total.IsZero || (active.IsZero && !canGrow)) return ReasonCode.ListDone;
        if (active.IsPositive && !order.IsStop)
        {
            reason = _admission.JudgeEntry(order, order.Price, active, instrument);
            if (reason != ReasonCode.None) return reason;
        }
        order.Leaves = active.IsPositive && !order.IsStop ? _admission.Granted : active;
        order.Inactive = canGrow ? total - active : Quantity.Zero;
        return ReasonCode.None;
    }

    /// <summary>Whoever shares the list with it ends too. Others are told of their rejections, not we.</summary>
    private void Reject(in OrderCommand command, ReasonCode reason, VenueInstrument? instrument, Timestamp now)
    {
        if (IsOthers(in command)) return;
        if (!command.ClientOrderId.IsNone && !_names.IsKnown(command.ClientOrderId)) _names.Close(Rejected(in command, reason));
        _reports.Refused(in command, ReportKind.Rejected, reason, now);
        if (_lists.Refuse(in command, reason) is { } list) _floor.EndSiblings(list, instrument!, now);      // of the list's instrument, which is known
    }

    /// <summary>The order as it was asked for.</summary>
    private static VenueOrder Rejected(in OrderCommand command, ReasonCode reason) => new()
    {
        Header = new MessageHeader { Instrument = command.Header.Instrument },
        ClientOrderId = command.ClientOrderId,
        Price = OrderAdmission.Stated(command.Price),
        TriggerPrice = OrderAdmission.Stated(command.TriggerPrice),
        TrailOffset = OrderAdmission.Stated(command.TrailOffset),
        Quantity = command.Quantity.IsNone ? Quantity.Zero : command.Quantity,
        ExpireTime = command.ExpireTime.IsNone ? default : command.ExpireTime,
        Status = OrderStatus.Rejected,
        Side = command.Side,
        Type = command.Type,
        TimeInForce = command.TimeInForce,
        Flags = command.Flags,
        TriggerSource = command.TriggerSource,
        PositionSide = command.PositionSide,
        Reason = reason,
    };

    // ---- cancel and replace

    private void Cancel(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        if (IsTooOld(in command, now)) _reports.Refused(in command, ReportKind.CancelRejected, ReasonCode.TooOld, now);
        else if (instrument is null || !TryFind(in command, out OwnOrder order)) _reports.Refused(in command, ReportKind.CancelRejected, WhyMissing(in command), now);
        else _floor.End(order, ReportKind.Canceled, ReasonCode.Requested, instrument, now);
    }

    private void Replace(in OrderCommand command, VenueInstrument? instrument, Timestamp now)
    {
        if (IsTooOld(in command, now))
        {
            _reports.Refused(in command, ReportKind.ReplaceRejected, ReasonCode.TooOld, now);
            return;
        }
        if (instrument is null || !TryFind(in command, out OwnOrder order))
        {
            _reports.Refused(in command, ReportKind.ReplaceRejected, WhyMissing(in command), now);
            return;
        }
        ReasonCode reason = OrderAdmission.IsSupported(in command, order) ? ReasonCode.None : ReasonCode.Unsupported;
        if (reason == ReasonCode.None && !OrderAdmission.IsConditionSound(in command, order)) reason = ReasonCode.ConditionInvalid;
        if (reason == ReasonCode.None) reason = order.State == OwnOrderState.Entered ? ReplaceResting(in command, order, instrument, now) : ReplaceHeldBack(in command, order, instrument, now);
        if (reason != ReasonCode.None) _reports.Refused(in command, ReportKind.ReplaceRejected, reason, now);
    }

    private ReasonCode ReplaceResting(in OrderCommand command, OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        ReasonCode reason = _admission.JudgeTerms(order, command.Price, Price.None, Price.None, command.Quantity, instrument);
        if (reason != ReasonCode.None) return reason;
        if (order.IsDoneBy(command.Quantity))
        {
            _floor.End(order, ReportKind.Canceled, ReasonCode.Requested, instrument, now);
            return ReasonCode.None;
        }
        (Quantity active, Quantity inactive) = Split(order, command.Quantity - order.Cumulative);
        reason = _admission.JudgeEntry(order, command.Price, order.Cumulative + active, instrument);
        if (reason != ReasonCode.None) return reason;
        Quantity whole = _admission.Granted;
        order.Inactive = inactive;
        if (order.KeepsPlace(command.Price, whole))
        {
            order.Leaves = whole - order.Cumulative;
            _floor.Stay(order, ReasonCode.None, instrument, now);
        }
        else
        {
            _floor.Move(order, command.Price, whole - order.Cumulative, ReasonCode.None, instrument, now);
        }
        return ReasonCode.None;
    }

    /// <summary>Of an order that waits for its trigger or its parent; what the command does not state stays.</summary>
    private ReasonCode ReplaceHeldBack(in OrderCommand command, OwnOrder order, VenueInstrument instrument, Timestamp now)
    {
        Price price = OrderAdmission.IsStated(command.Price.Nanos) ? command.Price : order.Price;
        Price stated = OrderAdmission.IsStated(command.TriggerPrice.Nanos) ? command.TriggerPrice : order.TriggerStated;
        Price offset = OrderAdmission.IsStated(command.TrailOffset.Nanos) ? command.TrailOffset : order.TrailOffset;
        Quantity whole = OrderAdmission.IsStated(command.Quantity.Nanos) ? command.Quantity : order.Cumulative + order.Total;
        ReasonCode reason = _admission.JudgeTerms(order, price, stated, offset, whole, instrument);
        if (reason != ReasonCode.None) return reason;
        if (order.IsDoneBy(whole))
        {
            _floor.End(order, ReportKind.Canceled, ReasonCode.Requested, instrument, now);
            return ReasonCode.None;
        }
        order.Price = price;
        order.TriggerStated = stated;
        order.TrailOffset = offset;
        (order.Leaves, order.Inactive) = order.State == OwnOrderState.Waiting ? Split(order, whole - order.Cumulative) : (Quantity.Zero, whole - order.Cumulative);
        _floor.Stay(order, ReasonCode.None, instrument, now);
        _floor.Reconsider(order, instrument, now);
        return ReasonCode.None;
    }

    /// <summary>What is active of an order with so much left, and what waits for its parent. What its parent can fill no more is cut.</summary>
    private static (Quantity Active, Quantity Inactive) Split(OwnOrder order, Quantity left)
    {
        if (order.List is not { } list || list.Parent == order) return (left, Quantity.Zero);
        Quantity active = list.ActiveOf(left);
        return (active, list.Parent is null ? Quantity.Zero : left - active);
    }

    private bool TryFind(in OrderCommand command, out OwnOrder order) =>
        _names.TryFind(command.ClientOrderId, command.VenueOrderId, out order!) && order.Instrument == command.Header.Instrument;

    private ReasonCode WhyMissing(in OrderCommand command) =>
        _names.TryFindClosed(command.ClientOrderId, command.VenueOrderId, out _) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;
}
