using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>What states are judged by, as it is measured.</summary>
internal sealed class MeasuredReadings(RiskMeasures measures) : IRiskReadings
{
    public double Drawdown(int owner) => measures.Drawdown(owner);

    public double DayDrawdown(int owner) => measures.DayDrawdown(owner);

    public double MaintenanceRatio() => measures.IsIsolated ? double.NaN : measures.MaintenanceRatio();

    public double MaintenanceRatio(InstrumentId instrument) => measures.IsIsolated ? measures.MaintenanceRatio(instrument) : double.NaN;

    public double Volatility(InstrumentId instrument) => measures.Volatility(instrument);

    public double UsualVolatility(InstrumentId instrument) => measures.UsualVolatility(instrument);
}
