using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>What is usual in an instrument, as the measured state has it: slow, so that one wild minute does not halve a position that is held for an hour.</summary>
internal sealed class MeasuredVolatility(RiskMeasures measures) : IVolatilityGauge
{
    private const double DaySeconds = 86_400;

    public double DailyVolatility(InstrumentId instrument) => measures.UsualVolatility(instrument) * Math.Sqrt(DaySeconds);
}
