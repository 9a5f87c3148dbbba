using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>How positions are closed in an emergency, and what of the gate's limits their orders keep within by themselves.</summary>
/// <param name="CollarBps">The gate lets no price pass that is further from the mid; 0 for none.</param>
/// <param name="QuantityMax">Nor an order that is larger; None for none.</param>
internal sealed record LiquidationRules(LiquidationOptions Options, int CollarBps, Quantity QuantityMax)
{
    public LiquidationMove Decide(LiquidationPlan plan, in LiquidationView view) => Liquidator.Decide(Options, plan, in view, CollarBps, QuantityMax);
}
