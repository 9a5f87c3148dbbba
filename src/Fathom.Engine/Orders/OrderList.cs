using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>A list of orders that we keep in the venue's place: what one fills, and its end, acts on the others.</summary>
internal sealed class OrderList(Contingency kind, bool hasParent)
{
    public Contingency Kind => kind;

    /// <summary>Whether or not the parent lives, the siblings' quantity comes from what it has filled.</summary>
    public bool HasParent { get; } = hasParent;

    /// <summary>Null without one, and once it is over.</summary>
    public Order? Parent { get; set; }

    /// <summary>Those that live, in the order in which they were asked for.</summary>
    public List<Order> Siblings { get; } = new(2);

    /// <summary>What the parent has filled, and the children have not been told of.</summary>
    public Quantity Unsettled { get; set; }

    /// <summary>The parent has filled something.</summary>
    public bool HasParentFilled { get; internal set; }

    /// <summary>The venue's time from which on the children are to know; the tape has to come to it first.</summary>
    public Timestamp SettleFrom { get; set; } = Timestamp.Earliest;

    /// <summary>It stands in line for its children to be told of the parent.</summary>
    public bool IsTouched { get; set; }

    public void NoteParentFill(Quantity quantity)
    {
        HasParentFilled = true;
        Unsettled += quantity;
    }

    /// <summary>What a sibling fills is taken off the others, or ends them.</summary>
    public void NoteSiblingFill(Order filled, Quantity quantity)
    {
        foreach (Order sibling in Siblings)
        {
            if (sibling == filled || (sibling.Wanted + sibling.Inactive).IsZero) continue;
            sibling.Cut(kind == Contingency.OneCancelsOther ? sibling.Wanted + sibling.Inactive : quantity);
            if ((sibling.Wanted + sibling.Inactive).IsZero) sibling.EndReason = ReasonCode.ListDone;
        }
    }
}
