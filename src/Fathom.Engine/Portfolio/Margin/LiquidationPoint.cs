namespace Fathom.Engine.Portfolio.Margin;

/// <summary>
/// Where what stands behind a position is as much as it needs: the root of
/// <code>
///   f(x) = available + Σ (size · x − cost) − Σ ((rate + fee) · |size| · x − deduction)
/// </code>
/// with rate and deduction of the tier that |size| · x is in. Maintenance is convex in x, so f is concave: at most one root below and one above. From x = 0, where f is still too small, the
/// root of the tier's own line is never beyond f's, since a tangent lies above a concave function; taking that root's tier and going on comes to the root from its far side, tier by tier, without passing
/// it. So it does from the other end, downwards.
/// </summary>
/// <remarks>Closed forms of one tier: long (entry·q − margin) / (q (1 − rate − fee)), short (entry·q + margin) / (q (1 + rate + fee)). Inverse: the same in one divided by the price.</remarks>
internal static class LiquidationPoint
{
    /// <returns>The nearest x above zero at which nothing is left; NaN where there is none.</returns>
    /// <param name="available">What stands behind the positions, without their profit; less what they need that does not depend on x.</param>
    /// <param name="tiers">Null where maintenance does not depend on x.</param>
    /// <param name="fee">Part of the notional.</param>
    /// <param name="x">Where it is now, above zero.</param>
    public static double Nearest(ReadOnlySpan<LiquidationLeg> legs, double available, MaintenanceTiers? tiers, double fee, double x)
    {
        double below = Solve(legs, available, tiers, fee, from: 0), above = Solve(legs, available, tiers, fee, from: double.PositiveInfinity);
        if (double.IsNaN(below)) return above;
        return double.IsNaN(above) || Math.Abs(x - below) <= Math.Abs(x - above) ? below : above;
    }

    /// <param name="from">Zero for the root below, infinity for the one above.</param>
    private static double Solve(ReadOnlySpan<LiquidationLeg> legs, double available, MaintenanceTiers? tiers, double fee, double from)
    {
        double x = from;
        int steps = tiers is null ? 1 : 1 + (tiers.Count - 1) * legs.Length;      // each but the last leaves a tier behind
        for (int step = 0; step < steps; step++)
        {
            (double slope, double level) = LineAt(legs, available, tiers, fee, x);
            if (from == 0 ? slope <= 0 : slope >= 0) return double.NaN;
            double root = -level / slope;
            if (IsSameTier(legs, tiers, x, root) || step == steps - 1) return root > 0 && double.IsFinite(root) ? root : double.NaN;
            x = root;
        }
        return double.NaN;
    }

    private static (double Slope, double Level) LineAt(ReadOnlySpan<LiquidationLeg> legs, double available, MaintenanceTiers? tiers, double fee, double x)
    {
        double slope = 0, level = available;
        foreach (LiquidationLeg leg in legs)
        {
            double size = Math.Abs(leg.Size);
            int tier = tiers?.At(size * x) ?? 0;
            slope += leg.Size - size * ((tiers?.Rate(tier) ?? 0) + fee);
            level += (tiers?.Deduction(tier) ?? 0) - leg.Cost;
        }
        return (slope, level);
    }

    private static bool IsSameTier(ReadOnlySpan<LiquidationLeg> legs, MaintenanceTiers? tiers, double x, double other)
    {
        if (tiers is null) return true;
        foreach (LiquidationLeg leg in legs)
            if (tiers.At(Math.Abs(leg.Size) * x) != tiers.At(Math.Abs(leg.Size) * other)) return false;
        return true;
    }
}
