using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Engine.Orders;

/// <summary>The tracker against the venue's own word, and against a twin that keeps the tape's orders in lists.</summary>
public class QueueTrackerTwinTests
{
    [Fact]
    public void Without_latency_the_place_is_what_the_venue_says_when_asked_at_that_moment()
    {
        int compared = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            Tape tape = ATape(random, isJittered: false);
            using SimulatedVenue venue = new(LatencyModel.Zero, new FeeSchedule(0m, 0m, 0m));
            Canceler strategy = new(random);
            using TradingEngine engine = AnEngine(strategy, venue);
            BacktestDriver.Run(tape.Source(), engine, venue, cancellation: TestContext.Current.CancellationToken);
            Assert.True(strategy.Wrong is null, $"seed {seed}: {strategy.Wrong}");
            Assert.Null(engine.Summarize().Strategies[0].Failure);
            compared += strategy.Compared;
        }
        Assert.True(compared > 5_000, $"only {compared} places were compared");
    }

    [Fact]
    public void With_latencies_the_place_equals_the_naive_twins()
    {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            Tape tape = ATape(random, isJittered: true);
            LatencyModel latency = new(new Duration(random.Next(6_000)), new Duration(random.Next(6_000)), new Duration(random.Next(2) * random.Next(3_000)));
            using SimulatedVenue venue = new(latency, new FeeSchedule(0m, 0m, 0m));
            Twin twin = new();
            Watcher strategy = new(random, twin);
            using TradingEngine engine = AnEngine(strategy, venue);
            BacktestDriver driver = new(tape.Source(), message => { twin.Take(message); engine.Step(message); }, venue);
            driver.RunAll(null, TestContext.Current.CancellationToken);
            Assert.True(strategy.Wrong is null, $"seed {seed}: {strategy.Wrong}");
            Assert.Null(engine.Summarize().Strategies[0].Failure);
            compared += strategy.Compared;
        }
        Assert.True(compared > 10_000, $"only {compared} places were compared");
    }

    private static TradingEngine AnEngine(Strategy strategy, SimulatedVenue venue)
    {
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode dollars));
        return new TradingEngine(new EngineOptions { Currency = dollars, Cash = 1_000_000m, Strategies = [new NamedStrategy("one", strategy)] }, venue, []);
    }

    /// <summary>Two instruments, bids below 100 and asks above it, events of one to four records. Their times do not repeat; jittered, the venue's own lie up to five events
    /// back, so that they go back and forth over both instruments.</summary>
    private static Tape ATape(Random random, bool isJittered)
    {
        Tape tape = new Tape().Define(0).Define(1);
        List<(ulong Id, Side Side, long Price, long Quantity)>[] live = [[], []];
        ulong ids = 100;
        for (int i = 0; i < 400; i++)
        {
            int instrument = random.Next(2);
            long receive = 1_000_000 + i * 1_000L, venueTime = isJittered ? receive - random.Next(5_000) : receive;
            bool isRebuilt = random.Next(60) == 0;
            int records = random.Next(1, 5);
            if (isRebuilt)
            {
                live[instrument].Clear();
                tape.Time = receive;
                tape.Record(BookAction.Clear, 0, Side.None, null, 0, BookFlags.None, instrument, venueTime);
            }
            for (int record = 0; record < records; record++)
            {
                BookFlags flags = (record == records - 1 ? BookFlags.Last : BookFlags.None) | (isRebuilt ? BookFlags.Snapshot : BookFlags.None);
                tape.Time = receive;
                AddRecord(tape, random, live[instrument], ref ids, instrument, isRebuilt, flags, venueTime);
            }
        }
        return tape;
    }

    private static void AddRecord(
        Tape tape, Random random, List<(ulong Id, Side Side, long Price, long Quantity)> live, ref ulong ids, int instrument, bool isRebuilt, BookFlags flags, long time)
    {
        int kind = isRebuilt || live.Count < 6 ? 0 : random.Next(10);
        if (kind < 4)
        {
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            long price = side == Side.Buy ? 96 + random.Next(4) : 101 + random.Next(4), quantity = random.Next(1, 9);
            live.Add((++ids, side, price, quantity));
            tape.Record(BookAction.Add, ids, side, price, quantity, flags, instrument, time);
            return;
        }
        int at = random.Next(live.Count);
        (ulong id, Side of, long level, long rest) = live[at];
        if (kind < 7)
        {
            long gone = random.Next(1, (int)rest + 1);
            long receive = tape.Time;
            if (kind == 4) tape.Record(BookAction.Fill, id, of, level, gone, BookFlags.None, instrument, time);
            tape.Time = receive;
            tape.Record(BookAction.Cancel, id, of, level, gone, flags, instrument, time);
            if (gone == rest) live.RemoveAt(at);
            else live[at] = (id, of, level, rest - gone);
            return;
        }
        long moved = kind == 7 ? level : of == Side.Buy ? 96 + random.Next(4) : 101 + random.Next(4), changed = random.Next(1, 9);
        live[at] = (id, of, moved, changed);
        tape.Record(BookAction.Modify, id, of, moved, changed, flags, instrument, time);
    }

    /// <summary>Submits at random in the instrument of the event.</summary>
    private static void SubmitOne(StrategyContext context, Random random, IBookView book)
    {
        if (random.Next(3) != 0) return;
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        Price price = Price.From(side == Side.Buy ? 96 + random.Next(4) : 101 + random.Next(4));
        context.Submit(new OrderIntent(book.Instrument, side, Quantity.Units(random.Next(1, 4)), price));
    }

    /// <summary>Asks for another price or quantity at random, where an order can be replaced.</summary>
    private static bool IsReplaced(StrategyContext context, Random random, in WorkingOrder order, out Price price, out Quantity quantity)
    {
        price = random.Next(2) == 0 ? order.Price : Price.From(order.Side == Side.Buy ? 96 + random.Next(4) : 101 + random.Next(4));
        quantity = Quantity.Units(random.Next(1, 6));
        bool isAsked = order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled && random.Next(12) == 0;
        if (isAsked) context.Replace(order.Id, price, quantity);
        return isAsked;
    }

    /// <summary>Cancels at random; the venue's last word about an order is compared with what the context said when the cancel left.</summary>
    private sealed class Canceler(Random random) : Strategy
    {
        private readonly Dictionary<ClientOrderId, Quantity> _said = [];

        public int Compared { get; private set; }
        public string? Wrong { get; private set; }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            for (int instrument = 0; instrument < 2; instrument++)
            {
                foreach (WorkingOrder order in context.WorkingOrders(new InstrumentId(instrument)))
                {
                    if (IsReplaced(context, random, in order, out _, out _) || random.Next(8) != 0 || order.Status == OrderStatus.PendingCancel) continue;
                    _said[order.Id] = context.QueueAhead(order.Id);
                    context.Cancel(order.Id);
                }
            }
            SubmitOne(context, random, book);
        }

        public override void OnOrder(StrategyContext context, in OrderEvent change)
        {
            if (change.To is not (OrderStatus.Canceled or OrderStatus.CanceledAfterPartialFill) || !_said.TryGetValue(change.ClientOrderId, out Quantity said)) return;
            Compared++;
            if (said != change.QueueAhead) Wrong ??= $"order {change.ClientOrderId}: {said} was said, {change.QueueAhead} it is";
        }
    }

    /// <summary>Compares every live order of the event's instrument with the twin.</summary>
    private sealed class Watcher(Random random, Twin twin) : Strategy
    {
        public int Compared { get; private set; }
        public string? Wrong { get; private set; }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            foreach (WorkingOrder order in context.WorkingOrders(book.Instrument))
            {
                Quantity expected = twin.Ahead(order), found = context.QueueAhead(order.Id);
                Compared += expected.IsNone ? 0 : 1;
                if (expected != found) Wrong ??= $"{context.Clock.Nanos}: order {order.Id} at {order.Price}: expected {expected}, found {found}";
                if (IsReplaced(context, random, in order, out Price price, out Quantity quantity)) twin.NoteAsked(in order, price, quantity);
                else if (random.Next(40) == 0) context.Cancel(order.Id);
            }
            SubmitOne(context, random, book);
        }
    }

    /// <summary>Remembers everything: after each event of an instrument its time and the rank that the next order would have got, and when the book was rebuilt.</summary>
    private sealed class Twin
    {
        private readonly List<(ulong Id, Side Side, Price Price, long Quantity, long Rank)>[] _books = [[], []];
        private readonly long[] _ranks = new long[2];
        private readonly List<(long Time, long Rank, bool IsRebuilt)>[] _events = [[], []];
        private readonly Dictionary<ClientOrderId, (long Joined, Quantity Word)> _orders = [];
        private readonly Dictionary<ClientOrderId, bool> _losesPlace = [];
        private readonly bool[] _isRebuilt = new bool[2];
        private long _time = long.MinValue;

        public void Take(ReadOnlySpan<byte> message)
        {
            MessageHeader header = Messages.Header(message);
            if (header.Type == MessageType.OrderReport) TakeReport(Messages.As<OrderReport>(message));
            if (header.Type != MessageType.MarketByOrder) return;
            MarketByOrder record = Messages.As<MarketByOrder>(message);
            int index = header.Instrument.Index;
            Apply(in record, _books[index], ref _ranks[index]);
            _isRebuilt[index] |= record.Action == BookAction.Clear || record.Flags.HasFlag(BookFlags.Snapshot);
            if (!record.IsLast) return;
            _time = Math.Max(_time, header.EventTime.Nanos);
            _events[index].Add((_time, _ranks[index], _isRebuilt[index]));
            _isRebuilt[index] = false;
        }

        public Quantity Ahead(in WorkingOrder order)
        {
            if (!_orders.TryGetValue(order.Id, out (long Joined, Quantity Word) own)) return Quantity.None;
            List<(long Time, long Rank, bool IsRebuilt)> events = _events[order.Instrument.Index];
            if (events[^1].Time <= own.Joined) return own.Word;
            long rank = 0;
            foreach ((long time, long next, bool isRebuilt) in events)
                if (time <= own.Joined || isRebuilt) rank = next;
            long ahead = 0;
            foreach ((_, Side side, Price price, long quantity, long joined) in _books[order.Instrument.Index])
                if (side == order.Side && price == order.Price && joined < rank) ahead += quantity;
            return new Quantity(ahead);
        }

        private static void Apply(in MarketByOrder record, List<(ulong Id, Side Side, Price Price, long Quantity, long Rank)> book, ref long ranks)
        {
            ulong id = record.OrderId;
            int at = book.FindIndex(order => order.Id == id);
            switch (record.Action)
            {
                case BookAction.Clear:
                    book.Clear();
                    break;
                case BookAction.Add:
                    book.Add((id, record.Side, record.Price, record.Quantity.Nanos, ranks++));
                    break;
                case BookAction.Cancel:
                    book[at] = book[at] with { Quantity = book[at].Quantity - record.Quantity.Nanos };
                    if (book[at].Quantity == 0) book.RemoveAt(at);
                    break;
                case BookAction.Modify:
                    bool isKept = book[at].Price == record.Price && book[at].Quantity >= record.Quantity.Nanos;
                    book[at] = (id, record.Side, record.Price, record.Quantity.Nanos, isKept ? book[at].Rank : ranks++);
                    break;
            }
        }

        /// <summary>A replacement leaves, and is going to be answered once.</summary>
        public void NoteAsked(in WorkingOrder order, Price price, Quantity quantity) => _losesPlace[order.Id] = price != order.Price || quantity > order.Quantity;

        private void TakeReport(in OrderReport report)
        {
            bool isMoved = report.Kind == ReportKind.Replaced && _losesPlace[report.ClientOrderId];
            if (report.Kind == ReportKind.Accepted || isMoved) _orders[report.ClientOrderId] = (report.Header.EventTime.Nanos, report.QueueAhead);
            else if (_orders.TryGetValue(report.ClientOrderId, out (long Joined, Quantity Word) own) && !report.QueueAhead.IsNone)
                _orders[report.ClientOrderId] = (own.Joined, report.QueueAhead);
        }
    }
}
