using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>What states are judged by. Ratios; NaN where nothing is known.</summary>
internal interface IRiskReadings
{
    /// <param name="owner">−1 for the account.</param>
    double Drawdown(int owner);

    /// <param name="owner">−1 for the account.</param>
    double DayDrawdown(int owner);

    /// <summary>Of the account; NaN where each position has a margin of its own.</summary>
    double MaintenanceRatio();

    /// <summary>Of a position with a margin of its own; NaN where the account's counts.</summary>
    double MaintenanceRatio(InstrumentId instrument);

    /// <summary>In the unit of <see cref="UsualVolatility"/>.</summary>
    double Volatility(InstrumentId instrument);

    double UsualVolatility(InstrumentId instrument);
}
