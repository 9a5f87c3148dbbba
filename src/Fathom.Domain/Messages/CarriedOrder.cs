using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A live order as a carry-over has it, with all that is kept of it: 432 bytes. Of one instrument in the order of approval.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedOrder
{
    public MessageHeader Header;
    public ClientOrderId ClientOrderId;
    /// <summary>The order itself, or the one that it is the rest of.</summary>
    public ClientOrderId Parent;
    public ulong ListId;
    public Price Price;
    /// <summary>As in force.</summary>
    public Price TriggerPrice;
    /// <summary>As it was asked for.</summary>
    public Price TriggerStated;
    public Price TrailOffset;
    /// <summary>The whole quantity, what is filled included.</summary>
    public Quantity Quantity;
    public Quantity Cumulative;
    /// <summary>What the replacement on its way asks for; only while one is. So are the next three.</summary>
    public Price NewPrice;
    public Price NewTrigger;
    public Price NewOffset;
    public Quantity NewQuantity;
    /// <summary>As the venue last said; None when it never did.</summary>
    public Quantity QueueAhead;
    public Timestamp DecisionTime;
    /// <summary>Of an order good till a date; else zero.</summary>
    public Timestamp ExpireTime;
    /// <summary>When we end it; None when the venue does, or nobody.</summary>
    public Timestamp Deadline;
    /// <summary>The engine's clock when the venue last said that it entered; None before.</summary>
    public Timestamp AcceptedAt;
    /// <summary>What the venue is to have open of it.</summary>
    public Quantity Wanted;
    /// <summary>What it becomes once the owner's own replacement is confirmed; None without one.</summary>
    public Quantity WantedNext;
    /// <summary>Of a child: what may be filled once its parent has filled more.</summary>
    public Quantity Inactive;
    /// <summary>The best price for it that it has watched; None before the first.</summary>
    public Price Extreme;
    /// <summary>Of the trades that the venue event which is open has shown it; None without one.</summary>
    public Price TradedLow;
    public Price TradedHigh;
    public ulong UserTag;
    /// <summary>1, 2, 3 … in the order in which orders were taken.</summary>
    public long Number;
    public CarriedOrderFacts Facts;
    /// <summary>Why its end was asked for; None when the owner did, or nobody has.</summary>
    public ReasonCode EndReason;
    /// <summary>Why it is in doubt; None while it is known.</summary>
    public ReasonCode Doubt;
    /// <summary>In a list that we keep: 0 is the parent, 1, 2, 3 … its siblings in the order in which they were asked for.</summary>
    public short ListPlace;
    /// <summary>1, 2, 3 … in the line of those that are to leave; 0 outside of it.</summary>
    public int LinePlace;
    public OrderStatus Status;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public TriggerSource TriggerSource;
    public Contingency Contingency;
    /// <summary>The form of want that it comes from: 0 an intent, 1 a ladder, 2 a target.</summary>
    public byte Origin;
    /// <summary>The end that the venue has told with more executions than have come; None without one.</summary>
    public ReportKind End;
    private byte _reserved0;
    private ushort _reserved1;
    /// <summary>With how many executions, in quantity.</summary>
    public Quantity EndCumulative;
    /// <summary>The venue's name of it; 0 before the venue has told it.</summary>
    public ulong VenueOrderId;
    /// <summary>Number of the newest report whose word it has taken.</summary>
    public long LastSequence;
    /// <summary>Number of the newest execution's report.</summary>
    public long LastFill;
    /// <summary>Approval of its submission, until when the venue may act on it, and when it is due; only while it is unanswered. So are the next six, of a cancel and of a replacement.</summary>
    public long SubmissionApproval;
    public Timestamp SubmissionUntil;
    public Timestamp SubmissionDue;
    public long CancelApproval;
    public Timestamp CancelUntil;
    public Timestamp CancelDue;
    public long ReplaceApproval;
    public Timestamp ReplaceUntil;
    public Timestamp ReplaceDue;
    /// <summary>Of a doubt, or of an end that is to be asked for again: since when, when something is due, which question is out, and how many were asked.</summary>
    public Timestamp DoubtSince;
    public Timestamp DoubtDue;
    public long Question;
    public int Attempts;
    /// <summary>1, 2, 3 … among those about which the venue is asked; 0 outside.</summary>
    public int DoubtPlace;
    /// <summary>1, 2, 3 … among those whose cancel is to be sent again; 0 outside.</summary>
    public int EndPlace;
    private uint _reserved2;
    private long _reserved3;
    private long _reserved4;
}
