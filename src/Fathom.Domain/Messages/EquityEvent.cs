using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>What an account is worth in one currency: 144 bytes. Published after every fill, at the end of every UTC day, and, while it changes, once per
/// sampling interval. Equity = start + realised + unrealised − fees; all in units of 1e-9 of <see cref="Currency"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct EquityEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    public CurrencyCode Currency;
    /// <summary>Before fees.</summary>
    public Int128 RealizedNanos;
    public Int128 UnrealizedNanos;
    public Int128 FeesNanos;
    public Int128 EquityNanos;
}
