using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Venue;

/// <summary>Takes executions back and corrects them. The money and the position move; the order stays as it was reported: it is not opened again.</summary>
internal sealed class ExecutionChanges(Instruments instruments, FeeBook fees, ReportWriter reports, ExecutionLog executions)
{
    /// <param name="quantity">Zero: the execution is taken back.</param>
    /// <param name="change">What is reported.</param>
    /// <returns>False when the execution is not there (any more), or the new one cannot be: then nothing is reported.</returns>
    public bool TryChange(ExecutionId id, Price price, Quantity quantity, Timestamp now, out ExecutionChanged change)
    {
        if (!executions.TryFind(id, out ExecutionId fill, out change)) return false;
        bool isBust = quantity.IsZero;
        ref readonly InstrumentDefinition definition = ref instruments[change.Header.Instrument];
        FeeSchedule schedule = fees.Of(in definition);
        bool canBe = isBust || (quantity.IsPositive && !quantity.IsNone && !price.IsNone && schedule.Fits(price, quantity, in definition, change.Liquidity));
        if (!canBe) return false;
        change.NewPrice = isBust ? Price.None : price;
        change.NewQuantity = quantity;
        change.NewFeeNanos = isBust ? 0 : schedule.FeeNanos(price, quantity, in definition, change.Liquidity);
        reports.Changed(ref change, now);
        executions.Change(fill, in change);
        return true;
    }
}
