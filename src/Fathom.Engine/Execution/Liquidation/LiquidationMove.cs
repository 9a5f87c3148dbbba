using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>What is to be done next of a liquidation, and why it waits.</summary>
/// <param name="Quantity">Of the order that is to be sent.</param>
/// <param name="Price">Its limit; when it waits for the floor: the floor.</param>
/// <param name="Obstacle">Why it waits, is widened, or is given up.</param>
internal readonly record struct LiquidationMove(LiquidationStep Step, Side Side = Side.None, Quantity Quantity = default, Price Price = default, LiquidationObstacle Obstacle = LiquidationObstacle.None)
{
    public static LiquidationMove Wait(LiquidationObstacle obstacle) => new(LiquidationStep.Wait, Price: Price.None, Obstacle: obstacle);
}
