using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>The first 24 bytes of every message. Little-endian; messages stand back to back, each 8-byte aligned.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct MessageHeader
{
    public MessageType Type;
    /// <summary>Length of the whole message in 8-byte words, header included.</summary>
    public byte Words;
    /// <summary>Where the message comes from: the publisher's number for market data, the venue's for reports, 0 for the engine.</summary>
    public ushort Source;
    public InstrumentId Instrument;
    /// <summary>The venue's clock.</summary>
    public Timestamp EventTime;
    /// <summary>Our clock when it came in: the time at which it takes effect for the engine. Where a feed states none, the event time.</summary>
    public Timestamp ReceiveTime;

    public readonly int Length => Words * 8;

    /// <summary>The header of a message of the type <typeparamref name="T"/>, with its length.</summary>
    public static MessageHeader Create<T>(MessageType type, ushort source, InstrumentId instrument, Timestamp eventTime, Timestamp receiveTime)
        where T : unmanaged => new()
        {
            Type = type,
            Words = Messages.Words<T>(),
            Source = source,
            Instrument = instrument,
            EventTime = eventTime,
            ReceiveTime = receiveTime,
        };
}
