using Fathom.Engine.Decisions;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>One owner's part of a run. Executions of orders that were never ours stand under the name "external".</summary>
/// <param name="Name">The strategy's.</param>
/// <param name="OrderCount">Orders that were sent.</param>
/// <param name="FillCount">Executions booked.</param>
/// <param name="Totals">Its money in the account's currency (its start is zero); null where a currency in use has no stated rate.</param>
/// <param name="Notes">What it wrote.</param>
/// <param name="Failure">Why it was halted; null when it was not.</param>
public sealed record StrategySummary(
    string Name, long OrderCount, long RefusedCount, long FillCount, AccountTotals? Totals, NoteCounts Notes, StrategyFailure? Failure);
