using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Margin;

/// <summary>The worst that margin came to in a run.</summary>
/// <param name="MaintenanceRatioMax">Highest maintenance margin over what stood behind it: 1 is liquidation.</param>
/// <param name="LeverageMax">Highest gross exposure over equity.</param>
/// <param name="LiquidationDistanceMin">Nearest that a mark was to its position's liquidation price, as a fraction of the mark; NaN where there was none. Of each instrument when its own mark or
/// position changed.</param>
/// <param name="Nearest">The instrument of that distance; None without one.</param>
public readonly record struct MarginExtremes(double MaintenanceRatioMax, double LeverageMax, double LiquidationDistanceMin, InstrumentId Nearest)
{
    internal static MarginExtremes None => new(0, 0, double.NaN, InstrumentId.None);

    internal MarginExtremes With(double ratio, double leverage) =>
        this with { MaintenanceRatioMax = Math.Max(MaintenanceRatioMax, ratio), LeverageMax = Math.Max(LeverageMax, leverage) };

    internal MarginExtremes With(InstrumentId instrument, double distance) =>
        distance < LiquidationDistanceMin || (double.IsNaN(LiquidationDistanceMin) && !double.IsNaN(distance)) ? this with { LiquidationDistanceMin = distance, Nearest = instrument } : this;
}
