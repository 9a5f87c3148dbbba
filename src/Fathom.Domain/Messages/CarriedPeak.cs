using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>The highest equity of a strategy or of the account, as a carry-over has it: 64 bytes. In the account's currency, units of 1e-9; of a strategy: of what it has made.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedPeak
{
    /// <summary>Stands for the account.</summary>
    public const ushort WholeAccount = ushort.MaxValue;

    public MessageHeader Header;
    /// <summary>Number of the strategy, or <see cref="WholeAccount"/>.</summary>
    public ushort Strategy;
    private ushort _reserved0;
    private uint _reserved1;
    /// <summary>Since the beginning.</summary>
    public Int128 PeakNanos;
    /// <summary>Since the UTC day began.</summary>
    public Int128 DayPeakNanos;
}
