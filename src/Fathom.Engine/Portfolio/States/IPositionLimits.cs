using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>What positions are held to. The limits themselves are risk's.</summary>
internal interface IPositionLimits
{
    /// <summary>Largest position of either sign; None for any.</summary>
    /// <param name="owner">−1 for the account.</param>
    Quantity PositionMax(int owner, InstrumentId instrument);
}
