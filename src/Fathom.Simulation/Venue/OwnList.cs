using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Orders of ours of which one's fill or end acts on the others. Pooled: valid until it is forgotten.</summary>
internal sealed class OwnList
{
    public ulong Id { get; set; }
    public InstrumentId Instrument { get; set; }

    /// <summary>The moment in which it came.</summary>
    public Timestamp Created { get; set; }

    /// <summary>Null without one, and once it is over.</summary>
    public OwnOrder? Parent { get; set; }
    public bool HasParent { get; set; }

    /// <summary>What the parent has filled in total.</summary>
    public Quantity ParentFilled { get; set; }

    /// <summary>The part of it that the children have not been told of.</summary>
    public Quantity Unsettled { get; set; }

    /// <summary>The siblings' contingency; None before the first of them.</summary>
    public Contingency Kind { get; set; }

    /// <summary>Live siblings (the children, where there is a parent), in order of acceptance.</summary>
    public List<OwnOrder> Siblings { get; } = new(4);

    /// <summary>What all siblings together have filled.</summary>
    public Quantity Filled { get; set; }

    /// <summary>It takes no more siblings.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Its children are to be told what became of their parent.</summary>
    public bool IsTouched { get; set; }

    /// <summary>It waits for the end of its moment: no order of it lives.</summary>
    public bool IsIdle { get; set; }

    /// <summary>It went back to the pool.</summary>
    public bool IsForgotten { get; set; }

    public bool IsEmpty => Parent is null && Siblings.Count == 0;

    /// <summary>How much of what a sibling has left in total may be active: all of it, but of a child no more than the parent has filled and the siblings have not.</summary>
    public Quantity ActiveOf(Quantity left) =>
        HasParent ? Quantity.Min(left, new Quantity(Math.Max(0, ParentFilled.Nanos - Filled.Nanos))) : left;

    public void Reset(ulong id, InstrumentId instrument, Timestamp now)
    {
        Id = id;
        Instrument = instrument;
        Created = now;
        Parent = null;
        HasParent = false;
        ParentFilled = Unsettled = Filled = Quantity.Zero;
        Kind = Contingency.None;
        Siblings.Clear();
        IsClosed = false;
        IsTouched = false;
        IsIdle = false;
        IsForgotten = false;
    }
}
