using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>What a session roll carries of it: who waits for what, who stands in line, which lists are kept here.</summary>
internal sealed partial class HeldOrderKeeper
{
    private readonly Dictionary<ulong, OrderList> _restoredLists = [];
    private readonly List<(int Place, OrderList List)> _restoredTouched = [];
    private readonly Restored _restored = new();

    /// <summary>When an order in line is to be looked at again.</summary>
    public Timestamp Retry { get => _retry; set => _retry = value; }

    /// <summary>Adds to an order of the strategy's what is kept about it here.</summary>
    public void Carry(Order order, ref CarriedOrder carried)
    {
        Invariant.Require(_follow.Count == 0, "between two steps nothing is left to be brought about");
        carried.LinePlace = _line.IndexOf(order) + 1;
        if (_stops.TryTraded(order, out carried.TradedLow, out carried.TradedHigh)) carried.Facts |= CarriedOrderFacts.Watched;
        bool isDue = !order.Deadline.IsNone && order.Deadline < context.Clock;
        if (isDue && _deadlines.Holds(order)) carried.Facts |= CarriedOrderFacts.Overdue;
        if (order.List is not { } list) return;
        carried.Facts |= CarriedOrderFacts.ListKept;
        carried.ListPlace = (short)(list.Parent == order ? 0 : list.Siblings.IndexOf(order) + 1);
    }

    /// <summary>Writes the lists that have a live member, in the order of their numbers.</summary>
    public void CarryLists(IMessageSink sink)
    {
        SortedDictionary<ulong, OrderList> lists = [];
        for (int index = 0; index < services.Blotter.InstrumentCount; index++)
            for (Order? order = services.Blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (order.Strategy == strategy && order.List is { } list) lists[order.ListId] = list;
        List<OrderList> touched = _touched.FindAll(lists.ContainsValue);
        foreach ((ulong id, OrderList list) in lists)
        {
            CarriedOrderList carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedOrderList>(MessageType.CarriedOrderList),
                ListId = id,
                Unsettled = list.Unsettled,
                SettleFrom = list.SettleFrom,
                Owner = strategy,
                Kind = list.Kind,
                HasParent = list.HasParent ? (byte)1 : (byte)0,
                HasParentFilled = list.HasParentFilled ? (byte)1 : (byte)0,
                Place = touched.IndexOf(list) + 1,
            };
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    /// <summary>Its members come next.</summary>
    public void Restore(in CarriedOrderList carried)
    {
        OrderList list = new(carried.Kind, carried.HasParent != 0)
        {
            Unsettled = carried.Unsettled,
            SettleFrom = carried.SettleFrom,
            HasParentFilled = carried.HasParentFilled != 0,
            IsTouched = carried.Place > 0,
        };
        _restoredLists.Add(carried.ListId, list);
        if (list.IsTouched) _restoredTouched.Add((carried.Place, list));
    }

    /// <summary>Takes on what was kept about an order that lives again.</summary>
    public void Restore(Order order, in CarriedOrder carried)
    {
        bool isOver = !order.Deadline.IsNone && order.Deadline < context.Clock;      // it was seen to already
        if (!isOver || (carried.Facts & CarriedOrderFacts.Overdue) != 0) AddDeadline(order);
        if ((carried.Facts & CarriedOrderFacts.Watched) != 0)
        {
            _stops.Add(order);
            _stops.RestoreTraded(order, carried.TradedLow, carried.TradedHigh);
        }
        _restored.Add(in carried, order);
    }

    /// <summary>All orders are there: puts each into its place.</summary>
    public void CompleteRestore()
    {
        _restoredTouched.Sort(static (left, right) => left.Place.CompareTo(right.Place));
        foreach ((_, OrderList list) in _restoredTouched) _touched.Add(list);
        foreach ((_, Order order) in _restored.By(static carried => carried.LinePlace))
            if (order.IsLeaving) _line.Add(order);
        foreach ((CarriedOrder carried, Order order) in _restored.By(static carried => carried.ListPlace))
            if ((carried.Facts & CarriedOrderFacts.ListKept) != 0) Join(order, carried.ListPlace);
        _restoredLists.Clear();
        _restoredTouched.Clear();
        _restored.Clear();
    }

    private void Join(Order order, int place)
    {
        bool isKnown = _restoredLists.TryGetValue(order.ListId, out OrderList? list);
        Invariant.Require(isKnown, "a carried list comes before its members");
        order.List = list;
        if (place == 0) list!.Parent = order;
        else list!.Siblings.Add(order);
    }
}
