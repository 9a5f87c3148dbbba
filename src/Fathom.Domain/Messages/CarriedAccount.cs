using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>What a carry-over says of the account as a whole: 88 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedAccount
{
    public MessageHeader Header;
    /// <summary>Of the day, in the account's currency, units of 1e-9.</summary>
    public Int128 DeepestDayLossNanos;
    /// <summary>Highest equity of all currencies together, in the account's, units of 1e-9; only where <see cref="HasTotals"/>.</summary>
    public Int128 TotalPeakNanos;
    /// <summary>Deepest fall from a peak, as a fraction of it; only where <see cref="HasTotals"/>.</summary>
    public double TotalDrawdownMax;
    public long UnvaluedFills;
    /// <summary>Days since 1970-01-01 of the day that is open; only where <see cref="HasDay"/>.</summary>
    public int Day;
    /// <summary>1 when a day was begun.</summary>
    public byte HasDay;
    /// <summary>1 when several currencies are in use and each has a rate.</summary>
    public byte HasTotals;
    /// <summary>1 when all that the venue has of ours was known, and nothing was being asked: else the next session asks first.</summary>
    public byte IsReconciled;
    private byte _reserved0;
    /// <summary>From when on executions are ours: a snapshot is to repeat them from then; None before the first session.</summary>
    public Timestamp Since;
}
