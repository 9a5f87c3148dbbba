using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A strategy or an aggregator, or the external part of the account, as a carry-over has it: 344 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedOwner
{
    /// <summary>Stands for orders and positions that are nobody's of ours.</summary>
    public const ushort External = ushort.MaxValue;

    public MessageHeader Header;
    /// <summary>Number of the strategy, in the session before and in the next.</summary>
    public ushort Owner;
    /// <summary>By which it may only reduce; None where none is open.</summary>
    public AnomalyKind Anomaly;
    private byte _reserved0;
    private uint _reserved1;
    /// <summary>Running number of its newest client order id: it goes on from there.</summary>
    public ulong LastOrder;
    /// <summary>Executions booked.</summary>
    public long Fills;
    /// <summary>Of the day, in the account's currency, units of 1e-9.</summary>
    public Int128 DeepestDayLossNanos;
    /// <summary>When an order that stands in line to leave is to be looked at again; None without one.</summary>
    public Timestamp Retry;
    private long _reserved2;
    private long _reserved3;
    /// <summary>Empty of the external part.</summary>
    public NoteText Name;
}
