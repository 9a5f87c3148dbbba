using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>From where the kill rules that go by money count a strategy or the account anew, after an operator turned its kill switch off, as a carry-over has it: 64 bytes. In the account's currency, units of 1e-9.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedKillBase
{
    /// <summary>Stands for the account.</summary>
    public const ushort WholeAccount = ushort.MaxValue;

    public MessageHeader Header;
    /// <summary>Number of the strategy, or <see cref="WholeAccount"/>.</summary>
    public ushort Strategy;
    /// <summary>1 where the fall is counted from <see cref="PeakNanos"/>.</summary>
    public byte HasPeak;
    /// <summary>1 where the loss is counted on top of <see cref="LossNanos"/>: for the UTC day that is open, and no longer.</summary>
    public byte HasLoss;
    private uint _reserved0;
    /// <summary>The highest equity since; of a strategy: as if it had the account for itself.</summary>
    public Int128 PeakNanos;
    /// <summary>What the day had lost by then.</summary>
    public Int128 LossNanos;
}
