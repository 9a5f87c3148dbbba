using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>How much instruments move.</summary>
internal interface IVolatilityGauge
{
    /// <summary>Standard deviation of the relative return of the mid over a day of 24 hours; NaN while it is not known.</summary>
    double DailyVolatility(InstrumentId instrument);
}
