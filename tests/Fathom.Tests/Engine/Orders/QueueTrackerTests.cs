using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Market.Books;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Orders;

/// <summary>The tracker on a tape written by hand. Each input is a millisecond after the one before, and reports are half a millisecond old.</summary>
public class QueueTrackerTests
{
    private readonly ScriptedStrategy _strategy = new();
    private StrategyContext _context = null!;

    [Fact]
    public void What_joined_before_us_is_ahead_and_what_joined_later_is_not()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        rig.Answer(ReportKind.Accepted, order);
        Add(rig, 10.00m, 5);
        Add(rig, 10.00m, 6);
        Assert.Equal(Quantity.Units(10), _context.QueueAhead(order));
    }

    [Fact]
    public void A_late_answer_finds_the_place_that_the_order_had_at_its_own_moment()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        Add(rig, 10.00m, 5);
        Timestamp joined = new(rig.Now.Nanos - 400_000);      // behind the add of 5, before the add of 6
        Add(rig, 10.00m, 6);
        Add(rig, 10.00m, 7);
        rig.Answer(ReportKind.Accepted, order, at: joined);
        Assert.Equal(Quantity.Units(15), _context.QueueAhead(order));
    }

    [Fact]
    public void What_joined_at_the_same_venue_time_came_before_us()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        Add(rig, 10.00m, 5);
        Timestamp joined = new(rig.Now.Nanos - 500_000);
        Add(rig, 10.00m, 6);
        rig.Answer(ReportKind.Accepted, order, at: joined);
        Assert.Equal(Quantity.Units(15), _context.QueueAhead(order));
    }

    [Fact]
    public void Until_the_tape_has_come_to_the_moment_of_joining_the_venues_word_stands()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        Assert.True(_context.QueueAhead(order).IsNone);
        OrderReport accepted = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, EngineRig.VenueNumber, EngineRig.Crude, rig.Now + Duration.FromMilliseconds(3), rig.Now),
            ClientOrderId = order,
            Kind = ReportKind.Accepted,
            QueueAhead = Quantity.Units(42),
        };
        rig.Step(in accepted);
        Add(rig, 10.00m, 5);
        Assert.Equal(Quantity.Units(42), _context.QueueAhead(order));
        for (int i = 0; i < 4; i++) Add(rig, 9.00m, 1);
        Assert.Equal(Quantity.Units(15), _context.QueueAhead(order));
    }

    [Fact]
    public void Behind_all_after_a_clear()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        rig.Answer(ReportKind.Accepted, order);
        Add(rig, 10.00m, 5);
        rig.Quote(10.00m, 10.02m, bidQuantity: 77m);
        Assert.Equal(Quantity.Units(77), _context.QueueAhead(order));
        Add(rig, 10.00m, 8);
        Assert.Equal(Quantity.Units(77), _context.QueueAhead(order));
    }

    [Fact]
    public void Behind_all_after_a_snapshot_and_so_is_what_joined_before_and_is_told_later()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        Timestamp joined = rig.Now;
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.00m, isLast: false, BookFlags.Snapshot, quantity: 3m);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.00m, isLast: true, BookFlags.Snapshot, quantity: 4m);
        rig.Answer(ReportKind.Accepted, order, at: joined);
        Assert.Equal(Quantity.Units(17), _context.QueueAhead(order));
        Add(rig, 10.00m, 5);
        Assert.Equal(Quantity.Units(17), _context.QueueAhead(order));
    }

    [Theory]
    [InlineData(10.00, 1, 10)]      // less at the same price: keeps its place
    [InlineData(10.00, 2, 10)]
    [InlineData(10.00, 3, 15)]      // more: goes to the back
    [InlineData(9.99, 2, 7)]        // another price: to the back of that queue
    public void A_replacement_keeps_its_place_or_goes_to_the_back(double price, int quantity, int ahead)
    {
        using EngineRig rig = ARig(out ClientOrderId order, size: 2m);
        rig.Answer(ReportKind.Accepted, order);
        Add(rig, 10.00m, 5);
        Add(rig, 9.99m, 7);
        Ask(rig, context => context.Replace(order, Price.From((decimal)price), Quantity.Units(quantity)));
        rig.Answer(ReportKind.Replaced, order);
        Add(rig, 9.99m, 1);
        Add(rig, 10.00m, 1);
        Assert.Equal(Quantity.Units(ahead), _context.QueueAhead(order));
        Assert.True(rig.Engine.Queue.IsIdle(EngineRig.Crude));
    }

    [Fact]
    public void A_rejected_replacement_keeps_its_place()
    {
        using EngineRig rig = ARig(out ClientOrderId order, size: 2m);
        rig.Answer(ReportKind.Accepted, order);
        Add(rig, 10.00m, 5);
        Ask(rig, context => context.Replace(order, Price.From(10.00m), Quantity.Units(9)));
        rig.Answer(ReportKind.ReplaceRejected, order, ReasonCode.TooLate);
        Add(rig, 10.00m, 1);
        Assert.Equal(Quantity.Units(10), _context.QueueAhead(order));
    }

    [Fact]
    public void Unknown_when_more_events_passed_than_are_remembered()
    {
        foreach (int events in new[] { QueueTracker.NotesMax - 1, QueueTracker.NotesMax })
        {
            using EngineRig rig = ARig(out ClientOrderId order);
            Timestamp joined = rig.Now;
            for (int i = 0; i < events; i++) Add(rig, 9.00m, 1);
            rig.Answer(ReportKind.Accepted, order, at: joined);
            Assert.Equal(events < QueueTracker.NotesMax ? Quantity.Units(10) : Quantity.None, _context.QueueAhead(order));
        }
    }

    /// <summary>After four billion arrivals a book counts anew: what was noted before says nothing about the new numbers.</summary>
    [Fact]
    public void Unknown_when_the_book_gave_all_arrivals_anew_and_known_again_for_what_joins_then()
    {
        using MarketState market = new(new BookSet(firstArrival: uint.MaxValue - 8));
        InstrumentDefinition definition = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, default, default), Tick = Price.From(1m) };
        market.Apply(Messages.AsBytes(in definition));
        ClientOrderIds ids = new(journal: 1, strategy: 0);
        OrderBlotter blotter = new(market.Instruments, ids);
        QueueTracker tracker = new(market.Books, blotter);
        OrderBook book = market.Books[EngineRig.Crude];
        Order NewOrder() => blotter.Add(new OrderCommand
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, EngineRig.Crude, default, default),
            ClientOrderId = ids.Next(),
            Side = Side.Buy,
            Price = Price.From(10m),
            Quantity = Quantity.Units(1),
        });
        long now = 0;
        void AddOne()
        {
            MarketByOrder add = new()
            {
                Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, EngineRig.Crude, new Timestamp(++now), new Timestamp(now)),
                OrderId = (ulong)now,
                Price = Price.From(10m),
                Quantity = Quantity.Units(1),
                Action = BookAction.Add,
                Side = Side.Buy,
                Flags = BookFlags.Last,
            };
            market.Books.Apply(in add);
            tracker.NoteEvent(EngineRig.Crude, new Timestamp(now));
        }

        AddOne();
        Order settled = NewOrder(), waiting = NewOrder();
        tracker.NoteSent(settled, Timestamp.Earliest);
        tracker.NoteSent(waiting, Timestamp.Earliest);
        tracker.NoteAnswer(settled, hasJoined: true, new Timestamp(now));
        Timestamp joined = new(now);
        AddOne();
        Assert.Equal(Quantity.Units(1), tracker.Ahead(settled));
        while (book.ArrivalEpoch == 0) AddOne();
        AddOne();
        tracker.NoteAnswer(waiting, hasJoined: true, joined);
        Assert.True(tracker.Ahead(settled).IsNone && tracker.Ahead(waiting).IsNone);

        Order late = NewOrder();
        tracker.NoteSent(late, Timestamp.Earliest);
        tracker.NoteAnswer(late, hasJoined: true, new Timestamp(now));
        long ahead = now;
        AddOne();
        Assert.Equal(Quantity.Units(ahead), tracker.Ahead(late));
    }

    [Fact]
    public void An_order_of_another_strategy_or_one_that_is_gone_has_no_place()
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        rig.Answer(ReportKind.Accepted, order);
        Add(rig, 9.00m, 1);
        Assert.Equal(Quantity.Units(10), _context.QueueAhead(order));
        rig.Answer(ReportKind.Canceled, order);
        Assert.True(_context.QueueAhead(order).IsNone);
        Assert.True(_context.QueueAhead(new ClientOrderId(5, 5)).IsNone);
    }

    [Theory]
    [InlineData(ReportKind.Rejected)]
    [InlineData(ReportKind.Canceled)]
    [InlineData(ReportKind.Expired)]
    public void Nothing_is_awaited_after_an_order_has_ended(ReportKind end)
    {
        using EngineRig rig = ARig(out ClientOrderId order);
        Assert.False(rig.Engine.Queue.IsIdle(EngineRig.Crude));
        rig.Answer(end, order);
        Assert.True(rig.Engine.Queue.IsIdle(EngineRig.Crude));
    }

    [Fact]
    public void Nothing_is_awaited_after_random_answers_when_all_orders_have_ended()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            using EngineRig rig = new(_strategy);
            _strategy.Book = (context, _) => Disturb(context, random);
            rig.Define();
            for (int step = 0; step < 80; step++)
            {
                if (rig.Sent.Count == 0 || random.Next(3) == 0)
                {
                    rig.Quote(10.00m, 10.02m);
                    continue;
                }
                OrderCommand sent = rig.Sent[random.Next(rig.Sent.Count)];
                if (random.Next(4) == 0) rig.Fill(sent.ClientOrderId, sent.Side, 10m, random.Next(1, 3));
                else rig.Answer((ReportKind)(random.Next(8) switch { 0 => 1, 1 => 1, 2 => 2, 3 => 4, 4 => 5, 5 => 6, 6 => 7, _ => 8 }), sent.ClientOrderId, at: new Timestamp(rig.Now.Nanos - random.Next(5_000_000)));
            }
            foreach (OrderCommand sent in rig.Sent.ToArray()) rig.Answer(ReportKind.Canceled, sent.ClientOrderId);
            Assert.True(rig.Engine.Queue.IsIdle(EngineRig.Crude), $"seed {seed}");
        }
    }

    private static void Disturb(StrategyContext context, Random random)
    {
        if (random.Next(2) == 0) context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, random.Next(1, 4)));
        foreach (WorkingOrder order in context.WorkingOrders(EngineRig.Crude))
        {
            if (random.Next(3) == 0) context.Replace(order.Id, Price.From(9.90m + random.Next(5) / 100m), Quantity.Units(random.Next(1, 5)));
            if (random.Next(6) == 0) context.Cancel(order.Id);
        }
    }

    /// <summary>A book with ten bid at 10.00, and a buy order of ours at that price on its way.</summary>
    private EngineRig ARig(out ClientOrderId order, decimal size = 1m)
    {
        EngineRig rig = new(_strategy);
        ClientOrderId id = default;
        _strategy.Start = context => _context = context;
        _strategy.Book = (context, _) =>
        {
            id = context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, size));
            _strategy.Book = null;
        };
        rig.Define().Quote(10.00m, 10.02m);
        order = id;
        return rig;
    }

    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _strategy.Book = (context, _) => ask(context);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        _strategy.Book = null;
    }

    private static void Add(EngineRig rig, decimal price, int quantity) => rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, price, isLast: true, quantity: quantity);
}
