namespace Fathom.Domain.Messages;

/// <summary>Which properties of an instrument nobody stated, so that the house's default stands in for them.</summary>
[Flags]
public enum InstrumentAssumptions : byte
{
    None = 0,
    /// <summary>Only the venue's number is known; the symbol is its text.</summary>
    Symbol = 1,
    Tick = 2,
    Lot = 4,
    Multiplier = 8,
    Kind = 16,
    Currency = 32,
}
