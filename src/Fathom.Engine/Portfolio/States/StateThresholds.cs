using Fathom.Domain.Messages;

namespace Fathom.Engine.Portfolio.States;

/// <summary>From where on a measure makes a state worse: each is reached at the value itself. Ratios in units of 1e-9.</summary>
public readonly record struct StateThresholds
{
    /// <param name="warning">Above zero.</param>
    /// <param name="critical">Above <paramref name="warning"/>.</param>
    /// <param name="overLimit">Above <paramref name="critical"/>.</param>
    /// <exception cref="ArgumentException">They do not grow, or the first is not above zero.</exception>
    public StateThresholds(long warning, long critical, long overLimit)
    {
        if (warning <= 0 || critical <= warning || overLimit <= critical)
            throw new ArgumentException($"Thresholds are above zero and grow from warning to critical to over limit; found {warning}, {critical}, {overLimit}.", nameof(warning));
        (Warning, Critical, OverLimit) = (warning, critical, overLimit);
    }

    public long Warning { get; }
    public long Critical { get; }
    public long OverLimit { get; }

    /// <summary>From where on the state is at least so bad.</summary>
    /// <param name="state">Not normal.</param>
    internal long Of(PositionState state) => state switch
    {
        PositionState.Warning => Warning,
        PositionState.Critical => Critical,
        _ => OverLimit,
    };

    /// <summary>The state that a value makes.</summary>
    internal PositionState At(long value) =>
        value < Warning ? PositionState.Normal : value < Critical ? PositionState.Warning : value < OverLimit ? PositionState.Critical : PositionState.OverLimit;
}
