using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>The lists of orders that the venue knows: who belongs together. A list lives as long as one of its orders, and at least for the moment in which it came: its
/// commands arrive one by one, and the first can be over before the next is there.</summary>
internal sealed class OrderLists
{
    private readonly Dictionary<ulong, OwnList> _lists = new(16);
    private RecentIds<ulong>? _over;      // two megabytes, for those who have lists
    private readonly List<OwnList> _idle = new(4);
    private readonly Stack<OwnList> _pool = new(4);

    /// <summary>What stands against a new order's place in its list.</summary>
    /// <param name="list">The one that it would join; null where it makes a new one.</param>
    public ReasonCode Judge(in OrderCommand command, Timestamp now, out OwnList? list)
    {
        list = null;
        if (command.ListId == 0) return ReasonCode.None;
        ForgetIdle(now);
        bool isKnown = _lists.TryGetValue(command.ListId, out list);
        if (command.Contingency == Contingency.OneTriggersOther) return isKnown || IsOver(command.ListId) ? ReasonCode.Unsupported : ReasonCode.None;
        if (list is null) return IsOver(command.ListId) ? ReasonCode.ListDone : ReasonCode.None;
        if (list.IsClosed) return ReasonCode.ListDone;
        bool isOfKind = list.Kind is Contingency.None || list.Kind == command.Contingency;
        return isOfKind && list.Instrument == command.Header.Instrument ? ReasonCode.None : ReasonCode.Unsupported;
    }

    /// <summary>Puts an accepted order into its list.</summary>
    public void Join(OwnOrder order, in OrderCommand command, Timestamp now)
    {
        if (!_lists.TryGetValue(command.ListId, out OwnList? list)) list = Create(in command, now);
        order.List = list;
        if (command.Contingency == Contingency.OneTriggersOther)
        {
            list.Parent = order;
            list.HasParent = true;
            return;
        }
        list.Kind = command.Contingency;
        list.Siblings.Add(order);
    }

    /// <summary>Takes note of a command that was rejected: its list is over.</summary>
    /// <returns>The list whose other orders have to end; null where there are none, or where the command had no part in the list that bears its number.</returns>
    public OwnList? Refuse(in OrderCommand command, ReasonCode reason)
    {
        if (command.ListId == 0) return null;
        if (!_lists.TryGetValue(command.ListId, out OwnList? list))
        {
            if (!IsOver(command.ListId)) NoteOver(command.ListId);
            return null;
        }
        bool isMember = command.Contingency != Contingency.OneTriggersOther && reason != ReasonCode.DuplicateOrder && command.Header.Instrument == list.Instrument;
        return isMember ? list : null;
    }

    /// <summary>Lets an order go that is over.</summary>
    public void Leave(OwnOrder order, Timestamp now)
    {
        OwnList list = order.List!;
        order.List = null;
        if (list.Parent == order) list.Parent = null;
        else list.Siblings.Remove(order);
        Rest(list, now);
    }

    /// <summary>Forgets the list if nothing of it is left.</summary>
    public void Rest(OwnList list, Timestamp now)
    {
        if (!list.IsEmpty || list.IsTouched || list.IsIdle || list.IsForgotten) return;
        if (list.IsClosed || list.Created < now)
        {
            Forget(list);
            return;
        }
        list.IsIdle = true;
        _idle.Add(list);
    }

    private OwnList Create(in OrderCommand command, Timestamp now)
    {
        if (!_pool.TryPop(out OwnList? list)) list = new OwnList();
        list.Reset(command.ListId, command.Header.Instrument, now);
        _lists.Add(list.Id, list);
        return list;
    }

    private void ForgetIdle(Timestamp now)
    {
        int kept = 0;
        for (int i = 0; i < _idle.Count; i++)
        {
            OwnList list = _idle[i];
            bool waits = list.IsEmpty && !list.IsClosed && list.Created == now;
            if (waits) _idle[kept++] = list;
            else list.IsIdle = false;
            if (!waits && list.IsEmpty) Forget(list);
        }
        _idle.RemoveRange(kept, _idle.Count - kept);
    }

    private void Forget(OwnList list)
    {
        _lists.Remove(list.Id);
        NoteOver(list.Id);
        list.IsForgotten = true;
        _pool.Push(list);
    }

    private bool IsOver(ulong id) => _over is not null && _over.Contains(id);

    private void NoteOver(ulong id) => (_over ??= new RecentIds<ulong>()).Add(id);
}
