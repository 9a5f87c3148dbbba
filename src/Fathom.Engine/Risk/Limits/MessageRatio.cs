namespace Fathom.Engine.Risk.Limits;

/// <summary>How many orders, replacements and cancels may leave for each fill, over a UTC day.</summary>
/// <param name="Max">Messages for each fill, above zero; no fill counts as one.</param>
/// <param name="From">So many messages of a day are free; zero or above.</param>
public readonly record struct MessageRatio(int Max, int From);
