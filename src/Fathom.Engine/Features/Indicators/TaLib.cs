namespace Fathom.Engine.Features.Indicators;

/// <summary>What several indicators take over from TA-Lib.</summary>
internal static class TaLib
{
    /// <summary>A divisor nearer to zero than this is zero.</summary>
    public const double Nothing = 1e-14;
}
