using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Generator;

/// <summary>Holds a feed to the laws of a venue, slowly and without knowing how it was made: every book as sorted lists of order ids.</summary>
internal sealed class FeedAuditor(string context)
{
    private readonly Dictionary<int, Book> _books = [];
    private readonly Dictionary<(byte Channel, uint Sequence), long> _packets = [];
    private long _receiveTime = long.MinValue;

    public long Count { get; private set; }

    public int Live => _books.Values.Sum(book => book.Orders.Count);

    public Dictionary<TradingState, int> States { get; } = [];

    public long AuctionQuantity { get; private set; }

    public void Apply(ReadOnlySpan<byte> messages)
    {
        for (int at = 0; at < messages.Length;)
        {
            MessageHeader header = Messages.Header(messages[at..]);
            Apply(header, messages.Slice(at, header.Length));
            at += header.Length;
        }
    }

    public void Finish()
    {
        foreach (Book book in _books.Values) Check(!book.IsOpenEvent, "the feed ends inside an event");
    }

    private void Apply(MessageHeader header, ReadOnlySpan<byte> message)
    {
        Check(header.EventTime.Nanos <= header.ReceiveTime.Nanos, "an event comes before it happens");
        Check(header.ReceiveTime.Nanos >= _receiveTime, "receive times fall");
        _receiveTime = header.ReceiveTime.Nanos;
        int index = header.Instrument.Index;
        switch (header.Type)
        {
            case MessageType.InstrumentDefined:
                Check(_books.TryAdd(index, new Book()) && index == _books.Count - 1, "definitions come once and in order");
                _books[index].Tick = Messages.As<InstrumentDefinition>(message).Tick.Nanos;
                break;
            case MessageType.TradingStateChanged:
                TradingState state = Messages.As<TradingStateChanged>(message).State;
                Check(!_books[index].IsOpenEvent, "a state changes inside an event");
                _books[index].State = state;
                States[state] = States.GetValueOrDefault(state) + 1;
                break;
            default:
                Check(header.Type == MessageType.MarketByOrder, "an unknown message");
                Apply(_books[index], Messages.As<MarketByOrder>(message));
                break;
        }
    }

    private void Apply(Book book, MarketByOrder message)
    {
        Count++;
        if ((message.Flags & BookFlags.Snapshot) == 0) Check(message.SendDelta > 0 && message.SendDelta <= (message.Header.ReceiveTime - message.Header.EventTime).Nanos, "sent before the event");
        if (message.Action != BookAction.Clear) Check(message.Price.Nanos % book.Tick == 0 && message.Quantity.Nanos > 0 && message.Quantity.Nanos % Quantity.Scale == 0, "price or quantity off the grid");
        switch (message.Action)
        {
            case BookAction.Clear: Check(book.Orders.Count == 0, "a clear in the middle"); break;
            case BookAction.Add: Add(book, message); break;
            case BookAction.Cancel: Cancel(book, message); break;
            case BookAction.Modify: Modify(book, message); break;
            case BookAction.Trade: Trade(book, message); break;
            case BookAction.Fill: Fill(book, message); break;
            default: Check(false, "an action that the generator does not make"); break;
        }
        book.IsOpenEvent = !message.IsLast;
        if (message.IsLast) EndEvent(book, message);
    }

    private void Add(Book book, MarketByOrder message)
    {
        Check(book.Orders.TryAdd(message.OrderId, new Order(message)), "an id is used twice");
        if ((message.Flags & BookFlags.Snapshot) == 0) Check(message.OrderId > book.LastId || message.OrderId == book.TakerId, "ids fall");
        book.LastId = Math.Max(book.LastId, message.OrderId);
        book.Queue(message.Side, message.Price.Nanos).Add(message.OrderId);
    }

    private void Cancel(Book book, MarketByOrder message)
    {
        Order order = Find(book, message);
        Check(order.Price == message.Price.Nanos && order.Quantity >= message.Quantity.Nanos, "a cancel of more than there is, or elsewhere");
        order.Quantity -= message.Quantity.Nanos;
        Settle(order, message.Quantity.Nanos);
        if (order.Quantity == 0) book.Remove(order);
    }

    private void Modify(Book book, MarketByOrder message)
    {
        Order order = Find(book, message);
        bool keepsPlace = order.Price == message.Price.Nanos && message.Quantity.Nanos < order.Quantity;
        Settle(order, order.Quantity - message.Quantity.Nanos);
        if (!keepsPlace)
        {
            Check(order.Owed == 0, "a filled order moves");
            book.Remove(order);
            order.Price = message.Price.Nanos;
            book.Queue(order.Side, order.Price).Add(order.Id);
            book.Orders.Add(order.Id, order);
        }
        order.Quantity = message.Quantity.Nanos;
    }

    private void Trade(Book book, MarketByOrder message)
    {
        Check(book.Unfilled == 0, "a trade before the fills of the one before it");
        Check(book.State == TradingState.Auction ? message.Side == Side.None : book.State == TradingState.Continuous && message.Side != Side.None, "a trade in the wrong state");
        bool isAuction = message.Side == Side.None;
        if (isAuction) AuctionQuantity += message.Quantity.Nanos / Quantity.Scale;
        book.Unfilled = message.Quantity.Nanos * (isAuction ? 2 : 1);
        book.Trade = message;
        book.TakerId = message.OrderId;
    }

    /// <summary>The law that matters: a fill takes the order that stands first at the best price, orders filled before it in this event left aside.</summary>
    private void Fill(Book book, MarketByOrder message)
    {
        Order order = Find(book, message);
        Check(message.Side != book.Trade.Side && message.Price == book.Trade.Price, "a fill that does not belong to its trade");
        ulong head = 0;
        foreach ((long _, List<ulong> queue) in book.Ladder(message.Side))
        {
            head = queue.FirstOrDefault(id => book.Orders[id].Owed < book.Orders[id].Quantity);
            if (head != 0) break;
        }
        Check(head == order.Id, $"a fill of {order.Id} where {head} is first");
        bool isWorse = order.Side == Side.Buy ? order.Price < message.Price.Nanos : order.Price > message.Price.Nanos;
        Check(!isWorse && (book.State == TradingState.Auction || order.Price == message.Price.Nanos), "a fill beyond the order's price");
        order.Owed += message.Quantity.Nanos;
        book.Unfilled -= message.Quantity.Nanos;
        Check(order.Owed <= order.Quantity && book.Unfilled >= 0, "a fill of more than there is");
        book.Owing.Add(order);
    }

    private static void Settle(Order order, long quantity)
    {
        if (order.Owed > 0) order.Owed -= quantity;
    }

    private void EndEvent(Book book, MarketByOrder message)
    {
        Check(book.Unfilled == 0, "a trade's quantity is not its fills'");
        Check(book.Owing.TrueForAll(order => order.Owed == 0), "a fill without its consequence");
        book.Owing.Clear();
        bool mayCross = book.State is TradingState.PreOpen;
        if (book.Bids.Count == 0 || book.Asks.Count == 0) Check(false, "a side is empty");
        if (!mayCross) Check(-book.Bids.Keys[0] < book.Asks.Keys[0], "the book is crossed");
        if ((message.Flags & BookFlags.Snapshot) != 0) return;
        if (!_packets.TryAdd((message.Channel, message.Sequence), message.Header.ReceiveTime.Nanos))
            Check(_packets[(message.Channel, message.Sequence)] == message.Header.ReceiveTime.Nanos, "one packet arrives at two times");
    }

    private Order Find(Book book, MarketByOrder message)
    {
        Check(book.Orders.TryGetValue(message.OrderId, out Order? order), "an order that does not live");
        Check(order!.Side == message.Side, "an order changed its side");
        return order;
    }

    private void Check(bool holds, string breach) => Assert.True(holds, $"{context}, message {Count}: {breach}");

    private sealed class Order(MarketByOrder message)
    {
        public ulong Id { get; } = message.OrderId;
        public Side Side { get; } = message.Side;
        public long Price { get; set; } = message.Price.Nanos;
        public long Quantity { get; set; } = message.Quantity.Nanos;

        /// <summary>Filled in this event and not yet taken from the order.</summary>
        public long Owed { get; set; }
    }

    private sealed class Book
    {
        public long Tick { get; set; }
        public TradingState State { get; set; }
        public Dictionary<ulong, Order> Orders { get; } = [];

        /// <summary>Keys are prices, negated for bids, so that the best comes first.</summary>
        public SortedList<long, List<ulong>> Bids { get; } = [];
        public SortedList<long, List<ulong>> Asks { get; } = [];
        public List<Order> Owing { get; } = [];
        public MarketByOrder Trade { get; set; }
        public long Unfilled { get; set; }
        public ulong TakerId { get; set; }
        public ulong LastId { get; set; }
        public bool IsOpenEvent { get; set; }

        public SortedList<long, List<ulong>> Ladder(Side side) => side == Side.Buy ? Bids : Asks;

        public List<ulong> Queue(Side side, long price)
        {
            long key = side == Side.Buy ? -price : price;
            if (!Ladder(side).TryGetValue(key, out List<ulong>? queue)) Ladder(side).Add(key, queue = []);
            return queue;
        }

        public void Remove(Order order)
        {
            List<ulong> queue = Queue(order.Side, order.Price);
            queue.Remove(order.Id);
            if (queue.Count == 0) Ladder(order.Side).Remove(order.Side == Side.Buy ? -order.Price : order.Price);
            Orders.Remove(order.Id);
        }
    }
}
