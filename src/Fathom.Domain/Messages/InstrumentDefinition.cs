using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>What an instrument is: comes before its first message (<see cref="MessageType.InstrumentDefined"/>) and whenever something of it
/// changes (<see cref="MessageType.InstrumentChanged"/>). 176 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct InstrumentDefinition
{
    public MessageHeader Header;
    /// <summary>The venue's number of the instrument.</summary>
    public ulong VenueInstrument;
    public Timestamp Activation;
    public Timestamp Expiration;
    /// <summary>Smallest price step, above zero; 1e-9 when assumed.</summary>
    public Price Tick;
    /// <summary>Smallest quantity step, above zero; 1 when assumed.</summary>
    public Quantity Lot;
    /// <summary>Money per point of price and unit of quantity, in units of 1e-9, above zero; 1 when assumed.</summary>
    public long MultiplierNanos;
    public CurrencyCode Currency;
    public InstrumentKind Kind;
    /// <summary>Power of ten by which prices and quantities are to be multiplied to be in the venue's units.</summary>
    public sbyte UnitScale;
    public InstrumentAssumptions Assumed;
    private byte _reserved0;
    private uint _reserved1;
    private long _reserved2;
    public SymbolText Symbol;
    private long _reserved3;

    public readonly decimal Multiplier => (decimal)MultiplierNanos / Price.Scale;
}
