using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One owner's part of the account's money in one currency, as a carry-over has it: 120 bytes. In units of 1e-9.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedLedger
{
    public MessageHeader Header;
    /// <summary>Number of the strategy, or <see cref="CarriedOwner.External"/>.</summary>
    public ushort Owner;
    private ushort _reserved0;
    private uint _reserved1;
    public CurrencyCode Currency;
    /// <summary>Before fees.</summary>
    public Int128 RealizedNanos;
    public Int128 FeesNanos;
    /// <summary>At the carried marks.</summary>
    public Int128 UnrealizedNanos;
    /// <summary>What spot assets have cost.</summary>
    public Int128 AssetCostNanos;
    /// <summary>Equity at the start of the UTC day.</summary>
    public Int128 DayStartNanos;
}
