using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>By what positions, strategies and the account become worse than normal, how they come back, and what follows from it. A measure without thresholds does not count.</summary>
public sealed record StateOptions
{
    internal const long One = 1_000_000_000;

    private readonly decimal _release = 0.1m, _warningSize = 0.5m;
    private readonly Duration _hold = Duration.FromMilliseconds(60_000);
    private readonly int _warningWiden = 1;

    /// <summary>Of a position, of a strategy and of the account: |position| / its limit.</summary>
    public StateThresholds? Position { get; init; }

    /// <summary>Of the account, and of a position with a margin of its own: maintenance margin / equity.</summary>
    public StateThresholds? Margin { get; init; }

    /// <summary>Of a strategy and of the account: fall of the equity from its peak.</summary>
    public StateThresholds? Drawdown { get; init; }

    /// <summary>As the other, since the start of the UTC day.</summary>
    public StateThresholds? DayDrawdown { get; init; }

    /// <summary>Of the account's position in an instrument: its volatility / its usual one.</summary>
    public StateThresholds? Volatility { get; init; }

    /// <summary>A measure is calm from this part below its threshold on; 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public decimal Release
    {
        get => _release;
        init => _release = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Release), value, "A release is 0 to below 1.");
    }

    /// <summary>For so long all measures have to be calm without interruption before a state becomes the next better one; zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public Duration Hold
    {
        get => _hold;
        init => _hold = value >= Duration.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Hold), value, "A hold time is zero or more.");
    }

    /// <summary>In a warning what enlarges a position is so much of what was asked; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public decimal WarningSize
    {
        get => _warningSize;
        init => _warningSize = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(WarningSize), value, "A size is above 0 and at most 1.");
    }

    /// <summary>In a warning quotes that enlarge a position stand back by so many ticks; 0 to 1,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public int WarningWiden
    {
        get => _warningWiden;
        init => _warningWiden = value is >= 0 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(WarningWiden), value, "Quotes stand back by 0 to 1,000,000 ticks.");
    }

    public OverLimitAction OverLimit { get; init; }

    internal long ReleaseNanos => (long)(_release * One);

    internal long WarningSizeNanos => Math.Max((long)(_warningSize * One), 1);

    /// <summary>Null where the measure does not count.</summary>
    internal StateThresholds? Of(RiskMeasure measure) => measure switch
    {
        RiskMeasure.Position => Position,
        RiskMeasure.Margin => Margin,
        RiskMeasure.Drawdown => Drawdown,
        RiskMeasure.DayDrawdown => DayDrawdown,
        RiskMeasure.Volatility => Volatility,
        _ => null,
    };
}
