using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>Why an order is unknown, and how far asking the venue about it has come.</summary>
internal struct Doubt
{
    /// <summary>None while the order is known.</summary>
    public ReasonCode Reason;

    public Timestamp Since;

    /// <summary>Approval number of the question that is out; 0 when none is.</summary>
    public long Question;

    /// <summary>When the question that is out counts as unanswered, or the next one is due. None: it is left to the next reconciliation.</summary>
    public Timestamp Due;

    /// <summary>Questions asked so far.</summary>
    public int Attempts;
}
