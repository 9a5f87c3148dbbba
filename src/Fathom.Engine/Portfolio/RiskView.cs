using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What a strategy may see of the measured state of risk: its own numbers, and the account's. Money is in the account's currency.</summary>
public sealed class RiskView
{
    private readonly RiskMeasures _measures;
    private readonly int _owner;

    internal RiskView(RiskMeasures measures, int owner)
    {
        (_measures, _owner) = (measures, owner);
        Account = owner == RiskMeasures.WholeAccount ? this : new RiskView(measures, RiskMeasures.WholeAccount);
    }

    /// <summary>The account's numbers.</summary>
    public RiskView Account { get; }

    /// <summary>Of a strategy: the account's start and what the strategy made.</summary>
    public decimal Equity => Ledger.ToMoney(_measures.EquityNanos(_owner));

    /// <summary>The highest equity so far, the start included.</summary>
    public decimal PeakEquity => Ledger.ToMoney(_measures.PeakNanos(_owner));

    /// <inheritdoc cref="RiskMeasures.Drawdown"/>
    public double Drawdown => _measures.Drawdown(_owner);

    /// <inheritdoc cref="RiskMeasures.DayDrawdown"/>
    public double DayDrawdown => _measures.DayDrawdown(_owner);

    /// <inheritdoc cref="RiskMeasures.DailyLoss"/>
    public decimal DailyLoss => _measures.DailyLoss(_owner);

    /// <inheritdoc cref="RiskMeasures.GrossExposure"/>
    public decimal GrossExposure => _measures.GrossExposure(_owner);

    /// <inheritdoc cref="RiskMeasures.NetExposure"/>
    public decimal NetExposure => _measures.NetExposure(_owner);

    /// <inheritdoc cref="RiskMeasures.Leverage"/>
    public double Leverage => _measures.Leverage(_owner);

    // Margin is the account's, whoever asks.

    /// <inheritdoc cref="RiskMeasures.MarginUsed"/>
    public decimal? MarginUsed => _measures.MarginUsed;

    /// <inheritdoc cref="RiskMeasures.InitialMargin"/>
    public decimal? InitialMargin => _measures.InitialMargin;

    /// <inheritdoc cref="RiskMeasures.MaintenanceMargin"/>
    public decimal? MaintenanceMargin => _measures.MaintenanceMargin;

    /// <inheritdoc cref="RiskMeasures.MarginAvailable"/>
    public decimal? MarginAvailable => _measures.MarginAvailable;

    /// <inheritdoc cref="RiskMeasures.MaintenanceRatio()"/>
    public double MaintenanceRatio => _measures.MaintenanceRatio();

    /// <inheritdoc cref="RiskMeasures.LiquidationPrice"/>
    public Price LiquidationPrice(InstrumentId instrument) => _measures.LiquidationPrice(instrument);

    /// <inheritdoc cref="RiskMeasures.LiquidationDistance"/>
    public double LiquidationDistance(InstrumentId instrument) => _measures.LiquidationDistance(instrument);

    /// <inheritdoc cref="RiskMeasures.Volatility"/>
    public double Volatility(InstrumentId instrument) => _measures.Volatility(instrument);

    /// <inheritdoc cref="RiskMeasures.UsualVolatility"/>
    public double UsualVolatility(InstrumentId instrument) => _measures.UsualVolatility(instrument);
}
