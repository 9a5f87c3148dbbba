namespace Fathom.Twins.SlowBars;

/// <summary>A trade, or the mid of a book with quantity zero; units of 1e-9, time in nanoseconds.</summary>
public readonly record struct SlowUpdate(long Time, int Instrument, bool IsQuote, long Price, long Quantity);
