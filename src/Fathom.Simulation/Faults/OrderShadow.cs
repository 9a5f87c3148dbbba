using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>One order of ours as the laws see it: by the commands that left and the changes that were published.</summary>
internal sealed class OrderShadow
{
    public required ClientOrderId Id { get; init; }
    public required int Strategy { get; init; }
    public required InstrumentId Instrument { get; init; }
    public required Side Side { get; init; }
    /// <summary>As the engine has it; what was sent may not say so, where the venue cannot judge it.</summary>
    public bool IsReduceOnly { get; set; }
    public bool IsSubmitted { get; set; }
    /// <summary>By which it was submitted; 0 before that.</summary>
    public long Approval { get; set; }
    public OrderStatus Status { get; set; }
    public Quantity Quantity { get; set; }
    /// <summary>Zero when no replacement is on its way.</summary>
    public Quantity Replacement { get; set; }
    /// <summary>By which it was replaced last.</summary>
    public long ReplacementApproval { get; set; }
    /// <summary>The venue must not act on the replacement later than this; zero: for ever.</summary>
    public Timestamp ReplacementUntil { get; set; }
    /// <summary>The newest number of what the venue said of it.</summary>
    public long Sequence { get; set; }
    /// <summary>Of the executions that reached the engine.</summary>
    public Quantity Filled { get; set; }

    public bool IsLive => IsSubmitted && !Status.IsTerminal() && Status is not (OrderStatus.Held or OrderStatus.Created);

    /// <summary>A request about it is not answered, or nobody knows what it is.</summary>
    public bool IsOpenQuestion => Status is OrderStatus.PendingNew or OrderStatus.PendingCancel or OrderStatus.PendingReplace or OrderStatus.Unknown;

    /// <summary>What may still be filled, at worst.</summary>
    public Quantity Leaves => LeavesAt(long.MaxValue);

    /// <summary>What could be filled at worst of what had left when a command left: of what left in the same step after it nothing was to be known.</summary>
    public Quantity LeavesAt(long approval)
    {
        if (Approval > approval) return Quantity.Zero;
        Quantity most = ReplacementApproval > approval ? Quantity : Quantity.Max(Quantity, Replacement);
        return Quantity.Max(Quantity.Zero, most - Filled);
    }
}
