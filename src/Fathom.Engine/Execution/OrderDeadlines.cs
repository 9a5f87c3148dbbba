using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Execution;

/// <summary>When orders end that we have to end, the first to end first; of those that end at one time the one taken first.</summary>
internal sealed class OrderDeadlines(OrderBlotter blotter)
{
    private const int CountMin = 64;

    private readonly PriorityQueue<ClientOrderId, (long Due, long Number)> _queue = new();
    private readonly List<(ClientOrderId, (long, long))> _kept = [];      // of a sweep

    /// <summary>When the next one is due; None without one.</summary>
    public Timestamp Next { get; private set; } = Timestamp.None;

    public void Add(Order order, Timestamp due)
    {
        // Most orders are over long before their time: those that are go once they are most of what stands here.
        if (_queue.Count >= CountMin && _queue.Count > 4 * blotter.LiveCount) Sweep();
        _queue.Enqueue(order.Id, (due.Nanos, order.Number));
        SetNext();
    }

    /// <summary>Takes the next order that is due at <paramref name="now"/>.</summary>
    public bool TryTake(Timestamp now, out Order order)
    {
        order = null!;
        while (Next <= now && !Next.IsNone)
        {
            ClientOrderId id = _queue.Dequeue();
            SetNext();
            if (!blotter.TryFind(id, out Order? live)) continue;
            order = live;
            return true;
        }
        return false;
    }

    /// <summary>Whether the order's time is still to come here.</summary>
    public bool Holds(Order order)
    {
        foreach ((ClientOrderId id, (long, long) _) in _queue.UnorderedItems)
            if (id == order.Id) return true;
        return false;
    }

    private void Sweep()
    {
        while (_queue.TryDequeue(out ClientOrderId id, out (long, long) at))
            if (blotter.TryFind(id, out _)) _kept.Add((id, at));
        foreach ((ClientOrderId id, (long, long) at) in _kept) _queue.Enqueue(id, at);
        _kept.Clear();
    }

    private void SetNext()
    {
        while (_queue.TryPeek(out ClientOrderId id, out (long Due, long Number) first))
        {
            Next = new Timestamp(first.Due);
            if (blotter.TryFind(id, out _)) return;
            _queue.Dequeue();
        }
        Next = Timestamp.None;
    }
}
