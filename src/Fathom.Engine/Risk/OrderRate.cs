using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>At most so many orders and replacements in any window of a length. The window is half-open: what left exactly one length ago is out of it.</summary>
/// <param name="Count">Above zero.</param>
/// <param name="Window">Above zero.</param>
public readonly record struct OrderRate(int Count, Duration Window);
