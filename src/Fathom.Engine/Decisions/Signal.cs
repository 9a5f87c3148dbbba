using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>What a strategy would hold in an instrument.</summary>
/// <param name="Side">None for flat.</param>
/// <param name="Size">Above zero; zero where it is flat.</param>
/// <param name="Confidence">0 to 1.</param>
public readonly record struct Signal(Side Side, Quantity Size, double Confidence)
{
    /// <summary>The strategy stated no size: it is the configuration's, at the time of the signal.</summary>
    internal bool IsSized { get; init; }

    /// <summary>Signed.</summary>
    internal Quantity Position => Side == Side.Sell ? -Size : Size;
}
