namespace Fathom.Engine.Features.Sliding;

/// <summary>What all windows of a time have in common.</summary>
internal static class TimeWindows
{
    /// <summary>More samples than this within the time push the oldest out.</summary>
    public const int SamplesMax = 1 << 17;

    public const int InitialCapacity = 64;
}
