using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>A fill of ours as a chart shows it.</summary>
public readonly record struct FillMark(Timestamp Time, Price Price, Quantity Quantity, Liquidity Liquidity);
