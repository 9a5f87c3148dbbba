using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>A strategy, or an aggregator, at a moment.</summary>
/// <param name="Number">In the order of the configuration.</param>
/// <param name="Anomaly">By which it may only reduce; None where none is open.</param>
/// <param name="WarmUntil">Before this time what it wants is refused; the earliest time where it has no warm-up.</param>
/// <param name="Sent">Orders of it that had left.</param>
/// <param name="Refused">Orders, replacements and standing wants of it that had been refused.</param>
/// <param name="Measures">Its measured state, by name, as in <see cref="Decision.Measures"/>.</param>
internal sealed record OwnerView(int Number, string Name, TradingMode Mode, AnomalyKind Anomaly, Timestamp WarmUntil, long Sent, long Refused, (string Name, string Value)[] Measures);
