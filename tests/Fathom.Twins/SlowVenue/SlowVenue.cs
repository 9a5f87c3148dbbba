using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>The oracle of the simulated venue: the whole tape and all commands lie before it; it sorts everything that happens, walks through it
/// once with plain lists, and says every report. Written from the rules of the queue (the tape's fills displaced by our orders, prints where there are no fills, arrivals
/// that trade with us first), not from the venue's code.</summary>
public sealed class SlowVenue
{
    private readonly IReadOnlyList<byte[]> _tape;
    private readonly SlowTerms _terms;
    private readonly Dictionary<int, SlowTapeBook> _books = [];
    private readonly List<SlowOrder> _live = [];
    private readonly HashSet<ClientOrderId> _seen = [];
    private readonly List<OrderReport> _reports = [];
    private ulong _orders;
    private ulong _executions;

    private SlowVenue(IReadOnlyList<byte[]> tape, SlowTerms terms)
    {
        _tape = tape;
        _terms = terms;
    }

    /// <summary>All reports, in the order in which the venue makes them; receive times include the response latency.</summary>
    /// <param name="tape">All messages of the market, in file order.</param>
    /// <param name="commands">In approval order, arrivals not decreasing.</param>
    public static IReadOnlyList<OrderReport> Run(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, SlowTerms terms)
    {
        SlowVenue venue = new(tape, terms);
        foreach (Happening happening in SlowTimeline.Sort(tape, commands))
        {
            if (happening.Command < 0) venue.OnEvent(happening);
            else venue.OnCommand(commands[happening.Command].Command, happening.Time);
        }
        return venue._reports;
    }

    private SlowTapeBook Book(InstrumentId instrument)
    {
        if (!_books.TryGetValue(instrument.Index, out SlowTapeBook? book)) _books.Add(instrument.Index, book = new SlowTapeBook());
        return book;
    }

    // ---- the tape

    private void OnEvent(Happening happening)
    {
        InstrumentId instrument = new(happening.Instrument);
        SlowTapeBook book = Book(instrument);
        List<SlowReport> fills = [];
        List<MarketByOrder> records = [.. happening.Messages.Where(i => Messages.Header(_tape[i]).Type == MessageType.MarketByOrder)
                                                             .Select(i => Messages.As<MarketByOrder>(_tape[i]))];

        if (!records.Any(record => record.Action == BookAction.Fill)) OnPrints(instrument, book, records, fills);
        bool isRebuilt = false;
        foreach (int index in happening.Messages)
        {
            byte[] message = _tape[index];
            switch (Messages.Header(message).Type)
            {
                case MessageType.MarketByOrder:
                    MarketByOrder record = Messages.As<MarketByOrder>(message);
                    if (record.Action == BookAction.Clear || record.Flags.HasFlag(BookFlags.Snapshot))
                    {
                        isRebuilt = true;
                        foreach (SlowOrder order in Ours(instrument)) order.Place = long.MaxValue;
                    }
                    OnRecord(instrument, book, record, fills);
                    break;
                case MessageType.InstrumentDefined or MessageType.InstrumentChanged:
                    book.Definition = Messages.As<InstrumentDefinition>(message);
                    break;
                case MessageType.TradingStateChanged:
                    book.State = Messages.As<TradingStateChanged>(message).State;
                    break;
            }
        }
        if (isRebuilt)
            foreach (SlowOrder order in _live.Where(order => order.Instrument == instrument)) order.Place = book.NextRank;
        foreach (SlowReport fill in fills) Report(fill with { QueueAhead = QueueAhead(book, fill.Order!) }, happening.Time);
        _live.RemoveAll(order => order.Leaves == 0);
    }

    private void OnRecord(InstrumentId instrument, SlowTapeBook book, in MarketByOrder record, List<SlowReport> fills)
    {
        TapeOrder? filled = record.Action == BookAction.Fill ? book.Find(record.OrderId) : null;
        TapeOrder? arrived = book.Apply(record);
        if (!book.IsMatching) return;

        // The quantity that hit an order behind us would have hit us first.
        if (filled is not null && !record.Quantity.IsNone) Displace(instrument, filled, record.Quantity.Nanos, fills);

        // An order that comes to our price or through it trades with us before it rests.
        bool isOrder = (record.Flags & (BookFlags.Snapshot | BookFlags.TopOfBook | BookFlags.Aggregated)) == 0;
        if (arrived is null || !isOrder) return;
        foreach (SlowOrder order in Ours(instrument))
        {
            if (!order.IsReachedBy(arrived)) continue;
            long quantity = Math.Min(order.Leaves, arrived.Quantity - arrived.Taken);
            if (quantity <= 0) continue;
            arrived.Taken += quantity;
            Fill(order, quantity, fills);
        }
    }

    private void Displace(InstrumentId instrument, TapeOrder hit, long quantity, List<SlowReport> fills)
    {
        foreach (SlowOrder order in Ours(instrument))
        {
            long share = Math.Min(order.Leaves, quantity);
            if (!order.IsBefore(hit) || share <= 0) continue;
            quantity -= share;
            Fill(order, share, fills);
        }
    }

    /// <summary>Prints of an event that names no fills: each is taken to have hit the tape's queue at its price from the front, order by order, as
    /// the queue stood before the event.</summary>
    private void OnPrints(InstrumentId instrument, SlowTapeBook book, List<MarketByOrder> records, List<SlowReport> fills)
    {
        if (book.State is not (TradingState.Continuous or TradingState.Unknown)) return;
        bool isStale = book.IsStale;
        Dictionary<ulong, long> printed = [];
        Dictionary<(Side, long), long> levels = [];
        foreach (MarketByOrder record in records)
        {
            if (record.Action == BookAction.Clear || record.Flags.HasFlag(BookFlags.Snapshot)) isStale = false;
            if (record.Flags.HasFlag(BookFlags.MaybeBadBook)) isStale = true;
            if (record.Action != BookAction.Trade || isStale || record.Price.IsNone || record.Quantity.IsNone || record.Side is not (Side.Buy or Side.Sell)) continue;

            Side side = record.Side.Opposite();
            long price = record.Price.Nanos;
            long rest = record.Quantity.Nanos;

            long level = Math.Min(rest, book.Level(side, price) - levels.GetValueOrDefault((side, price)));
            if (level > 0)
            {
                levels[(side, price)] = levels.GetValueOrDefault((side, price)) + level;
                Displace(instrument, new TapeOrder { Id = 0, Side = side, Price = price, Rank = -1 }, level, fills);
                rest -= level;
            }
            foreach (TapeOrder order in book.Queue(side, price))
            {
                long hit = Math.Min(rest, order.Quantity - printed.GetValueOrDefault(order.Id));
                if (hit <= 0) continue;
                printed[order.Id] = printed.GetValueOrDefault(order.Id) + hit;
                Displace(instrument, order, hit, fills);
                rest -= hit;
            }
            if (rest > 0) Displace(instrument, new TapeOrder { Id = 0, Side = side, Price = price, Rank = long.MaxValue }, rest, fills);
            Merge(fills);
        }
    }

    /// <summary>One print is one fill of an order, however many tape orders it went through.</summary>
    private static void Merge(List<SlowReport> fills)
    {
        for (int i = fills.Count - 1; i >= 0; i--)
        {
            int earlier = fills.FindIndex(fill => !fill.IsClosed && fill.Order == fills[i].Order);
            if (fills[i].IsClosed || earlier == i) continue;
            fills[earlier] = fills[earlier] with
            {
                Quantity = fills[earlier].Quantity + fills[i].Quantity,
                Cumulative = Math.Max(fills[earlier].Cumulative, fills[i].Cumulative),
                Leaves = Math.Min(fills[earlier].Leaves, fills[i].Leaves),
            };
            fills.RemoveAt(i);
        }
        for (int i = 0; i < fills.Count; i++) fills[i] = fills[i] with { IsClosed = true };
    }

    /// <summary>Our live orders with something left, best price first, then the earlier one.</summary>
    private List<SlowOrder> Ours(InstrumentId instrument) =>
        [.. _live.Where(order => order.Instrument == instrument && order.Leaves > 0)
                 .OrderBy(order => order.Side == Side.Buy ? -(Int128)order.Price : order.Price)
                 .ThenBy(order => order.VenueOrderId)];

    private static void Fill(SlowOrder order, long quantity, List<SlowReport> fills)
    {
        order.Leaves -= quantity;
        order.Cumulative += quantity;
        fills.Add(new SlowReport(ReportKind.Filled, order.Command, order, Quantity: quantity, Cumulative: order.Cumulative, Leaves: order.Leaves));
    }

    private static Quantity QueueAhead(SlowTapeBook book, SlowOrder order) =>
        new(book.Level(order.Side, order.Price) + book.Queue(order.Side, order.Price).Where(other => other.Rank < order.Place).Sum(other => other.Quantity));

    // ---- commands

    private void OnCommand(OrderCommand command, long time)
    {
        SlowReport report = command.Kind switch
        {
            CommandKind.Submit => Submit(command),
            CommandKind.Cancel => Cancel(command),
            _ => Refusal(command, ReasonCode.Unsupported),
        };
        Report(report, time);
    }

    private SlowReport Submit(OrderCommand command)
    {
        if (!IsSupported(command)) return Refusal(command, ReasonCode.Unsupported);
        if (!_seen.Add(command.ClientOrderId)) return Refusal(command, ReasonCode.DuplicateOrder);
        SlowTapeBook book = Book(command.Header.Instrument);
        if (book.Definition is not { } definition) return Refusal(command, ReasonCode.UnknownInstrument);
        if (command.Quantity.Nanos <= 0 || command.Quantity.IsNone) return Refusal(command, ReasonCode.QuantityNotPositive);
        if (command.Price.IsNone || command.Price.Nanos % definition.Tick.Nanos != 0) return Refusal(command, ReasonCode.PriceOffTick);
        if (command.Quantity.Nanos % definition.Lot.Nanos != 0) return Refusal(command, ReasonCode.QuantityOffLot);
        if (!HasSmallFee(command, definition)) return Refusal(command, ReasonCode.NumericRange);
        if (book.State is TradingState.Halted or TradingState.Closed) return Refusal(command, ReasonCode.MarketClosed);
        Side against = command.Side.Opposite();
        if (_live.Any(other => other.Instrument == command.Header.Instrument && other.Side == against &&
                               SlowTapeBook.IsThrough(against, other.Price, command.Price.Nanos)))
            return Refusal(command, ReasonCode.WouldMeetOwn);
        if (book.HasAvailableThrough(against, command.Price.Nanos)) return Refusal(command, ReasonCode.WouldCross);

        SlowOrder order = new()
        {
            Command = command,
            VenueOrderId = ++_orders,
            Instrument = command.Header.Instrument,
            Side = command.Side,
            Price = command.Price.Nanos,
            Leaves = command.Quantity.Nanos,
            Place = book.NextRank,
        };
        _live.Add(order);
        return new SlowReport(ReportKind.Accepted, command, order, Leaves: order.Leaves) { QueueAhead = QueueAhead(book, order) };
    }

    private SlowReport Cancel(OrderCommand command)
    {
        SlowOrder? order = _live.Find(one => one.Command.ClientOrderId == command.ClientOrderId && one.Instrument == command.Header.Instrument);
        if (order is null)
        {
            bool isKnown = _seen.Contains(command.ClientOrderId) && !_live.Any(one => one.Command.ClientOrderId == command.ClientOrderId);
            return new SlowReport(ReportKind.CancelRejected, command, null, Reason: isKnown ? ReasonCode.TooLate : ReasonCode.UnknownOrder);
        }
        _live.Remove(order);
        return new SlowReport(ReportKind.Canceled, command, order, Cumulative: order.Cumulative, Reason: ReasonCode.Requested)
        {
            QueueAhead = QueueAhead(Book(order.Instrument), order),
        };
    }

    private static SlowReport Refusal(OrderCommand command, ReasonCode reason) => new(ReportKind.Rejected, command, null, Reason: reason);

    private static bool IsSupported(OrderCommand command) =>
        command.Type == OrderType.Limit && command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel &&
        command.Side is Side.Buy or Side.Sell && (command.Flags & ~OrderFlags.PostOnly) == 0 && command.PositionSide == PositionSide.Net &&
        command.Contingency == Contingency.None && command.ListId == 0 && command.Replaces.IsNone && command.TriggerSource == TriggerSource.None &&
        command.TriggerPrice.Nanos is 0 or long.MaxValue && command.TrailOffset.Nanos is 0 or long.MaxValue &&
        command.DisplayQuantity.Nanos is 0 or long.MaxValue && command.MinimumQuantity.Nanos is 0 or long.MaxValue &&
        command.ExpireTime.Nanos is 0 or long.MaxValue;

    // ---- reports

    private void Report(SlowReport report, long time)
    {
        OrderCommand command = report.Command;
        Timestamp venueTime = new(time);
        bool isFill = report.Kind == ReportKind.Filled;
        _reports.Add(new OrderReport
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, _terms.Source, command.Header.Instrument, venueTime, venueTime + _terms.Response),
            Sequence = _reports.Count + 1,
            ClientOrderId = command.ClientOrderId,
            ExecutionId = isFill ? new ExecutionId(0, ++_executions) : ExecutionId.None,
            VenueOrderId = report.Order?.VenueOrderId ?? 0,
            LastPrice = isFill ? new Price(report.Order!.Price) : Price.None,
            LastQuantity = new Quantity(report.Quantity),
            Cumulative = new Quantity(report.Cumulative),
            Leaves = new Quantity(report.Leaves),
            FeeNanos = isFill ? Fee(command.Header.Instrument, report.Order!.Price, report.Quantity) : 0,
            Kind = report.Kind,
            Side = report.Order?.Side ?? command.Side,
            Liquidity = isFill ? Liquidity.Maker : Liquidity.None,
            Reason = report.Reason,
            QueueAhead = report.QueueAhead,
        });
    }

    private bool HasSmallFee(OrderCommand command, InstrumentDefinition definition)
    {
        BigInteger value = BigInteger.Abs((BigInteger)command.Price.Nanos * command.Quantity.Nanos * definition.MultiplierNanos);      // 1e-27
        BigInteger share = value * new BigInteger(Math.Abs(_terms.MakerBps) * 1_000_000_000m) / BigInteger.Pow(10, 31);
        BigInteger fixedPart = (BigInteger)command.Quantity.Nanos * new BigInteger(Math.Abs(_terms.PerContract) * 1_000_000_000m) / BigInteger.Pow(10, 9);
        return share + fixedPart < BigInteger.Pow(10, 9) * 9_000_000_000;
    }

    private long Fee(InstrumentId instrument, long price, long quantity)
    {
        BigInteger value = BigInteger.Abs((BigInteger)price * quantity * Book(instrument).Definition!.Value.MultiplierNanos);
        BigInteger share = HalfEven(value * new BigInteger(_terms.MakerBps * 1_000_000_000m), BigInteger.Pow(10, 31));
        BigInteger fixedPart = HalfEven((BigInteger)quantity * new BigInteger(_terms.PerContract * 1_000_000_000m), BigInteger.Pow(10, 9));
        return (long)(share + fixedPart);
    }

    private static BigInteger HalfEven(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(value), by, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(by);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven)) quotient++;
        return value.Sign < 0 ? -quotient : quotient;
    }
}
