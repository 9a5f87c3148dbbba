using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What an owner has, by the executions that reached the engine and the marks.</summary>
/// <param name="cash">The account's at the start.</param>
internal sealed class EquityWitness(ExecutionLedger ledger, MarkWitness marks, decimal cash)
{
    private const decimal FlowScale = (decimal)Price.Scale * Quantity.Scale;

    /// <summary>At the start.</summary>
    public decimal Start => cash;

    /// <param name="owner">A strategy, as if it had the account for itself; null: the account.</param>
    /// <returns>In the account's currency; null where nobody could say.</returns>
    public decimal? Of(int? owner)
    {
        decimal equity = cash;
        foreach (((int whose, int instrument), ExecutionLedger.Entry entry) in ledger.Entries)
        {
            if (owner is not null && owner != whose) continue;
            if (entry.HasUnknownFlow || !marks.TryFind(instrument, out MarkWitness.Mark mark) || mark.Rate is not { } rate) return null;
            equity += (((decimal)entry.Flow / FlowScale + (decimal)entry.Quantity / Quantity.Scale * mark.Mid) * mark.Multiplier - (decimal)entry.Fees / Price.Scale) * rate;
        }
        return equity;
    }
}
