using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>Takes what a venue says of orders and executions: moves positions, publishes what changed, and tells the strategies.</summary>
internal sealed class ReportDesk(SessionServices services, StrategySession[] sessions, Account account, EquityPublisher equity)
{
    /// <summary>Executions booked.</summary>
    public long FillCount { get; private set; }

    /// <summary>Orders that the venue rejected.</summary>
    public long RejectedCount { get; private set; }

    private Timestamp Clock => services.Input.Clock;

    /// <summary>Takes a report and brings about what follows from it.</summary>
    /// <param name="effect">What the blotter made of it.</param>
    public void Take(in OrderReport report, in ReportEffect effect)
    {
        if (effect.Order is { } order) NoteQueue(order, in report);
        OrderOrigin origin = effect.Order?.Origin ?? OrderOrigin.Intent;
        FillEvent fill = effect.IsExecution ? Book(in report, effect.Owner) : default;
        if (effect.Order is { } told) sessions[told.Strategy].NoteReport(told, in report);
        if (effect.Order is { } refused && report.Kind is (ReportKind.Rejected or ReportKind.ReplaceRejected)) services.KillWatch?.NoteReject(refused.Strategy, report.Header.Instrument);
        OrderEvent change = effect.Order is { } changed && effect.IsTransition ? Change(in report, effect.From, changed) : default;

        if ((uint)effect.Owner >= (uint)sessions.Length) return;
        StrategySession session = sessions[effect.Owner];
        session.FollowReport(report.Header.Instrument, effect.IsExecution);
        if (effect.IsExecution) session.OnFill(in fill, origin);
        if (effect.IsTransition) session.OnOrder(in change, origin, IsRejection(report.Kind));
    }

    /// <summary>Takes how the venue was found to have an order: as a report that says the same.</summary>
    /// <param name="from">Its status before.</param>
    /// <param name="kind">Of that report.</param>
    public void TakeFound(Order order, OrderStatus from, ReportKind kind, in VenueOrder found)
    {
        OrderReport report = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, found.Header.Source, order.Instrument, found.Header.EventTime, Clock),
            ClientOrderId = order.Id,
            VenueOrderId = order.VenueOrderId,
            Kind = kind,
            Side = order.Side,
            LastPrice = Price.None,
            Cumulative = order.Cumulative,
            Leaves = order.Leaves,
            Reason = found.Reason == ReasonCode.None ? ReasonCode.Settled : found.Reason,
            QueueAhead = Quantity.None,
        };
        OrderOrigin origin = order.Origin;
        StrategySession session = sessions[order.Strategy];
        services.Queue.Forget(order);
        session.NoteReport(order, in report);
        OrderEvent change = Change(in report, from, order);
        session.FollowReport(report.Header.Instrument, isExecution: false);
        session.OnOrder(in change, origin, IsRejection(kind));
    }

    /// <summary>An order changed by what we know, not by what the venue said: it is published, and its strategy told.</summary>
    public void Tell(Order order, OrderStatus from, ReasonCode reason)
    {
        OrderEvent change = OrderEvents.Transition(order, from, reason, services.Account, Clock, Clock);
        services.Publisher.Publish(ref change);
        sessions[order.Strategy].OnOrder(in change, order.Origin, isRejection: false);
    }

    /// <summary>An execution was taken back or corrected: what it moved is moved back, and what is right takes its place, before anybody is told.</summary>
    /// <param name="owner">Number of the strategy; −1 for nobody of ours.</param>
    public void Take(in ExecutionChanged change, int owner, in ExecutionChangeEffect effect)
    {
        OrderReport report = new()
        {
            Header = change.Header,
            ClientOrderId = change.ClientOrderId,
            ExecutionId = change.ExecutionId,
            VenueOrderId = change.VenueOrderId,
            Kind = ReportKind.Filled,
            PositionSide = change.PositionSide,
            Liquidity = change.Liquidity,
            QueueAhead = Quantity.None,
        };
        FillEvent undone = default, booked = default;
        if (effect.UndoesOld)
        {
            (report.Side, report.LastPrice, report.LastQuantity, report.FeeNanos) = (change.Side.Opposite(), change.OldPrice, change.OldQuantity, -change.OldFeeNanos);
            undone = Book(in report, owner);
        }
        if (effect.BooksNew)
        {
            (report.Side, report.LastPrice, report.LastQuantity, report.FeeNanos) = (change.Side, change.NewPrice, change.NewQuantity, change.NewFeeNanos);
            booked = Book(in report, owner);
        }
        if ((uint)owner >= (uint)sessions.Length) return;
        sessions[owner].FollowReport(report.Header.Instrument, isExecution: true);
        if (effect.UndoesOld) sessions[owner].OnFill(in undone);
        if (effect.BooksNew) sessions[owner].OnFill(in booked);
    }

    /// <summary>The venue's position is another than ours, and no execution says why: the rest is somebody else's.</summary>
    /// <param name="quantity">Signed.</param>
    public void AdoptPosition(InstrumentId instrument, Quantity quantity, Price price, PositionSide side)
    {
        services.Marks.Watch(instrument, Clock);
        Holding holding = account.Book(-1, instrument, quantity.IsPositive ? Side.Buy : Side.Sell, price, new Quantity(Math.Abs(quantity.Nanos)), feeNanos: 0, side);
        PublishPosition(holding, Output(-1, ClientOrderId.None), CurrencyOf(instrument), Clock);
        equity.Publish();
        services.States?.OnFill(instrument);
    }

    private static bool IsRejection(ReportKind kind) => kind is ReportKind.Rejected or ReportKind.CancelRejected or ReportKind.ReplaceRejected;

    /// <summary>Tells the tracker what a report says about the order's place in its queue.</summary>
    private void NoteQueue(Order order, in OrderReport report)
    {
        switch (report.Kind)
        {
            case ReportKind.Accepted: services.Queue.NoteAnswer(order, hasJoined: !order.IsWaiting && !order.IsDormant, report.Header.EventTime); break;
            case ReportKind.Replaced: services.Queue.NoteAnswer(order, hasJoined: order.HasLostPlace, report.Header.EventTime); break;
            case ReportKind.ReplaceRejected: services.Queue.NoteAnswer(order, hasJoined: false, report.Header.EventTime); break;
        }
    }

    private FillEvent Book(in OrderReport report, int owner)
    {
        InstrumentId instrument = report.Header.Instrument;
        services.Marks.Watch(instrument, Clock);
        Holding holding = account.Book(owner, instrument, report.Side, report.LastPrice, report.LastQuantity, report.FeeNanos, report.PositionSide);
        FillEvent fill = new()
        {
            Header = MessageHeader.Create<FillEvent>(MessageType.FillEvent, report.Header.Source, instrument, report.Header.EventTime, Clock),
            Output = Output(owner, report.ClientOrderId),
            ClientOrderId = report.ClientOrderId,
            ExecutionId = report.ExecutionId,
            Price = report.LastPrice,
            Quantity = report.LastQuantity,
            FeeNanos = report.FeeNanos,
            Currency = CurrencyOf(instrument),
            Position = holding.Position.Quantity,
            QueueAhead = report.QueueAhead,
            Side = report.Side,
            Liquidity = report.Liquidity,
            PositionSide = report.PositionSide,
        };
        FillCount++;
        services.Publisher.Publish(ref fill);
        PublishPosition(holding, fill.Output, fill.Currency, fill.Header.EventTime);
        equity.Publish();
        services.States?.OnFill(instrument);
        return fill;
    }

    private OrderEvent Change(in OrderReport report, OrderStatus from, Order order)
    {
        if (order.Status == OrderStatus.Rejected) RejectedCount++;
        ReasonCode reason = order.IsInDoubt ? order.DoubtReason : report.Kind == ReportKind.Canceled && order.EndReason != ReasonCode.None ? order.EndReason : report.Reason;
        OrderEvent change = OrderEvents.Transition(order, from, reason, services.Account, report.Header.EventTime, Clock);
        services.Publisher.Publish(ref change);
        if (order.Status.IsTerminal())
        {
            services.Queue.NoteEnded(order);
            services.Blotter.Remove(order);
        }
        return change;
    }

    private CurrencyCode CurrencyOf(InstrumentId instrument)
    {
        CurrencyCode currency = services.Stage.State.Instruments[instrument].Currency;
        return currency.IsNone ? account.Currency : currency;
    }

    private void PublishPosition(Holding holding, OutputHeader output, CurrencyCode currency, Timestamp eventTime)
    {
        PositionEvent position = new()
        {
            Header = MessageHeader.Create<PositionEvent>(MessageType.PositionEvent, source: 0, holding.Instrument, eventTime, Clock),
            Output = output,
            Currency = currency,
            Quantity = holding.Position.Quantity,
            AveragePrice = holding.Position.AveragePrice,
            RealizedNanos = holding.RealizedNanos,
            FeesNanos = holding.FeesNanos,
            Side = holding.Side,
        };
        services.Publisher.Publish(ref position);
    }

    private OutputHeader Output(int owner, ClientOrderId parent) =>
        new() { Strategy = owner < 0 ? TradingEngine.ExternalStrategy : (ushort)owner, Account = services.Account, Parent = parent };
}
