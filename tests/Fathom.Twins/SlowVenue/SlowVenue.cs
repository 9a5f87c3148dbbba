using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowVenue;

/// <summary>The oracle of the simulated venue: the whole tape and all commands lie before it; it sorts everything that happens, walks through it
/// once with plain lists, and says every report. Written from the rules (the tape's fills displaced by our orders, prints where there are no fills, arrivals
/// that trade with us first, orders of ours that take what the book shows and was not taken yet; stops, expiries, reduce-only orders and lists), not from the venue's code.</summary>
public sealed partial class SlowVenue
{
    private readonly IReadOnlyList<byte[]> _tape;
    private readonly SlowTerms _terms;
    private readonly SlowTimeline _timeline;
    private readonly Dictionary<int, SlowTapeBook> _books = [];
    private readonly List<SlowOrder> _live = [];      // in order of acceptance
    private readonly HashSet<ClientOrderId> _seen = [];
    private readonly List<SlowReport> _pending = [];
    private readonly List<OrderReport> _reports = [];
    private readonly List<byte[]> _messages = [];      // reports and answers
    private long _now;
    private ulong _orders;
    private long _turns;
    private ulong _executions;
    private long _sequence;

    private SlowVenue(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, SlowTerms terms, IReadOnlyList<SlowAct> acts)
    {
        _tape = tape;
        _terms = terms;
        _timeline = new SlowTimeline(tape, commands, acts);
    }

    /// <summary>All reports, in the order in which the venue makes them, without answers; receive times include the response latency.</summary>
    /// <param name="tape">All messages of the market, in file order.</param>
    /// <param name="commands">In approval order, arrivals not decreasing.</param>
    public static IReadOnlyList<OrderReport> Run(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, SlowTerms terms) => Play(tape, commands, terms, [])._reports;

    /// <summary>All that the venue says, message by message: reports, changed executions and answers.</summary>
    /// <param name="tape">All messages of the market, in file order.</param>
    /// <param name="commands">In approval order, arrivals not decreasing.</param>
    /// <param name="acts">In the order in which they happen.</param>
    public static IReadOnlyList<byte[]> RunAll(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, SlowTerms terms, IReadOnlyList<SlowAct> acts) =>
        Play(tape, commands, terms, acts)._messages;

    private static SlowVenue Play(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, SlowTerms terms, IReadOnlyList<SlowAct> acts)
    {
        SlowVenue venue = new(tape, commands, terms, acts);
        for (int i = 0; i < venue._timeline.Happenings.Count; i++)      // it grows by the ends of orders, which lie ahead
        {
            Happening happening = venue._timeline.Happenings[i];
            venue._now = happening.Time;
            if (happening.Expiring is { } order) venue.Expire(order);
            else if (happening.Act is { } act) venue.OnAct(act);
            else if (happening.Command < 0) venue.OnEvent(happening);
            else venue.OnCommand(commands[happening.Command].Command);
        }
        return venue;
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
        List<MarketByOrder> records = [.. happening.Messages.Where(i => Messages.Header(_tape[i]).Type == MessageType.MarketByOrder)
                                                             .Select(i => Messages.As<MarketByOrder>(_tape[i]))];

        if (!records.Any(record => record.Action == BookAction.Fill)) OnPrints(instrument, book, records);
        bool isRebuilt = false;
        List<long> trades = [];
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
                    if (record.Action == BookAction.Trade && !record.Price.IsNone && book.IsTrading) trades.Add(record.Price.Nanos);
                    OnRecord(instrument, book, record);
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
            foreach (SlowOrder order in _live.Where(order => order.Instrument == instrument && order.Phase == SlowPhase.InBook)) order.Place = book.NextRank;
        Flush();
        if (book.IsTrading) WatchPrices(instrument, book, trades);
        TellChildren();
        foreach (SlowOrder order in _live.Where(order => order.Instrument == instrument && order.IsMet).ToList())
            if (order.IsMet) Trigger(order);
    }

    private void OnRecord(InstrumentId instrument, SlowTapeBook book, in MarketByOrder record)
    {
        TapeOrder? filled = record.Action == BookAction.Fill ? book.Find(record.OrderId) : null;
        TapeOrder? arrived = book.Apply(record);
        if (!book.IsMatching) return;

        // The quantity that hit an order behind us would have hit us first.
        if (filled is not null && !record.Quantity.IsNone) Displace(instrument, filled, record.Quantity.Nanos);

        // An order that comes to our price or through it trades with us before it rests.
        bool isOrder = (record.Flags & (BookFlags.Snapshot | BookFlags.TopOfBook | BookFlags.Aggregated)) == 0;
        if (arrived is null || !isOrder) return;
        foreach (SlowOrder order in Ours(instrument))
        {
            if (!order.IsReachedBy(arrived)) continue;
            long quantity = Math.Min(order.Leaves, arrived.Quantity - arrived.Taken);
            if (quantity <= 0) continue;
            arrived.Taken += quantity;
            Fill(order, quantity);
        }
    }

    private void Displace(InstrumentId instrument, TapeOrder hit, long quantity)
    {
        foreach (SlowOrder order in Ours(instrument))
        {
            long share = Math.Min(order.Leaves, quantity);
            if (!order.IsBefore(hit) || share <= 0) continue;
            quantity -= share;
            Fill(order, share);
        }
    }

    /// <summary>Prints of an event that names no fills: each is taken to have hit the tape's queue at its price from the front, order by order, as
    /// the queue stood before the event. Of what hit somebody behind us our orders take, one after the other, as much as they have left.</summary>
    private void OnPrints(InstrumentId instrument, SlowTapeBook book, List<MarketByOrder> records)
    {
        if (!book.IsTrading) return;
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
            List<(TapeOrder Hit, long Quantity)> pieces = [];

            long level = Math.Min(rest, book.Level(side, price) - levels.GetValueOrDefault((side, price)));
            if (level > 0)
            {
                levels[(side, price)] = levels.GetValueOrDefault((side, price)) + level;
                pieces.Add((new TapeOrder { Id = 0, Side = side, Price = price, Rank = -1 }, level));
                rest -= level;
            }
            foreach (TapeOrder order in book.Queue(side, price))
            {
                long hit = Math.Min(rest, order.Quantity - printed.GetValueOrDefault(order.Id));
                if (hit <= 0) continue;
                printed[order.Id] = printed.GetValueOrDefault(order.Id) + hit;
                pieces.Add((order, hit));
                rest -= hit;
            }
            if (rest > 0) pieces.Add((new TapeOrder { Id = 0, Side = side, Price = price, Rank = long.MaxValue }, rest));
            foreach (SlowOrder order in Ours(instrument)) TakePieces(order, pieces);
        }
    }

    private void TakePieces(SlowOrder order, List<(TapeOrder Hit, long Quantity)> pieces)
    {
        long taken = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            if (!order.IsBefore(pieces[i].Hit)) continue;
            long share = Math.Min(order.Leaves - taken, pieces[i].Quantity);
            pieces[i] = (pieces[i].Hit, pieces[i].Quantity - share);
            taken += share;
        }
        if (taken > 0) Fill(order, taken);
    }

    /// <summary>Our orders in the book with something left, best price first, then the earlier one.</summary>
    private List<SlowOrder> Ours(InstrumentId instrument) =>
        [.. _live.Where(order => order.Instrument == instrument && order.Phase == SlowPhase.InBook && order.Leaves > 0)
                 .OrderBy(order => order.Side == Side.Buy ? -(Int128)order.Price : order.Price)
                 .ThenBy(order => order.Turn)];

    private static Quantity QueueAhead(SlowTapeBook book, SlowOrder order) =>
        new(book.Level(order.Side, order.Price) + book.Queue(order.Side, order.Price).Where(other => other.Rank < order.Place).Sum(other => other.Quantity));

    // ---- commands

    private void OnCommand(OrderCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.Submit: Submit(command); break;
            case CommandKind.Cancel: Cancel(command); break;
            case CommandKind.Replace: Replace(command); break;
            case CommandKind.Query: Query(command); break;
            case CommandKind.Snapshot: Snapshot(command); break;
            default: Refuse(ReportKind.Rejected, command, ReasonCode.Unsupported); break;
        }
        Flush();
    }

    private static SlowOrder NewOrder(OrderCommand command) => new()
    {
        Command = command,
        Instrument = command.Header.Instrument,
        Side = command.Side,
        Price = command.Type is OrderType.Limit or OrderType.StopLimit ? command.Price.Nanos : long.MaxValue,
        FirstTrigger = Stated(command.TriggerPrice.Nanos),
        Trigger = Stated(command.TriggerPrice.Nanos),
        Offset = Stated(command.TrailOffset.Nanos),
    };

    private bool IsTooOld(OrderCommand command) => Stated(command.ValidUntil.Nanos) is { } until && _now > until;

    private void Submit(OrderCommand command)
    {
        SlowOrder order = NewOrder(command);
        List<(TapeOrder Order, long Quantity)> takes = [];
        bool isNew = _seen.Add(command.ClientOrderId);
        ReasonCode reason = IsTooOld(command) ? ReasonCode.TooOld : command.ClientOrderId.IsNone || !IsSupported(command) ? ReasonCode.Unsupported : ReasonCode.None;
        if (reason == ReasonCode.None && !isNew) reason = ReasonCode.DuplicateOrder;
        if (reason == ReasonCode.None) reason = Objection(order, command, out takes);
        if (reason != ReasonCode.None)
        {
            if (isNew && !command.ClientOrderId.IsNone) NoteRejected(command, reason);
            Refuse(ReportKind.Rejected, command, reason);
            NoteRejectedMember(command, reason);
            Flush();
            return;
        }
        Accept(order, command, takes);
    }

    private ReasonCode Objection(SlowOrder order, OrderCommand command, out List<(TapeOrder Order, long Quantity)> takes)
    {
        takes = [];
        ReasonCode reason = ObjectionOfList(command);
        if (reason != ReasonCode.None) return reason;
        if (Book(command.Header.Instrument).Definition is null) return ReasonCode.UnknownInstrument;
        if (!IsConditionSound(command)) return ReasonCode.ConditionInvalid;
        reason = ObjectionToTerms(order, order.Price, order.FirstTrigger, order.Offset, command.Quantity.Nanos);
        if (reason != ReasonCode.None) return reason;

        SlowList? list = ListOf(command);
        long total = Math.Max(0, command.Quantity.Nanos - (list?.SiblingsFilled ?? 0));
        long active = list?.Active(total) ?? total;
        if (list is null || !list.CanGrow) total = active;
        if (total == 0) return ReasonCode.ListDone;
        long entering = active;
        if (active > 0 && !order.IsUntriggered) reason = ObjectionToEntry(order, order.Price, ref entering, out takes);
        order.Leaves = entering;
        order.Inactive = total - active;
        return reason;
    }

    private void Accept(SlowOrder order, OrderCommand command, List<(TapeOrder Order, long Quantity)> takes)
    {
        order.VenueOrderId = ++_orders;
        order.Phase = order.Leaves == 0 ? SlowPhase.Dormant : order.IsUntriggered ? SlowPhase.Waiting : SlowPhase.Entering;
        order.Place = Book(order.Instrument).NextRank;
        _live.Add(order);
        _accepted.Add(order);
        if (command.ListId != 0) Join(order, command);
        Note(ReportKind.Accepted, order);
        Flush();
        SetExpiry(order);
        if (order.Phase == SlowPhase.Entering) Enter(order, takes);
        else if (order.Phase == SlowPhase.Waiting) StartWaiting(order);
        TellChildren();
    }

    /// <summary>The order takes what it can, and rests with what is left if it is of that kind.</summary>
    private void Enter(SlowOrder order, List<(TapeOrder Order, long Quantity)> takes)
    {
        order.Turn = ++_turns;
        foreach (IGrouping<long, (TapeOrder Order, long Quantity)> level in takes.GroupBy(take => take.Order.Price))
        {
            foreach ((TapeOrder taken, long part) in level) taken.Taken += part;
            Fill(order, level.Sum(take => take.Quantity), takenAt: level.Key);
        }
        if (order.Leaves > 0 && order.CanRest) order.Phase = SlowPhase.InBook;
        else if (order.Leaves > 0) End(order, ReportKind.Canceled, ReasonCode.NoLiquidity);
        Flush();
    }

    private void Cancel(OrderCommand command)
    {
        if (IsTooOld(command)) Refuse(ReportKind.CancelRejected, command, ReasonCode.TooOld);
        else if (FindLive(command, ReportKind.CancelRejected) is { } order) EndWholly(order, ReportKind.Canceled, ReasonCode.Requested);
    }

    private void Replace(OrderCommand command)
    {
        if (IsTooOld(command))
        {
            Refuse(ReportKind.ReplaceRejected, command, ReasonCode.TooOld);
            return;
        }
        if (FindLive(command, ReportKind.ReplaceRejected) is not { } order) return;
        bool isInBook = order.Phase == SlowPhase.InBook;
        long price = isInBook ? command.Price.Nanos : Stated(command.Price.Nanos) ?? order.Price;
        long? trigger = Stated(command.TriggerPrice.Nanos) ?? order.FirstTrigger, offset = Stated(command.TrailOffset.Nanos) ?? order.Offset;
        long quantity = isInBook ? command.Quantity.Nanos : Stated(command.Quantity.Nanos) ?? order.Cumulative + order.Leaves + order.Inactive;
        List<(TapeOrder Order, long Quantity)> takes = [];

        bool takesPrice = isInBook || order.IsPriced || Stated(command.Price.Nanos) is null;
        bool keepsTime = Stated(command.ExpireTime.Nanos) is not { } time || time == order.Expiry;
        bool isSound = (order.IsUntriggered || Stated(command.TriggerPrice.Nanos) is null) &&
                       (Stated(command.TrailOffset.Nanos) is not { } stated || (order.IsUntriggered && order.Command.Type == OrderType.Trailing && stated > 0));
        ReasonCode reason = command.Side != order.Side || !takesPrice || !keepsTime || !HasNoExtras(command) ? ReasonCode.Unsupported
            : !isSound ? ReasonCode.ConditionInvalid
            : ObjectionToTerms(order, price, order.IsUntriggered ? trigger : null, order.IsUntriggered ? offset : null, quantity);
        if (reason == ReasonCode.None && quantity <= order.Cumulative)
        {
            EndWholly(order, ReportKind.Canceled, ReasonCode.Requested);
            return;
        }
        long total = quantity - order.Cumulative, active = order.List is null || order.IsParent ? total : order.List.Active(total);
        bool canGrow = order is { List.CanGrow: true, IsParent: false };
        if (order.Phase == SlowPhase.Dormant) active = 0;
        else if (!canGrow) total = active;
        long entering = active;
        if (reason == ReasonCode.None && isInBook) reason = ObjectionToEntry(order, price, ref entering, out takes);
        if (reason != ReasonCode.None)
        {
            Refuse(ReportKind.ReplaceRejected, command, reason);
            Flush();
            return;
        }
        bool keepsPlace = !isInBook || (price == order.Price && entering <= order.Leaves);
        order.Price = price;
        order.Leaves = entering;
        order.Inactive = total - active;
        if (order.IsUntriggered) (order.FirstTrigger, order.Offset) = (trigger, offset);
        if (!keepsPlace) (order.Phase, order.Place) = (SlowPhase.Entering, Book(order.Instrument).NextRank);
        Note(ReportKind.Replaced, order);
        Flush();
        if (!keepsPlace) Enter(order, takes);
        else if (!isInBook && order.IsUntriggered) Reconsider(order);
        TellChildren();
    }

    private SlowOrder? FindLive(OrderCommand command, ReportKind refusal)
    {
        SlowOrder? named = _live.Find(one => IsNamed(one, command));
        // An instrument without a definition has no orders.
        if (named is not null && named.Instrument == command.Header.Instrument) return named;
        bool isPast = named is null && (command.ClientOrderId.IsNone ? _accepted.Exists(one => IsNamed(one, command)) : _seen.Contains(command.ClientOrderId));
        Refuse(refusal, command, isPast ? ReasonCode.TooLate : ReasonCode.UnknownOrder);
        Flush();
        return null;
    }

    // ---- what stands against an order, and what it takes

    /// <summary>Objections to what was asked for, in their order.</summary>
    private ReasonCode ObjectionToTerms(SlowOrder order, long price, long? trigger, long? offset, long quantity)
    {
        SlowTapeBook book = Book(order.Instrument);
        InstrumentDefinition definition = book.Definition!.Value;
        if (quantity is <= 0 or long.MaxValue) return ReasonCode.QuantityNotPositive;
        if (quantity <= order.Cumulative) return ReasonCode.None;
        if (order.IsPriced && (price == long.MaxValue || price % definition.Tick.Nanos != 0)) return ReasonCode.PriceOffTick;
        if ((trigger ?? 0) % definition.Tick.Nanos != 0 || (offset ?? 0) % definition.Tick.Nanos != 0) return ReasonCode.PriceOffTick;
        if (quantity % definition.Lot.Nanos != 0 && quantity - order.Cumulative != Room(order)) return ReasonCode.QuantityOffLot;
        SlowFees fees = Fees(definition);
        if (order.CanRest && !SlowFeeMath.IsSmall(fees, definition, price, quantity, Liquidity.Maker)) return ReasonCode.NumericRange;
        if (order.IsPriced && !order.Command.IsPostOnly && !SlowFeeMath.IsSmall(fees, definition, price, quantity, Liquidity.Taker)) return ReasonCode.NumericRange;
        return book.State is TradingState.Halted or TradingState.Closed ? ReasonCode.MarketClosed : ReasonCode.None;
    }

    /// <summary>Objections to an order that enters now, in their order. Without one, <paramref name="takes"/> is what the order takes at once.</summary>
    /// <param name="entering">What is to enter; cut where the order may only reduce.</param>
    private ReasonCode ObjectionToEntry(SlowOrder order, long price, ref long entering, out List<(TapeOrder Order, long Quantity)> takes)
    {
        takes = [];
        SlowTapeBook book = Book(order.Instrument);
        InstrumentDefinition definition = book.Definition!.Value;
        if (book.State is TradingState.Halted or TradingState.Closed) return ReasonCode.MarketClosed;
        if (!order.CanRest && !book.IsMatching) return ReasonCode.MarketClosed;

        Side against = order.Side.Opposite();
        List<SlowOffer> offers = [.. book.Offers(against).Concat(_live
            .Where(own => own.Instrument == order.Instrument && own.Phase == SlowPhase.InBook && own.Side == against).Select(own => new SlowOffer(own.Price, null, IsOwn: true)))];
        if (order.IsPriced) offers.RemoveAll(offer => !SlowTapeBook.IsThrough(against, offer.Price, price));
        if (order.IsPriced && offers.Exists(offer => offer.IsOwn)) return ReasonCode.WouldMeetOwn;
        if (order.IsReduceOnly && Room(order) == 0) return ReasonCode.ReduceOnly;
        if (order.IsReduceOnly) entering = Math.Min(entering, Room(order));
        if (order.Phase == SlowPhase.InBook && price == order.Price && entering <= order.Leaves) return ReasonCode.None;

        long rest = entering;
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
        if (order.CanRest && takes.Count > 0 && (order.Command.IsPostOnly || !book.IsMatching)) return ReasonCode.WouldCross;
        if (order.Command.TimeInForce == TimeInForce.FillOrKill && rest > 0) takes = [];
        SlowFees fees = Fees(definition);
        bool isSmall = takes.GroupBy(take => take.Order.Price)
            .All(level => SlowFeeMath.IsSmall(fees, definition, level.Key, level.Sum(take => take.Quantity), Liquidity.Taker));
        return isSmall ? ReasonCode.None : ReasonCode.NumericRange;
    }

    private bool IsSupported(OrderCommand command)
    {
        bool isTime = command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;
        bool isLasting = command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate;
        bool hasPrice = Stated(command.Price.Nanos) is not null;
        List<VenueFeatures> needs = [];
        if (command.TimeInForce is TimeInForce.Day or TimeInForce.GoodTillDate && (command.Type != OrderType.Market || command.ListId != 0)) needs.Add(VenueFeatures.Expiry);
        if (command.Flags.HasFlag(OrderFlags.ReduceOnly)) needs.Add(VenueFeatures.ReduceOnly);
        if (command.ListId != 0) needs.Add(VenueFeatures.Lists);
        switch (command.Type)
        {
            case OrderType.Limit: break;
            case OrderType.Market: if (hasPrice) return false; break;
            case OrderType.Stop: needs.Add(VenueFeatures.Stops); if (hasPrice) return false; break;
            case OrderType.StopLimit: needs.Add(VenueFeatures.Stops); break;
            case OrderType.Trailing: needs.Add(VenueFeatures.Trailing); if (hasPrice) return false; break;
            default: return false;
        }
        bool mayPost = command.Type is OrderType.Limit or OrderType.StopLimit && isLasting;
        List<OrderFlags> flags = mayPost ? [0, OrderFlags.PostOnly, OrderFlags.ReduceOnly, OrderFlags.PostOnly | OrderFlags.ReduceOnly] : [0, OrderFlags.ReduceOnly];
        bool isList = command.ListId == 0 ? command.Contingency == Contingency.None
            : command.Contingency is Contingency.OneCancelsOther or Contingency.OneTriggersOther or Contingency.OneUpdatesOther;
        return isTime && isList && flags.Contains(command.Flags) && command.Side is Side.Buy or Side.Sell && HasNoExtras(command) &&
               command.TriggerSource is TriggerSource.None or TriggerSource.Last or TriggerSource.BidAsk && needs.All(need => _terms.Features.HasFlag(need));
    }

    private bool IsConditionSound(OrderCommand command)
    {
        long? trigger = Stated(command.TriggerPrice.Nanos), offset = Stated(command.TrailOffset.Nanos), time = Stated(command.ExpireTime.Nanos);
        if (command.TimeInForce == TimeInForce.GoodTillDate ? time is null || time <= _now : time is not null) return false;
        return command.Type switch
        {
            OrderType.Stop or OrderType.StopLimit => trigger is not null && offset is null,
            OrderType.Trailing => offset > 0,
            _ => trigger is null && offset is null && command.TriggerSource == TriggerSource.None,
        };
    }

    private static bool HasNoExtras(OrderCommand command) =>
        command.PositionSide == PositionSide.Net && command.Replaces.IsNone && Stated(command.DisplayQuantity.Nanos) is null && Stated(command.MinimumQuantity.Nanos) is null;

    private static long? Stated(long value) => value is 0 or long.MaxValue ? null : value;

    // ---- reports

    /// <summary>The order as it stands now.</summary>
    private void Note(ReportKind kind, SlowOrder order, ReasonCode reason = ReasonCode.None, long quantity = 0, long? takenAt = null) =>
        _pending.Add(new SlowReport(kind, order.Command, order, quantity, order.Cumulative, order.Leaves + order.Inactive, reason) { TakenAt = takenAt });

    private void Refuse(ReportKind kind, OrderCommand command, ReasonCode reason) => _pending.Add(new SlowReport(kind, command, null, Reason: reason));

    /// <summary>Reports all that was noted; then who has nothing left is over, and who has nothing active lies dormant.</summary>
    private void Flush()
    {
        foreach (SlowReport report in _pending) Report(report);
        _pending.Clear();
        foreach (SlowOrder order in _live.Where(order => order.Leaves == 0))
        {
            order.Phase = order.Inactive > 0 ? SlowPhase.Dormant : SlowPhase.Over;
            order.IsMet = false;
        }
        _live.RemoveAll(order => order.Phase == SlowPhase.Over);
    }

    private void Report(SlowReport report)
    {
        OrderCommand command = report.Command;
        bool hasQueue = report.Order is { CanRest: true, Phase: SlowPhase.Entering or SlowPhase.InBook };
        bool isFill = report.Kind == ReportKind.Filled;
        Liquidity liquidity = !isFill ? Liquidity.None : report.TakenAt is null ? Liquidity.Maker : Liquidity.Taker;
        long price = report.TakenAt ?? report.Order?.Price ?? 0;
        InstrumentDefinition? definition = Book(command.Header.Instrument).Definition;
        OrderReport made = new()
        {
            Header = Header<OrderReport>(MessageType.OrderReport, command.Header.Instrument),
            Sequence = ++_sequence,
            ClientOrderId = command.ClientOrderId,
            ExecutionId = isFill ? new ExecutionId(0, ++_executions) : ExecutionId.None,
            VenueOrderId = report.Order?.VenueOrderId ?? command.VenueOrderId,
            LastPrice = isFill ? new Price(price) : Price.None,
            LastQuantity = new Quantity(report.Quantity),
            Cumulative = new Quantity(report.Cumulative),
            Leaves = new Quantity(report.Leaves),
            FeeNanos = isFill ? SlowFeeMath.Fee(Fees(definition!.Value), definition.Value, price, report.Quantity, liquidity) : 0,
            Kind = report.Kind,
            Side = report.Order?.Side ?? command.Side,
            Liquidity = liquidity,
            Reason = report.Reason,
            QueueAhead = hasQueue ? QueueAhead(Book(command.Header.Instrument), report.Order!) : Quantity.None,
        };
        _reports.Add(made);
        Say(made);
        if (isFill) _fills.Add(new SlowExecution { Report = made, Id = made.ExecutionId, Price = price, Quantity = report.Quantity, Fee = made.FeeNanos });
    }

    private SlowFees Fees(InstrumentDefinition definition) => _terms.BySymbol?.GetValueOrDefault(definition.Symbol.ToString()) ?? _terms.Fees;
}
