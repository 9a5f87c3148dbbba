using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A state of a position, a strategy or the account that is not normal, as a carry-over has it: 48 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedRiskState
{
    /// <summary>Its instrument is that of the position; None: of all that the strategy or the account has.</summary>
    public MessageHeader Header;
    /// <summary>From when on the measure has been low enough to come back; None while it is not.</summary>
    public Timestamp CalmSince;
    /// <summary>Whose; ushort.MaxValue: the account's.</summary>
    public ushort Strategy;
    public PositionState State;
    public RiskMeasure Measure;
    private uint _reserved0;
    private long _reserved1;
}
