using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>An account's money in one currency as a carry-over has it: 176 bytes. In units of 1e-9; the account's own currency first.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedMoney
{
    public MessageHeader Header;
    public CurrencyCode Currency;
    public Int128 StartNanos;
    /// <summary>Before fees.</summary>
    public Int128 RealizedNanos;
    public Int128 FeesNanos;
    /// <summary>At the carried marks.</summary>
    public Int128 UnrealizedNanos;
    /// <summary>What spot assets have cost.</summary>
    public Int128 AssetCostNanos;
    /// <summary>Equity at the start of the UTC day.</summary>
    public Int128 DayStartNanos;
    /// <summary>Realised less fees, added up apart.</summary>
    public Int128 SettledNanos;
    /// <summary>Highest equity so far.</summary>
    public Int128 PeakNanos;
    /// <summary>Deepest fall from a peak, as a fraction of it.</summary>
    public double DrawdownMax;
    private long _reserved0;
}
