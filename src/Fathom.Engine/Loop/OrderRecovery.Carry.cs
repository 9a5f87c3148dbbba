using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>What a session roll carries of it: which requests are unanswered, what is in doubt, which reports have come. A gap in them, a snapshot that is under way, and questions about orders that are not live
/// here are not: the next session asks for everything first.</summary>
internal sealed partial class OrderRecovery
{
    private readonly Restored _restored = new();
    private bool _hasToAsk;

    /// <summary>Nothing is open that the next session could only find out by asking for everything.</summary>
    public bool IsSettled => _anomalies.IsReconciled && !_reconciliation.IsGoingOn && _gapSince.IsNone && _names.Count == 0 && _isConnected;

    /// <summary>From when on executions are ours.</summary>
    public Timestamp Since => _reconciliation.Since;

    /// <summary>Up to which number all reports of a venue have come.</summary>
    public Dictionary<ushort, long> Numbers()
    {
        Dictionary<ushort, long> allUpTo = [];
        foreach ((ushort source, ReportNumbers numbers) in _numbers) allUpTo.Add(source, numbers.AllUpTo);
        return allUpTo;
    }

    /// <summary>Adds to an order what is kept about it here.</summary>
    public void Carry(Order order, ref CarriedOrder carried)
    {
        if (order.Submission.IsOpen) carried.SubmissionDue = _services.Requests.DueOf(order, CommandKind.Submit);
        if (order.Cancellation.IsOpen) carried.CancelDue = _services.Requests.DueOf(order, CommandKind.Cancel);
        if (order.Replacement.IsOpen) carried.ReplaceDue = _services.Requests.DueOf(order, CommandKind.Replace);
        carried.DoubtPlace = PlaceIn(_doubts, order.Id);
        carried.EndPlace = PlaceIn(_endings, order.Id);
    }

    /// <summary>All of an account, before its orders.</summary>
    public void Restore(in CarriedAccount carried)
    {
        _hasToAsk = carried.IsReconciled == 0;
        _reconciliation.Since = carried.Since;
    }

    public void Restore(Order order, in CarriedOrder carried) => _restored.Add(in carried, order);

    public void Restore(ushort source, long number)
    {
        if (number != 0) NumbersOf(source).NoteAllUpTo(number);
    }

    /// <summary>All orders are there: puts each into its place.</summary>
    public void CompleteRestore()
    {
        Watch(CommandKind.Submit, static carried => carried.SubmissionDue);
        Watch(CommandKind.Cancel, static carried => carried.CancelDue);
        Watch(CommandKind.Replace, static carried => carried.ReplaceDue);
        foreach ((_, Order order) in _restored.By(static carried => carried.DoubtPlace))
            if (order.IsInDoubt) _doubts.Add(order.Id);
        foreach ((CarriedOrder carried, Order order) in _restored.By(static carried => carried.EndPlace))
            if (carried.EndPlace > 0) _endings.Add(order.Id);
        _restored.Clear();
    }

    /// <summary>The first to be due comes first; of those due at one time the one sent first.</summary>
    private void Watch(CommandKind kind, Func<CarriedOrder, Timestamp> dueOf)
    {
        List<(Timestamp Due, Order Order)> open = [];
        foreach ((CarriedOrder carried, Order order) in _restored.By(static carried => carried.Number))
            if (order.RequestOf(kind).IsOpen && !dueOf(carried).IsNone) open.Add((dueOf(carried), order));
        open.Sort((left, right) => (left.Due.Nanos, left.Order.RequestOf(kind).Approval).CompareTo((right.Due.Nanos, right.Order.RequestOf(kind).Approval)));
        foreach ((Timestamp due, Order order) in open) _services.Requests.Restore(order, kind, due);
    }

    private int PlaceIn(List<ClientOrderId> ids, ClientOrderId order)
    {
        int place = 0;
        foreach (ClientOrderId id in ids)
        {
            if (_services.Blotter.TryFind(id, out _)) place++;
            if (id == order) return place;
        }
        return 0;
    }
}
