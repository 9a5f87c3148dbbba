using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Twins.SlowAccount;

namespace Fathom.Twins.SlowVenue;

// What the venue says when it is asked, and what happens to orders and executions without our asking.
public sealed partial class SlowVenue
{
    private readonly List<SlowOrder> _accepted = [];
    private readonly Dictionary<ClientOrderId, VenueOrder> _rejected = [];
    private readonly List<SlowExecution> _fills = [];
    private readonly List<ExecutionChanged> _changes = [];

    // ---- questions

    private void Query(OrderCommand command)
    {
        SlowOrder? order = _accepted.Find(one => IsNamed(one, command));
        VenueOrder answer = order is not null ? Describe(order) : _rejected.TryGetValue(command.ClientOrderId, out VenueOrder rejected) ? rejected : new VenueOrder
        {
            Header = new MessageHeader { Instrument = command.Header.Instrument },
            ClientOrderId = command.ClientOrderId,
            VenueOrderId = command.VenueOrderId,
            Price = Price.None,
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
        };
        foreach (SlowExecution fill in _fills.Where(fill => order is not null && fill.Report.VenueOrderId == order.VenueOrderId)) Repeat(fill.Report);
        foreach (ExecutionChanged change in _changes.Where(change => order is not null && change.VenueOrderId == order.VenueOrderId)) Repeat(change);
        Answer(answer, command);
    }

    private void Snapshot(OrderCommand command)
    {
        VenueAnswer Edge(VenueAnswerKind kind) => new()
        {
            Header = Header<VenueAnswer>(MessageType.VenueAnswer, InstrumentId.None),
            Sequence = _sequence,
            Request = command.Approval,
            Kind = kind,
        };
        List<SlowExecution> fills = _fills.FindAll(fill => fill.Report.Header.EventTime >= command.Since);
        List<ExecutionChanged> changes = _changes.FindAll(change => change.Header.EventTime >= command.Since);
        List<int> held = [.. _positions.Where(position => position.Value != 0).Select(position => position.Key).Order()];

        Say(Edge(VenueAnswerKind.SnapshotBegins));
        foreach (SlowExecution fill in fills) Repeat(fill.Report);
        foreach (ExecutionChanged change in changes) Repeat(change);
        foreach (SlowOrder order in _live) Answer(Describe(order), command);
        foreach (int instrument in held) Say(Position(new InstrumentId(instrument), command));
        Say(Edge(VenueAnswerKind.SnapshotEnds) with { Executions = fills.Count + changes.Count, Orders = _live.Count, Positions = held.Count });
    }

    /// <summary>By our name of it, where one is stated.</summary>
    private static bool IsNamed(SlowOrder order, OrderCommand command) =>
        command.ClientOrderId.IsNone ? order.VenueOrderId == command.VenueOrderId : order.Command.ClientOrderId == command.ClientOrderId;

    /// <summary>The order as its reports have told it.</summary>
    private VenueOrder Describe(SlowOrder order)
    {
        List<OrderReport> told = _reports.FindAll(report => report.VenueOrderId == order.VenueOrderId && report.Kind != ReportKind.CancelRejected && report.Kind != ReportKind.ReplaceRejected);
        OrderReport last = told[^1], alive = told.FindLast(report => report.Kind is not (ReportKind.Canceled or ReportKind.Expired));
        OrderStatus status = last.Kind switch
        {
            ReportKind.Expired => OrderStatus.Expired,
            ReportKind.Canceled => last.Cumulative.IsZero ? OrderStatus.Canceled : OrderStatus.CanceledAfterPartialFill,
            _ when last.Leaves.IsZero => OrderStatus.Filled,
            _ when last.Cumulative.IsPositive => OrderStatus.PartiallyFilled,
            _ => told.Exists(report => report.Kind == ReportKind.Triggered) ? OrderStatus.Triggered : OrderStatus.Open,
        };
        return new VenueOrder
        {
            Header = new MessageHeader { Instrument = order.Instrument },
            ClientOrderId = order.Command.ClientOrderId,
            VenueOrderId = order.VenueOrderId,
            Price = new Price(order.Price),
            TriggerPrice = new Price(order.Trigger ?? long.MaxValue),
            TrailOffset = new Price(order.Offset ?? long.MaxValue),
            Quantity = alive.Cumulative + alive.Leaves,
            Cumulative = last.Cumulative,
            Leaves = last.Leaves,
            ExpireTime = order.Command.TimeInForce == TimeInForce.GoodTillDate ? order.Command.ExpireTime : default,
            Status = status,
            Side = order.Side,
            Type = order.Command.Type,
            TimeInForce = order.Command.TimeInForce,
            Flags = order.Command.Flags,
            TriggerSource = order.Command.TriggerSource,
            Reason = status.IsTerminal() ? last.Reason : ReasonCode.None,
        };
    }

    private void NoteRejected(OrderCommand command, ReasonCode reason) => _rejected.Add(command.ClientOrderId, new VenueOrder
    {
        Header = new MessageHeader { Instrument = command.Header.Instrument },
        ClientOrderId = command.ClientOrderId,
        Price = new Price(Stated(command.Price.Nanos) ?? long.MaxValue),
        TriggerPrice = new Price(Stated(command.TriggerPrice.Nanos) ?? long.MaxValue),
        TrailOffset = new Price(Stated(command.TrailOffset.Nanos) ?? long.MaxValue),
        Quantity = new Quantity(Stated(command.Quantity.Nanos) ?? 0),
        ExpireTime = new Timestamp(Stated(command.ExpireTime.Nanos) ?? 0),
        Status = OrderStatus.Rejected,
        Side = command.Side,
        Type = command.Type,
        TimeInForce = command.TimeInForce,
        Flags = command.Flags,
        TriggerSource = command.TriggerSource,
        PositionSide = command.PositionSide,
        Reason = reason,
    });

    private VenuePosition Position(InstrumentId instrument, OrderCommand command)
    {
        SlowPosition position = new(new SlowContract(Book(instrument).Definition!.Value.Kind, 1, ""));
        foreach (SlowExecution fill in _fills.Where(fill => fill.Report.Header.Instrument == instrument && fill.Quantity > 0))
            position.Fill(new SlowFill(0, instrument.Index, PositionSide.Net, fill.Report.Side, new Price(fill.Price).ToDecimal(), new Quantity(fill.Quantity).ToDecimal(), 0));
        return new VenuePosition
        {
            Header = Header<VenuePosition>(MessageType.VenuePosition, instrument),
            Request = command.Approval,
            Quantity = new Quantity((long)_positions[instrument.Index]),
            AveragePrice = new Price((long)HalfEven(position.AveragePrice * Fathom.Domain.Values.Price.Scale, SlowPosition.One)),
        };
    }

    private static BigInteger HalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(by);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }

    private void Answer(VenueOrder order, OrderCommand command)
    {
        order.Header = Header<VenueOrder>(MessageType.VenueOrder, order.Header.Instrument);
        Say(order with { Sequence = _sequence, Request = command.Approval });
    }

    private void Repeat(OrderReport fill)
    {
        fill.Header.ReceiveTime = new Timestamp(_now) + _terms.Response;
        Say(fill);
    }

    private void Repeat(ExecutionChanged change)
    {
        change.Header.ReceiveTime = new Timestamp(_now) + _terms.Response;
        Say(change);
    }

    private MessageHeader Header<T>(MessageType type, InstrumentId instrument) where T : unmanaged =>
        MessageHeader.Create<T>(type, _terms.Source, instrument, new Timestamp(_now), new Timestamp(_now) + _terms.Response);

    private void Say<T>(T message) where T : unmanaged => _messages.Add(Messages.AsBytes(in message).ToArray());

    // ---- without our asking

    private void OnAct(SlowAct act)
    {
        switch (act.Kind)
        {
            case SlowActKind.PlaceExternal: PlaceExternal(act); break;
            case SlowActKind.CancelByVenue when !act.ClientOrderId.IsNone && _live.Find(one => one.Command.ClientOrderId == act.ClientOrderId) is { } ours:
                EndWholly(ours, ReportKind.Canceled, ReasonCode.None);
                break;
            case SlowActKind.CancelExternal when _live.Find(one => one.VenueOrderId == act.VenueOrderId && one.Command.ClientOrderId.IsNone) is { } others:
                EndWholly(others, ReportKind.Canceled, ReasonCode.Requested);
                break;
            case SlowActKind.Bust or SlowActKind.Correct when _fills.Find(fill => fill.Id == act.Execution && fill.Quantity > 0) is { } fill: Change(fill, act); break;
        }
    }

    private void PlaceExternal(SlowAct act)
    {
        OrderCommand command = new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, act.Instrument, new Timestamp(_now), new Timestamp(_now)),
            Kind = CommandKind.Submit,
            Side = act.Side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = act.Price,
            Quantity = act.Quantity,
        };
        SlowOrder order = NewOrder(command);
        if (Objection(order, command, out List<(TapeOrder Order, long Quantity)> takes) == ReasonCode.None) Accept(order, command, takes);
    }

    private void Change(SlowExecution fill, SlowAct act)
    {
        InstrumentDefinition definition = Book(fill.Report.Header.Instrument).Definition!.Value;
        bool isBust = act.Kind == SlowActKind.Bust;
        long quantity = isBust ? 0 : act.Quantity.Nanos;
        if (!isBust && (quantity <= 0 || act.Price.IsNone || !SlowFeeMath.IsSmall(Fees(definition), definition, act.Price.Nanos, quantity, fill.Report.Liquidity))) return;
        long fee = isBust ? 0 : SlowFeeMath.Fee(Fees(definition), definition, act.Price.Nanos, quantity, fill.Report.Liquidity);
        ExecutionChanged change = new()
        {
            Header = Header<ExecutionChanged>(MessageType.ExecutionChanged, fill.Report.Header.Instrument),
            Sequence = ++_sequence,
            ClientOrderId = fill.Report.ClientOrderId,
            ExecutionId = new ExecutionId(0, ++_executions),
            Original = fill.Id,
            VenueOrderId = fill.Report.VenueOrderId,
            OldPrice = new Price(fill.Price),
            OldQuantity = new Quantity(fill.Quantity),
            OldFeeNanos = fill.Fee,
            NewPrice = isBust ? Price.None : act.Price,
            NewQuantity = new Quantity(quantity),
            NewFeeNanos = fee,
            Side = fill.Report.Side,
            Liquidity = fill.Report.Liquidity,
        };
        Say(change);
        _changes.Add(change);
        _positions[fill.Report.Header.Instrument.Index] += fill.Report.Side.Sign() * ((Int128)quantity - fill.Quantity);
        (fill.Id, fill.Price, fill.Quantity, fill.Fee) = (change.ExecutionId, act.Price.Nanos, quantity, fee);
        CutReducing(fill.Report.Header.Instrument);
        Flush();
        TellChildren();
    }
}
