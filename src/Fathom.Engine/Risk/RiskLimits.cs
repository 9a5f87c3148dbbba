using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>What the gate holds every command to.</summary>
public sealed record RiskLimits
{
    private readonly Quantity _positionMax = Quantity.None;

    /// <summary>Largest position of either sign in one instrument, of the strategy and of the account, with every live order of that direction filled; None for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or below.</exception>
    public Quantity PositionMax
    {
        get => _positionMax;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value.Nanos, nameof(PositionMax));
            _positionMax = value;
        }
    }
}
