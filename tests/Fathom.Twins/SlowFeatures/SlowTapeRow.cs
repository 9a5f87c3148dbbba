namespace Fathom.Twins.SlowFeatures;

/// <summary>A book, a trade, or only a moment.</summary>
/// <param name="Time">In nanoseconds.</param>
/// <param name="Opens">A session opens right before it.</param>
public sealed record SlowTapeRow(long Time, bool Opens, SlowLadder? Book, SlowPrint? Print);
