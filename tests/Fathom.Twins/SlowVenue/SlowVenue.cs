using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>The oracle of the simulated venue: the whole tape and all commands lie before it; it sorts everything that happens, walks through it
/// once with plain lists, and says every report. Written from the rules (the tape's fills displaced by our orders, prints where there are no fills, arrivals
/// that trade with us first, orders of ours that take what the book shows and was not taken yet), not from the venue's code.</summary>
public sealed class SlowVenue
{
    private readonly IReadOnlyList<byte[]> _tape;
    private readonly SlowTerms _terms;
    private readonly Dictionary<int, SlowTapeBook> _books = [];
    private readonly List<SlowOrder> _live = [];
    private readonly HashSet<ClientOrderId> _seen = [];
    private readonly List<OrderReport> _reports = [];
    private ulong _orders;
    private long _turns;
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
                 .ThenBy(order => order.Turn)];

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
        switch (command.Kind)
        {
            case CommandKind.Submit: Submit(command, time); break;
            case CommandKind.Cancel: Cancel(command, time); break;
            case CommandKind.Replace: Replace(command, time); break;
            default: Report(new SlowReport(ReportKind.Rejected, command, null, Reason: ReasonCode.Unsupported), time); break;
        }
    }

    private void Submit(OrderCommand command, long time)
    {
        ReasonCode reason = ReasonCode.None;
        if (!IsSupported(command)) reason = ReasonCode.Unsupported;
        else if (!_seen.Add(command.ClientOrderId)) reason = ReasonCode.DuplicateOrder;
        else if (Book(command.Header.Instrument).Definition is null) reason = ReasonCode.UnknownInstrument;
        SlowOrder order = new()
        {
            Command = command,
            VenueOrderId = _orders + 1,
            Instrument = command.Header.Instrument,
            Side = command.Side,
            Price = command.Type == OrderType.Market ? long.MaxValue : command.Price.Nanos,
            Leaves = command.Quantity.Nanos,
        };
        List<(TapeOrder Order, long Quantity)> takes = [];
        if (reason == ReasonCode.None) reason = Objection(order, order.Price, command.Quantity.Nanos, keepsPlace: false, out takes);
        if (reason != ReasonCode.None)
        {
            Report(new SlowReport(ReportKind.Rejected, command, null, Reason: reason), time);
            return;
        }
        _orders++;
        Enter(order, ReportKind.Accepted, takes, time);
    }

    /// <summary>The order comes to the tail of its queue, takes what it can, and rests with what is left if it is of that kind.</summary>
    private void Enter(SlowOrder order, ReportKind kind, List<(TapeOrder Order, long Quantity)> takes, long time)
    {
        order.Place = Book(order.Instrument).NextRank;
        order.Turn = ++_turns;
        Report(Standing(kind, order), time);
        foreach (IGrouping<long, (TapeOrder Order, long Quantity)> level in takes.GroupBy(take => take.Order.Price))
        {
            foreach ((TapeOrder taken, long part) in level) taken.Taken += part;
            long quantity = level.Sum(take => take.Quantity);
            order.Leaves -= quantity;
            order.Cumulative += quantity;
            Report(Standing(ReportKind.Filled, order) with { Quantity = quantity, TakenAt = level.Key }, time);
        }
        if (order.Leaves == 0) return;
        if (order.CanRest) _live.Add(order);
        else Report(Standing(ReportKind.Canceled, order) with { Leaves = 0, Reason = ReasonCode.NoLiquidity }, time);
    }

    private void Cancel(OrderCommand command, long time)
    {
        if (FindLive(command, ReportKind.CancelRejected, time) is not { } order) return;
        _live.Remove(order);
        Report(Standing(ReportKind.Canceled, order) with { Leaves = 0, Reason = ReasonCode.Requested }, time);
    }

    private void Replace(OrderCommand command, long time)
    {
        if (FindLive(command, ReportKind.ReplaceRejected, time) is not { } order) return;
        long quantity = command.Quantity.Nanos;
        bool keepsPlace = command.Price.Nanos == order.Price && quantity <= order.Cumulative + order.Leaves;
        bool ends = quantity > 0 && quantity <= order.Cumulative;
        List<(TapeOrder Order, long Quantity)> takes = [];
        ReasonCode reason = command.Side != order.Side || !HasNoExtras(command) ? ReasonCode.Unsupported
            : ends ? ReasonCode.None : Objection(order, command.Price.Nanos, quantity, keepsPlace, out takes);
        if (reason != ReasonCode.None)
        {
            Report(new SlowReport(ReportKind.ReplaceRejected, command, null, Reason: reason), time);
            return;
        }
        if (ends)
        {
            _live.Remove(order);
            Report(Standing(ReportKind.Canceled, order) with { Leaves = 0, Reason = ReasonCode.Requested }, time);
            return;
        }
        order.Leaves = quantity - order.Cumulative;
        if (keepsPlace)
        {
            Report(Standing(ReportKind.Replaced, order), time);
            return;
        }
        _live.Remove(order);
        order.Price = command.Price.Nanos;
        Enter(order, ReportKind.Replaced, takes, time);
    }

    private SlowOrder? FindLive(OrderCommand command, ReportKind refusal, long time)
    {
        SlowOrder? named = _live.Find(one => one.Command.ClientOrderId == command.ClientOrderId);
        if (named is not null && named.Instrument == command.Header.Instrument) return named;
        ReasonCode reason = named is null && _seen.Contains(command.ClientOrderId) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;
        Report(new SlowReport(refusal, command, null, Reason: reason), time);
        return null;
    }

    private SlowReport Standing(ReportKind kind, SlowOrder order) =>
        new(kind, order.Command, order, Cumulative: order.Cumulative, Leaves: order.Leaves)
        {
            QueueAhead = order.CanRest ? QueueAhead(Book(order.Instrument), order) : Quantity.None,
        };

    // ---- what stands against an order, and what it takes

    /// <summary>Objections in their order. Without one, <paramref name="takes"/> is what the order takes at once.</summary>
    private ReasonCode Objection(SlowOrder order, long price, long quantity, bool keepsPlace, out List<(TapeOrder Order, long Quantity)> takes)
    {
        takes = [];
        SlowTapeBook book = Book(order.Instrument);
        InstrumentDefinition definition = book.Definition!.Value;
        bool isPriced = order.Command.Type == OrderType.Limit, isPostOnly = order.Command.IsPostOnly;
        if (quantity is <= 0 or long.MaxValue) return ReasonCode.QuantityNotPositive;
        if (isPriced && (price == long.MaxValue || price % definition.Tick.Nanos != 0)) return ReasonCode.PriceOffTick;
        if (quantity % definition.Lot.Nanos != 0) return ReasonCode.QuantityOffLot;
        SlowFees fees = Fees(definition);
        if (isPriced && order.CanRest && !SlowFeeMath.IsSmall(fees, definition, price, quantity, Liquidity.Maker)) return ReasonCode.NumericRange;
        if (isPriced && !isPostOnly && !SlowFeeMath.IsSmall(fees, definition, price, quantity, Liquidity.Taker)) return ReasonCode.NumericRange;
        if (book.State is TradingState.Halted or TradingState.Closed) return ReasonCode.MarketClosed;
        if (!order.CanRest && !book.IsMatching) return ReasonCode.MarketClosed;

        Side against = order.Side.Opposite();
        List<SlowOffer> offers = [.. book.Offers(against).Concat(_live
            .Where(own => own.Instrument == order.Instrument && own.Side == against).Select(own => new SlowOffer(own.Price, null, IsOwn: true)))];
        if (isPriced) offers.RemoveAll(offer => !SlowTapeBook.IsThrough(against, offer.Price, price));
        if (isPriced && offers.Exists(offer => offer.IsOwn)) return ReasonCode.WouldMeetOwn;
        if (keepsPlace) return ReasonCode.None;

        long rest = quantity - order.Cumulative;
        bool isBlocked = false;
        foreach (SlowOffer offer in offers.OrderBy(offer => against == Side.Sell ? offer.Price : -(Int128)offer.Price)
                     .ThenBy(offer => offer.IsOwn ? 0 : offer.Order is null ? 1 : 2).ThenBy(offer => offer.Order?.Rank))
        {
            if (rest == 0 || isBlocked) break;
            if (offer.IsOwn) return ReasonCode.WouldMeetOwn;
            isBlocked = offer.Order is null;
            long part = isBlocked ? 0 : Math.Min(rest, offer.Order!.Quantity - offer.Order.Taken);
            if (part <= 0) continue;
            takes.Add((offer.Order!, part));
            rest -= part;
        }
        if (order.CanRest && rest > 0 && isBlocked) return ReasonCode.WouldCross;
        if (order.CanRest && takes.Count > 0 && (isPostOnly || !book.IsMatching)) return ReasonCode.WouldCross;
        if (order.Command.TimeInForce == TimeInForce.FillOrKill && rest > 0) takes = [];
        bool isSmall = takes.GroupBy(take => take.Order.Price)
            .All(level => SlowFeeMath.IsSmall(fees, definition, level.Key, level.Sum(take => take.Quantity), Liquidity.Taker));
        return isSmall ? ReasonCode.None : ReasonCode.NumericRange;
    }

    private static bool IsSupported(OrderCommand command)
    {
        bool isMarket = command.Type == OrderType.Market && command.Price.Nanos is 0 or long.MaxValue;
        bool isKind = (command.Type, command.TimeInForce) switch
        {
            (OrderType.Limit, TimeInForce.Day or TimeInForce.GoodTillCancel) => command.Flags is OrderFlags.None or OrderFlags.PostOnly,
            (OrderType.Limit, TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill) => command.Flags == OrderFlags.None,
            (OrderType.Market, TimeInForce.Day or TimeInForce.GoodTillCancel or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill) =>
                isMarket && command.Flags == OrderFlags.None,
            _ => false,
        };
        return isKind && command.Side is Side.Buy or Side.Sell && HasNoExtras(command);
    }

    private static bool HasNoExtras(OrderCommand command) =>
        command.PositionSide == PositionSide.Net && command.Contingency == Contingency.None && command.ListId == 0 && command.Replaces.IsNone &&
        command.TriggerSource == TriggerSource.None &&
        command.TriggerPrice.Nanos is 0 or long.MaxValue && command.TrailOffset.Nanos is 0 or long.MaxValue &&
        command.DisplayQuantity.Nanos is 0 or long.MaxValue && command.MinimumQuantity.Nanos is 0 or long.MaxValue &&
        command.ExpireTime.Nanos is 0 or long.MaxValue;

    // ---- reports

    private void Report(SlowReport report, long time)
    {
        OrderCommand command = report.Command;
        Timestamp venueTime = new(time);
        bool isFill = report.Kind == ReportKind.Filled;
        Liquidity liquidity = !isFill ? Liquidity.None : report.TakenAt is null ? Liquidity.Maker : Liquidity.Taker;
        long price = report.TakenAt ?? report.Order?.Price ?? 0;
        InstrumentDefinition? definition = Book(command.Header.Instrument).Definition;
        _reports.Add(new OrderReport
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, _terms.Source, command.Header.Instrument, venueTime, venueTime + _terms.Response),
            Sequence = _reports.Count + 1,
            ClientOrderId = command.ClientOrderId,
            ExecutionId = isFill ? new ExecutionId(0, ++_executions) : ExecutionId.None,
            VenueOrderId = report.Order?.VenueOrderId ?? 0,
            LastPrice = isFill ? new Price(price) : Price.None,
            LastQuantity = new Quantity(report.Quantity),
            Cumulative = new Quantity(report.Cumulative),
            Leaves = new Quantity(report.Leaves),
            FeeNanos = isFill ? SlowFeeMath.Fee(Fees(definition!.Value), definition.Value, price, report.Quantity, liquidity) : 0,
            Kind = report.Kind,
            Side = report.Order?.Side ?? command.Side,
            Liquidity = liquidity,
            Reason = report.Reason,
            QueueAhead = report.QueueAhead,
        });
    }

    private SlowFees Fees(InstrumentDefinition definition) => _terms.BySymbol?.GetValueOrDefault(definition.Symbol.ToString()) ?? _terms.Fees;
}
