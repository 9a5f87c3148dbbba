using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A kill switch that is on, as a carry-over has it: 296 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedKill
{
    /// <summary>Its instrument is the one that is concerned; None: all.</summary>
    public MessageHeader Header;
    /// <summary>When it was turned on.</summary>
    public Timestamp Since;
    /// <summary>The one that is concerned; ushort.MaxValue: all.</summary>
    public ushort Strategy;
    public KillCause Cause;
    /// <summary>1 when positions are closed too.</summary>
    public byte Flattens;
    private uint _reserved0;
    public NoteText Reason;
}
