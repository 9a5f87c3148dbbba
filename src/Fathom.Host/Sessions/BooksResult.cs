using Fathom.Analytics.PostTrade;

namespace Fathom.Host.Sessions;

/// <summary>How a run's money was compared with the double-entry twin's.</summary>
/// <param name="Fills">Executions booked.</param>
/// <param name="Checked">Those of them behind which everything was compared.</param>
/// <param name="Difference">The first; null where all was equal.</param>
public sealed record BooksResult(long Fills, long Checked, LedgerDifference? Difference);
