using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>How a strategy, or an aggregator, is doing.</summary>
/// <param name="OrderCount">Orders that were sent.</param>
/// <param name="RefusedCount">Orders, replacements and standing wants that we refused ourselves.</param>
/// <param name="FillCount">Executions booked.</param>
/// <param name="IsHalted">It failed, and nothing of it acts any more.</param>
/// <param name="Mode">What its orders may do.</param>
/// <param name="WarmUntil">Before this time what it wants is refused; the earliest time where it has no warm-up.</param>
public readonly record struct OwnerSnapshot(string Name, long OrderCount, long RefusedCount, long FillCount, bool IsHalted, TradingMode Mode, Timestamp WarmUntil);
