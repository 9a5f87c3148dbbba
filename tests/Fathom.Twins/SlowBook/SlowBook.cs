using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Twins.SlowBook;

/// <summary>One instrument's order book as anyone would write it first: a dictionary of orders, a sorted dictionary of levels per side, a
/// linked list per level. The oracle of the fast book and its baseline for speed.</summary>
public sealed class SlowBook(uint firstArrival = 0)
{
    private readonly Dictionary<ulong, LinkedListNode<SlowOrder>> _orders = [];

    /// <summary>Highest price first.</summary>
    public SortedDictionary<long, SlowLevel> Bids { get; } = new(Comparer<long>.Create((left, right) => right.CompareTo(left)));

    /// <summary>Lowest price first.</summary>
    public SortedDictionary<long, SlowLevel> Asks { get; } = [];

    public long[] Anomalies { get; } = new long[AnomalyCounts.Kinds];

    public TradingState State { get; set; }

    public bool IsStale { get; private set; }

    /// <summary>The last trade that states a price and came while the state was continuous or unknown.</summary>
    public Price LastTrade { get; private set; } = Price.None;

    public bool IsEventOpen { get; private set; }

    public uint NextArrival { get; private set; } = firstArrival;

    public int ArrivalEpoch { get; private set; }

    public int OrderCount => _orders.Count;

    public SortedDictionary<long, SlowLevel> Levels(Side side) => side == Side.Buy ? Bids : Asks;

    public bool TryFind(ulong orderId, out SlowOrder order)
    {
        bool isFound = _orders.TryGetValue(orderId, out LinkedListNode<SlowOrder>? node);
        order = isFound ? node!.Value : default!;
        return isFound;
    }

    public void Apply(in MarketByOrder message)
    {
        BookFlags flags = message.Flags;
        if (message.Action == BookAction.Clear || (flags & BookFlags.Snapshot) != 0) IsStale = false;
        if ((flags & BookFlags.MaybeBadBook) != 0) IsStale = true;

        if (message.Action == BookAction.Trade && State is TradingState.Continuous or TradingState.Unknown && !message.Price.IsNone) LastTrade = message.Price;
        bool isLevel = (flags & (BookFlags.TopOfBook | BookFlags.Aggregated)) != 0;
        switch (message.Action)
        {
            case BookAction.Add when isLevel: SetLevel(in message); break;
            case BookAction.Modify when isLevel: SetLevel(in message); break;
            case BookAction.Cancel when isLevel: ReduceLevel(in message); break;
            case BookAction.Add: Add(in message); break;
            case BookAction.Cancel: Cancel(in message); break;
            case BookAction.Modify: Modify(in message); break;
            case BookAction.Clear: Clear(); break;
            case BookAction.Fill:
                if (!isLevel && !_orders.ContainsKey(message.OrderId)) Note(BookAnomaly.UnknownFill);
                break;
            case BookAction.None or BookAction.Trade: break;
            default: Note(BookAnomaly.UnknownAction); break;
        }

        IsEventOpen = !message.IsLast;
        if (message.IsLast && State.Matches()) CompareBest();
    }

    private void Note(BookAnomaly anomaly) => Anomalies[(int)anomaly]++;

    private void Add(in MarketByOrder message)
    {
        if (!IsComplete(in message)) return;
        if (_orders.TryGetValue(message.OrderId, out LinkedListNode<SlowOrder>? old))
        {
            Note(BookAnomaly.DuplicateAdd);
            Remove(old);
        }
        Append(message.OrderId, message.Side, message.Price.Nanos, message.Quantity.Nanos);
    }

    private void Cancel(in MarketByOrder message)
    {
        long quantity = message.Quantity.Nanos;
        if (!_orders.TryGetValue(message.OrderId, out LinkedListNode<SlowOrder>? node)) Note(BookAnomaly.UnknownCancel);
        else if (quantity <= 0) Note(BookAnomaly.MissingQuantity);
        else
        {
            if (quantity > node.Value.Quantity) Note(BookAnomaly.OversizedCancel);
            if (quantity >= node.Value.Quantity) Remove(node);
            else Resize(node, node.Value.Quantity - quantity);
        }
    }

    private void Modify(in MarketByOrder message)
    {
        if (!_orders.TryGetValue(message.OrderId, out LinkedListNode<SlowOrder>? node))
        {
            Note(BookAnomaly.UnknownModify);
            Add(in message);
            return;
        }
        SlowOrder order = node.Value;
        if (message.Quantity.Nanos <= 0)
        {
            Note(BookAnomaly.MissingQuantity);
            Remove(node);
            return;
        }
        if (!IsComplete(in message)) return;
        if (message.Side != order.Side) Note(BookAnomaly.SideChange);
        else if (message.Price.Nanos == order.Price && message.Quantity.Nanos <= order.Quantity)
        {
            Resize(node, message.Quantity.Nanos);
            return;
        }
        Remove(node);
        Append(message.OrderId, message.Side, message.Price.Nanos, message.Quantity.Nanos);
    }

    /// <summary>A level without orders takes the place of whatever stood at its price; top of book replaces the whole side.</summary>
    private void SetLevel(in MarketByOrder message)
    {
        if (message.Side == Side.None || message.Side > Side.Sell)
        {
            Note(BookAnomaly.MissingSide);
            return;
        }
        SortedDictionary<long, SlowLevel> levels = Levels(message.Side);
        if ((message.Flags & BookFlags.TopOfBook) != 0)
        {
            foreach (long price in levels.Keys.ToArray()) RemoveLevel(message.Side, price);
            if (message.Price.IsNone) return;
        }
        else if (message.Price.IsNone)
        {
            Note(BookAnomaly.MissingPrice);
            return;
        }
        RemoveLevel(message.Side, message.Price.Nanos);
        if (message.Quantity.IsNone || message.Quantity.Nanos < 0) Note(BookAnomaly.MissingQuantity);
        else if (!message.Quantity.IsZero) levels[message.Price.Nanos] = new SlowLevel { Total = message.Quantity.Nanos, Aggregated = message.Quantity.Nanos };
    }

    private void ReduceLevel(in MarketByOrder message)
    {
        long quantity = message.Quantity.Nanos;
        if (message.Side == Side.None || message.Side > Side.Sell) Note(BookAnomaly.MissingSide);
        else if (message.Price.IsNone) Note(BookAnomaly.MissingPrice);
        else if (!Levels(message.Side).TryGetValue(message.Price.Nanos, out SlowLevel? level) || level.Aggregated == 0) Note(BookAnomaly.UnknownCancel);
        else if (quantity <= 0) Note(BookAnomaly.MissingQuantity);
        else
        {
            if (quantity > level.Aggregated) Note(BookAnomaly.OversizedCancel);
            quantity = Math.Min(quantity, level.Aggregated);
            level.Aggregated -= quantity;
            level.Total -= quantity;
            if (level.Total == 0) Levels(message.Side).Remove(message.Price.Nanos);
        }
    }

    private void Clear()
    {
        _orders.Clear();
        Bids.Clear();
        Asks.Clear();
    }

    private bool IsComplete(in MarketByOrder message)
    {
        if (message.Side is not (Side.Buy or Side.Sell)) Note(BookAnomaly.MissingSide);
        else if (message.Price.IsNone) Note(BookAnomaly.MissingPrice);
        else if (message.Quantity.Nanos <= 0 || message.Quantity.IsNone) Note(BookAnomaly.MissingQuantity);
        else return true;
        return false;
    }

    private void Append(ulong id, Side side, long price, long quantity)
    {
        SortedDictionary<long, SlowLevel> levels = Levels(side);
        if (!levels.TryGetValue(price, out SlowLevel? level)) levels.Add(price, level = new SlowLevel());
        if (level.Total > long.MaxValue - quantity)
        {
            Note(BookAnomaly.QuantityOverflow);
            return;
        }
        level.Total += quantity;
        _orders.Add(id, level.Queue.AddLast(new SlowOrder { Id = id, Side = side, Price = price, Quantity = quantity, Arrival = TakeArrival() }));
    }

    private uint TakeArrival()
    {
        if (NextArrival == uint.MaxValue) Renumber();
        return NextArrival++;
    }

    /// <summary>Gives all resting orders new arrivals, bids then asks, best level first.</summary>
    private void Renumber()
    {
        NextArrival = 0;
        ArrivalEpoch++;
        foreach (SortedDictionary<long, SlowLevel> levels in (SortedDictionary<long, SlowLevel>[])[Bids, Asks])
            foreach (SlowLevel level in levels.Values)
                foreach (SlowOrder order in level.Queue) order.Arrival = NextArrival++;
    }

    private void Resize(LinkedListNode<SlowOrder> node, long quantity)
    {
        SlowOrder order = node.Value;
        Levels(order.Side)[order.Price].Total -= order.Quantity - quantity;
        order.Quantity = quantity;
    }

    private void Remove(LinkedListNode<SlowOrder> node)
    {
        SlowOrder order = node.Value;
        SlowLevel level = Levels(order.Side)[order.Price];
        _orders.Remove(order.Id);
        level.Queue.Remove(node);
        level.Total -= order.Quantity;
        if (level.Total == 0) Levels(order.Side).Remove(order.Price);
    }

    private void RemoveLevel(Side side, long price)
    {
        if (!Levels(side).Remove(price, out SlowLevel? level)) return;
        foreach (SlowOrder order in level.Queue) _orders.Remove(order.Id);
    }

    private void CompareBest()
    {
        if (Bids.Count == 0 || Asks.Count == 0) return;
        long bid = Bids.First().Key, ask = Asks.First().Key;
        if (bid > ask) Note(BookAnomaly.Crossed);
        else if (bid == ask) Note(BookAnomaly.Locked);
    }
}
