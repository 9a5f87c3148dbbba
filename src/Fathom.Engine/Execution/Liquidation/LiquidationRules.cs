using Fathom.Engine.Risk;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>How positions are closed in an emergency, and what of the gate's limits their orders keep within by themselves.</summary>
/// <param name="Gate">Says how wide the collar is and how large an order may be.</param>
internal sealed record LiquidationRules(LiquidationOptions Options, RiskGate Gate)
{
    public LiquidationMove Decide(LiquidationPlan plan, in LiquidationView view) =>
        Liquidator.Decide(Options, plan, in view, Gate.CollarBps(plan.Instrument), Gate.QuantityMax(plan.Instrument));
}
