using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Host.Sessions;

/// <summary>What a run began with, where it went on with an earlier one.</summary>
/// <param name="Session">Sessions of the account before this one.</param>
/// <param name="Until">The engine's clock at the end of the one before.</param>
/// <param name="Totals">All money then; null where a currency in use has no stated rate.</param>
/// <param name="OrderCount">Orders that were open then.</param>
/// <param name="Positions">Those that were not flat then.</param>
/// <param name="WithoutData">Instruments of which the run's data has nothing.</param>
public sealed record CarriedSummary(
    long Session, Timestamp Until, AccountTotals? Totals, long OrderCount, IReadOnlyList<AccountPosition> Positions, IReadOnlySet<InstrumentId> WithoutData);
