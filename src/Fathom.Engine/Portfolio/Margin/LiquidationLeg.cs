namespace Fathom.Engine.Portfolio.Margin;

/// <summary>A position as its liquidation price sees it, in a variable x in which profit and notional are both straight lines: x is the price, of an inverse instrument one divided by it.</summary>
/// <param name="Size">Profit is size × x − cost and notional |size| × x, in the instrument's currency: quantity × multiplier, and of an inverse instrument less than zero for a long position.</param>
internal readonly record struct LiquidationLeg(double Size, double Cost);
