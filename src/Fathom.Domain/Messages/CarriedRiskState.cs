using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>The state of a position, a strategy or the account, and by how much limits are tighter than stated, as a carry-over has it: 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedRiskState
{
    /// <summary>Stands where a strategy's number would.</summary>
    public const ushort WholeAccount = ushort.MaxValue;

    /// <summary>Its instrument is that of the position; None: of all that the strategy or the account has.</summary>
    public MessageHeader Header;
    /// <summary>From when on the measure has been low enough to come back; None while it is not.</summary>
    public Timestamp CalmSince;
    /// <summary>Whose; ushort.MaxValue: the account's.</summary>
    public ushort Strategy;
    public PositionState State;
    public RiskMeasure Measure;
    private uint _reserved0;
    /// <summary>So much of what was stated limits are, in 1e-9: of the account after losses, of its position with volatility. One where nothing is tighter.</summary>
    public long FactorNanos;
    /// <summary>Where the factor began to rise, in 1e-9.</summary>
    public long RisesFromNanos;
    /// <summary>When it began to rise.</summary>
    public Timestamp FactorSince;
}
