using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Opens a carry-over, the block of messages with which the next session goes on where an earlier one stood: 120 bytes. All messages of the block state no time and come before
/// the first input that does; <see cref="CarryOverEnds"/> closes it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarryOverBegins
{
    /// <summary>Of what the block consists and what it means. Another meaning takes another number.</summary>
    public const ushort CurrentVersion = 3;

    public MessageHeader Header;
    public ushort Version;
    /// <summary>Strategies and aggregators, without the external part.</summary>
    public ushort Owners;
    /// <summary>Instruments that the block defines.</summary>
    public uint Instruments;
    /// <summary>Messages of the block, the first and the last included.</summary>
    public uint Count;
    /// <summary>Live orders.</summary>
    public uint Orders;
    /// <summary>First half of every client order id: it survives sessions, so nothing is submitted twice.</summary>
    public ulong JournalId;
    /// <summary>Sessions that the account has had so far.</summary>
    public long Session;
    /// <summary>The engine's clock; the earliest time where no input has stated any.</summary>
    public Timestamp Clock;
    /// <summary>Number of the newest approval.</summary>
    public long Approvals;
    /// <summary>Sequence of the newest output.</summary>
    public long Outputs;
    /// <summary>Sequence of the newest output that only describes.</summary>
    public long Descriptions;
    /// <summary>Orders taken so far, held ones included.</summary>
    public long OrdersTaken;
    private long _reserved0;
    private long _reserved1;
    private long _reserved2;

    /// <summary>The header of a message of a carry-over: about no instrument and at no time.</summary>
    public static MessageHeader NewHeader<T>(MessageType type) where T : unmanaged => NewHeader<T>(type, InstrumentId.None);

    /// <summary>The header of a message of a carry-over about an instrument, at no time.</summary>
    public static MessageHeader NewHeader<T>(MessageType type, InstrumentId instrument) where T : unmanaged =>
        MessageHeader.Create<T>(type, source: 0, instrument, Timestamp.None, Timestamp.None);
}
