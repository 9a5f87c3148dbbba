using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Twins.SlowBook;

namespace Fathom.Tests.Market.Books;

public class BookSetTests
{
    private const long Lot = Quantity.Scale;

    [Theory]
    [InlineData(0.0, 1, true)]
    [InlineData(0.0, 3, false)]
    [InlineData(0.02, 2, true)]
    [InlineData(0.1, 2, false)]
    [InlineData(0.5, 3, true)]
    [InlineData(1.0, 2, false)]
    public void Every_message_leaves_the_state_that_the_slow_twin_has(double hostility, int instruments, bool isTickStated)
    {
        for (int seed = 0; seed < Fuzz.Seeds(8); seed++)
        {
            var stream = new BookStream(seed, instruments, hostility);
            using var books = new BookSet();
            var twin = new SlowBookSet();
            if (isTickStated) Define(books, instruments, tick: 250_000_000);
            for (int step = 0; step < 500; step++)
            {
                MarketByOrder message = stream.Next();
                books.Apply(in message);
                twin.Apply(in message);
                int instrument = message.Header.Instrument.Index;
                string where = $"seed {seed}, step {step}";
                AssertSame(twin.BookOf(instrument), books[new InstrumentId(instrument)], where);
                if (step % 16 == 0) BookLaws.Validate(books.Memory);
            }
            BookLaws.Validate(books.Memory);
        }
    }

    [Theory]
    [InlineData(0.0, 250_000_000, 300)]
    [InlineData(0.001, 1, 300)]
    [InlineData(0.001, 10_000_000, 5000)]
    public void Long_runs_in_batches_end_like_the_slow_twin(double hostility, long tick, int levels)
    {
        for (int seed = 100; seed < 100 + Fuzz.Seeds(3); seed++)
        {
            byte[] messages = new BookStream(seed, 4, hostility, tick, levels).Bytes(30_000);
            using var market = new MarketState();
            var twin = new SlowBookSet();
            market.ApplyBatch(messages);
            twin.ApplyBatch(messages);
            for (int instrument = 0; instrument < 4; instrument++)
                AssertSame(twin.BookOf(instrument), market.Books[new InstrumentId(instrument)], $"seed {seed}, instrument {instrument}");
            BookLaws.Validate(market.Books.Memory);
        }
    }

    [Fact]
    public void Used_up_arrivals_are_given_anew_in_the_order_of_the_queues()
    {
        for (int seed = 0; seed < Fuzz.Seeds(4); seed++)
        {
            const uint first = uint.MaxValue - 150;
            var stream = new BookStream(seed, 1, hostility: 0.01);
            using var books = new BookSet(first);
            var twin = new SlowBook(first);
            for (int step = 0; step < 600; step++)
            {
                MarketByOrder message = stream.Next();
                books.Apply(in message);
                twin.Apply(in message);
                AssertSame(twin, books[default], $"seed {seed}, step {step}");
            }
            Assert.Equal(1, books[default].ArrivalEpoch);
            BookLaws.Validate(books.Memory);
        }
    }

    [Fact]
    public void Messages_of_random_bytes_break_no_law()
    {
        for (int seed = 0; seed < Fuzz.Seeds(20); seed++)
        {
            var random = new Random(seed);
            byte[] bytes = new byte[2_000 * 64];
            random.NextBytes(bytes);
            for (int at = 0; at < bytes.Length; at += 64)
            {
                MarketByOrder small = BookStream.Message(random.Next(8), (BookAction)random.Next(8), (ulong)random.Next(200), (Side)random.Next(3), random.Next(500), Lot);
                Messages.AsBytes(in small)[..24].CopyTo(bytes.AsSpan(at));
                // Half of them random all through, the others near enough to each other to meet.
                if (random.Next(2) == 0) Messages.AsBytes(in small)[24..].CopyTo(bytes.AsSpan(at + 24));
            }
            using var market = new MarketState();
            var twin = new SlowBookSet();
            market.ApplyBatch(bytes);
            twin.ApplyBatch(bytes);
            BookLaws.Validate(market.Books.Memory);
            for (int instrument = 0; instrument < 8; instrument++)
                AssertSame(twin.BookOf(instrument), market.Books[new InstrumentId(instrument)], $"seed {seed}, instrument {instrument}");
        }
    }

    [Fact]
    public void Aggregated_levels_are_set_and_stand_before_later_orders()
    {
        using var books = new BookSet();
        books.Apply(BookStream.Message(0, BookAction.Add, 0, Side.Buy, 100, 7 * Lot, BookFlags.Aggregated));
        books.Apply(BookStream.Message(0, BookAction.Add, 1, Side.Buy, 100, 2 * Lot));
        Assert.True(books[default].TryLevel(Side.Buy, new Price(100), out BookLevel level));
        Assert.Equal((9 * Lot, 1), (level.Quantity.Nanos, level.Orders));
        Assert.True(books[default].TryQueueAhead(1, out Quantity ahead) && ahead.Nanos == 7 * Lot);
        books.Apply(BookStream.Message(0, BookAction.Add, 0, Side.Buy, 90, 3 * Lot, BookFlags.TopOfBook | BookFlags.Last));
        Assert.Equal(1, books[default].LevelCount(Side.Buy));
        Assert.Equal(0, books.OrderCount);
        Assert.True(books[default].TryBestBid(out level) && level == new BookLevel(new Price(90), new Quantity(3 * Lot), 0));
        books.Apply(BookStream.Message(0, BookAction.Add, 0, Side.Buy, long.MaxValue, 0, BookFlags.TopOfBook | BookFlags.Last));
        Assert.False(books[default].TryBestBid(out _));
    }

    [Theory]
    [InlineData(TradingState.Unknown, true)]
    [InlineData(TradingState.Continuous, true)]
    [InlineData(TradingState.PreOpen, false)]
    [InlineData(TradingState.Auction, false)]
    [InlineData(TradingState.Halted, false)]
    [InlineData(TradingState.Closed, false)]
    public void Last_trade_is_one_at_which_one_could_have_traded(TradingState state, bool counts)
    {
        using var market = new MarketState();
        market.Books.Apply(BookStream.Message(0, BookAction.Trade, 0, Side.Buy, 100, Lot));
        market.Apply(Messages.AsBytes(State(state)));
        market.Books.Apply(BookStream.Message(0, BookAction.Trade, 0, Side.Buy, 101, Lot));
        market.Books.Apply(BookStream.Message(0, BookAction.Trade, 0, Side.Buy, long.MaxValue, Lot));
        Assert.Equal(new Price(counts ? 101 : 100), market.Books[default].LastTrade);
        market.Books.Apply(BookStream.Message(0, BookAction.Trade, 0, Side.None, 102, Lot, BookFlags.MaybeBadBook));      // a rare message
        Assert.Equal(new Price(counts ? 102 : 100), market.Books[default].LastTrade);
    }

    [Fact]
    public void Ids_made_to_collide_do_not_slow_the_table_down()
    {
        const ulong inverse = 0xF1DE83E19937733D;      // of 2⁶⁴/φ: id × 2⁶⁴/φ is then a small number, and every order's home the first bucket
        using var books = new BookSet();
        const int count = 60_000;
        for (int i = 1; i <= count; i++) books.Apply(BookStream.Message(0, BookAction.Add, unchecked((ulong)i * inverse), Side.Buy, 1_000 + i % 50, Lot));
        Assert.Equal(count, books.OrderCount);
        BookLaws.Validate(books.Memory);
        for (int i = 1; i <= count; i++) books.Apply(BookStream.Message(0, BookAction.Cancel, unchecked((ulong)i * inverse), Side.Buy, 1_000 + i % 50, Lot));
        Assert.Equal(0, books.OrderCount);
        Assert.Equal(0, books.Anomalies(default).Total);
    }

    [Fact]
    public void Many_levels_far_apart_are_exact()
    {
        var random = new Random(1);
        using var books = new BookSet();
        var twin = new SlowBookSet();
        for (ulong id = 1; id <= 20_000; id++)
        {
            MarketByOrder message = id % 3 == 0
                ? BookStream.Message(0, BookAction.Cancel, (ulong)random.NextInt64(1, (long)id), Side.Buy, 0, 100 * Lot)
                : BookStream.Message(0, BookAction.Add, id, id % 2 == 0 ? Side.Buy : Side.Sell, random.NextInt64(-1L << 50, 1L << 50), Lot);
            books.Apply(in message);
            twin.Apply(in message);
        }
        BookLaws.Validate(books.Memory);
        AssertSame(twin.BookOf(0), books[default], "far levels");
    }

    [Fact]
    public void The_prefetching_loop_ends_like_the_slow_twin()
    {
        byte[] messages = new BookStream(5, instruments: 50, hostility: 0.001, addShare: 0.8).Bytes(100_000);
        const int batch = 5_000 * 64;
        using var books = new BookSet();
        var twin = new SlowBookSet();
        for (int at = 0; at < messages.Length; at += batch) Assert.Equal(batch, books.ApplyRun(messages.AsSpan(at, batch)));
        twin.ApplyBatch(messages);
        Assert.True(books.OrderCount > 1 << 15, $"the stream is to leave more orders than fit the cache, not {books.OrderCount}");
        for (int instrument = 0; instrument < 50; instrument++)
            AssertSame(twin.BookOf(instrument), books[new InstrumentId(instrument)], $"instrument {instrument}");
        BookLaws.Validate(books.Memory);
    }

    [Fact]
    public void Messages_allocate_nothing_once_the_book_is_warm()
    {
        byte[] messages = new BookStream(7, 3, hostility: 0).Bytes(60_000);
        using var market = new MarketState();
        market.ApplyBatch(messages);
        MarketByOrder clear = BookStream.Message(0, BookAction.Clear, 0, Side.None, long.MaxValue, 0);
        market.Books.Apply(in clear);
        Assert.Equal(0, Allocated.AtLeast(() => market.ApplyBatch(messages)));
    }

    [Fact]
    public void Crossed_and_locked_books_are_anomalies_only_where_orders_match()
    {
        using var market = new MarketState();
        market.Books.Apply(BookStream.Message(0, BookAction.Add, 1, Side.Buy, 100, Lot));
        market.Apply(Messages.AsBytes(State(TradingState.PreOpen)));
        market.Books.Apply(BookStream.Message(0, BookAction.Add, 2, Side.Sell, 90, Lot));
        Assert.Equal(0, market.Books.Anomalies(default).Total);
        market.Apply(Messages.AsBytes(State(TradingState.Continuous)));
        market.Books.Apply(BookStream.Message(0, BookAction.None, 0, Side.None, long.MaxValue, 0, BookFlags.None));
        Assert.Equal(0, market.Books.Anomalies(default).Of(BookAnomaly.Crossed));
        market.Books.Apply(BookStream.Message(0, BookAction.None, 0, Side.None, long.MaxValue, 0));
        Assert.Equal(1, market.Books.Anomalies(default).Of(BookAnomaly.Crossed));
        market.Books.Apply(BookStream.Message(0, BookAction.Modify, 2, Side.Sell, 100, Lot));
        Assert.Equal(1, market.Books.Anomalies(default).Of(BookAnomaly.Locked));
        Assert.Equal(1, market.Books.Anomalies(default).Of(BookAnomaly.Crossed));
    }

    [Fact]
    public void A_stale_book_heals_with_the_next_clear_or_snapshot()
    {
        using var books = new BookSet();
        books.Apply(BookStream.Message(0, BookAction.Add, 1, Side.Buy, 100, Lot, BookFlags.Last | BookFlags.MaybeBadBook));
        books.Apply(BookStream.Message(0, BookAction.Add, 2, Side.Buy, 100, Lot));
        Assert.True(books[default].IsStale);
        books.Apply(BookStream.Message(0, BookAction.Clear, 0, Side.None, long.MaxValue, 0, BookFlags.Snapshot));
        Assert.False(books[default].IsStale);
        Assert.True(books[default].IsEventOpen);
        Assert.Equal(0, books.OrderCount);
    }

    [Fact]
    public void The_same_order_id_may_rest_for_two_instruments()
    {
        using var books = new BookSet();
        for (int instrument = 0; instrument < 3; instrument++) books.Apply(BookStream.Message(instrument, BookAction.Add, 77, Side.Buy, 100 + instrument, Lot));
        books.Apply(BookStream.Message(1, BookAction.Cancel, 77, Side.Buy, 101, Lot));
        Assert.True(books.TryFind(new InstrumentId(2), 77, out RestingOrder order));
        Assert.Equal(102, order.Price.Nanos);
        Assert.False(books.TryFind(new InstrumentId(1), 77, out _));
        Assert.Equal(0, books.Anomalies(new InstrumentId(1)).Total);
    }

    private static void Define(BookSet books, int instruments, long tick)
    {
        for (int i = 0; i < instruments; i++)
        {
            books.Apply(new InstrumentDefinition
            {
                Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, new InstrumentId(i), default, default),
                Tick = new Price(tick),
            });
        }
    }

    private static TradingStateChanged State(TradingState state) => new()
    {
        Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 1, default, default, default),
        State = state,
    };

    private static void AssertSame(SlowBook expected, OrderBook actual, string where)
    {
        Assert.True(expected.OrderCount == actual.OrderCount, $"{where}: {actual.OrderCount} orders, expected {expected.OrderCount}");
        Assert.True(expected.IsStale == actual.IsStale && expected.IsEventOpen == actual.IsEventOpen, $"{where}: stale or open");
        Assert.True(expected.LastTrade == actual.LastTrade, $"{where}: last trade {actual.LastTrade}, expected {expected.LastTrade}");
        Assert.True(expected.NextArrival == actual.NextArrival && expected.ArrivalEpoch == actual.ArrivalEpoch, $"{where}: arrivals");
        for (int kind = 0; kind < AnomalyCounts.Kinds; kind++)
        {
            long count = actual.Anomalies.Of((BookAnomaly)kind);
            Assert.True(expected.Anomalies[kind] == count, $"{where}: {count} × {(BookAnomaly)kind}, expected {expected.Anomalies[kind]}");
        }
        AssertSameSide(expected, actual, Side.Buy, where);
        AssertSameSide(expected, actual, Side.Sell, where);
    }

    private static void AssertSameSide(SlowBook expected, OrderBook actual, Side side, string where)
    {
        SortedDictionary<long, SlowLevel> levels = expected.Levels(side);
        Assert.True(levels.Count == actual.LevelCount(side), $"{where}: {actual.LevelCount(side)} levels, expected {levels.Count}");
        var copy = new BookLevel[levels.Count + 1];
        Assert.Equal(levels.Count, actual.CopyLevels(side, copy));
        bool hasBest = side == Side.Buy ? actual.TryBestBid(out BookLevel best) : actual.TryBestAsk(out best);
        Assert.Equal(levels.Count > 0, hasBest);
        if (hasBest) Assert.Equal(copy[0], best);

        int at = 0;
        foreach ((long price, SlowLevel level) in levels)
        {
            BookLevel found = copy[at++];
            Assert.True(found == new BookLevel(new Price(price), new Quantity(level.Total), level.Queue.Count), $"{where}: level {found}, expected {price}");
            Assert.True(actual.TryLevel(side, new Price(price), out BookLevel same) && same == found, $"{where}: level by price");
            AssertSameQueue(level, actual, side, price, where);
        }
    }

    private static void AssertSameQueue(SlowLevel level, OrderBook actual, Side side, long price, string where)
    {
        LinkedListNode<SlowOrder>? expected = level.Queue.First;
        long ahead = level.Aggregated;
        foreach (QueuedOrder order in actual.QueueAt(side, new Price(price)))
        {
            SlowOrder slow = expected!.Value;
            Assert.True(order == new QueuedOrder(slow.Id, new Quantity(slow.Quantity), slow.Arrival), $"{where}: {order} in the queue at {price}, expected {slow.Id}");
            Assert.True(actual.TryFind(slow.Id, out RestingOrder resting), $"{where}: order {slow.Id}");
            Assert.Equal(new RestingOrder(side, new Price(price), new Quantity(slow.Quantity), slow.Arrival), resting);
            Assert.True(actual.TryQueueAhead(slow.Id, out Quantity found) && found.Nanos == ahead, $"{where}: ahead of {slow.Id}");
            ahead += slow.Quantity;
            expected = expected.Next;
        }
        Assert.True(expected is null, $"{where}: the queue at {price} is too short");
    }
}
