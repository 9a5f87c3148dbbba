using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A kill switch was turned on or off: 360 bytes, published by the engine. It describes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct KillEvent
{
    /// <summary>Its instrument is the one that is concerned; None: all.</summary>
    public MessageHeader Header;
    /// <summary>Its strategy is the one that is concerned; ushort.MaxValue: all.</summary>
    public OutputHeader Output;
    /// <summary>By whom it was turned on; of a switch that is turned off: by whom it had been.</summary>
    public KillCause KilledBy;
    /// <summary>1 when it is on from now on.</summary>
    public byte IsOn;
    /// <summary>1 when positions are closed too.</summary>
    public byte Flattens;
    private byte _reserved0;
    private uint _reserved1;
    /// <summary>The two numbers behind a rule: what it allows and what was found, in the rule's unit; 0 where there are none.</summary>
    public long Limit;
    public long Found;
    private long _reserved2;
    /// <summary>In whole words.</summary>
    public NoteText Reason;
}
