using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

/// <summary>What the test says is measured, and the limit that it states.</summary>
internal sealed class Readings : IRiskReadings, IPositionLimits
{
    public Dictionary<int, double> Drawdowns { get; } = [];
    public Dictionary<int, double> Days { get; } = [];
    public Dictionary<InstrumentId, double> Volatilities { get; } = [];
    public Dictionary<InstrumentId, double> OwnMargins { get; } = [];
    public double Margin { get; set; } = double.NaN;
    public Quantity Max { get; set; } = Quantity.Units(10);
    public Dictionary<int, Quantity> MaxOf { get; } = [];

    public double Drawdown(int owner) => Drawdowns.GetValueOrDefault(owner);

    public double DayDrawdown(int owner) => Days.GetValueOrDefault(owner);

    public double MaintenanceRatio() => Margin;

    public double MaintenanceRatio(InstrumentId instrument) => OwnMargins.GetValueOrDefault(instrument, double.NaN);

    /// <summary>Of a usual one of 2.</summary>
    public double Volatility(InstrumentId instrument) => Volatilities.GetValueOrDefault(instrument, double.NaN);

    public double UsualVolatility(InstrumentId instrument) => Volatilities.ContainsKey(instrument) ? 2 : double.NaN;

    public Quantity PositionMax(int owner, InstrumentId instrument) => MaxOf.GetValueOrDefault(owner, Max);
}
