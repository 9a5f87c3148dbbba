using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>Follows our orders by their events. Memory: the live orders, the first ones for the table, and a sample per strategy.</summary>
internal sealed class OrderRecords
{
    private readonly int _rowsMax;
    private readonly OrderStatistics[] _strategies;
    private readonly Dictionary<ClientOrderId, OrderRecord> _live = [];      // looked up only, never listed
    private readonly List<OrderRecord> _rows = [];

    public OrderRecords(int strategies, int rowsMax, int sampleMax)
    {
        _rowsMax = rowsMax;
        _strategies = new OrderStatistics[strategies];
        for (int i = 0; i < strategies; i++) _strategies[i] = new OrderStatistics((ushort)i, sampleMax);
    }

    /// <summary>Orders that a strategy wanted, refused ones included.</summary>
    public long Total { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<OrderRecord> Rows => _rows;

    /// <summary>By strategy.</summary>
    public List<StrategyOrders> Results()
    {
        List<StrategyOrders> results = [];
        foreach (OrderStatistics strategy in _strategies) results.Add(strategy.Result);
        return results;
    }

    public void Note(in OrderEvent change)
    {
        if (change.From == change.To) return;      // a request that changed nothing; price and quantity are those that were asked for
        if (change.From == OrderStatus.None) Begin(change);
        else if (_live.TryGetValue(change.ClientOrderId, out OrderRecord? order)) Change(order, change);
    }

    public void Note(in FillEvent fill)
    {
        if (fill.Output.Strategy < _strategies.Length) _strategies[fill.Output.Strategy].NoteFill(fill);
        if (_live.TryGetValue(fill.ClientOrderId, out OrderRecord? order)) order.Note(fill);
    }

    private void Begin(in OrderEvent change)
    {
        OrderRecord order = new(change);
        order.Note(change);
        Total++;
        if (_rows.Count < _rowsMax) _rows.Add(order);
        if (change.To.IsTerminal()) return;
        _live.Add(order.Id, order);
        if (change.To != OrderStatus.Held) _strategies[order.Strategy].NoteSent(order.Quantity);
    }

    private void Change(OrderRecord order, in OrderEvent change)
    {
        Quantity before = order.Quantity;
        bool isPlacement = order.Note(change);
        if (change.To == OrderStatus.PendingNew) _strategies[order.Strategy].NoteSent(order.Quantity);      // it was held so far
        else if (order.IsSent) _strategies[order.Strategy].NoteChange(order, before, isPlacement);
        if (change.To.IsTerminal()) _live.Remove(order.Id);
    }
}
