namespace Fathom.Engine.Features.Statistics;

/// <summary>The product of two returns whose times overlap.</summary>
/// <param name="First">Number of the first series' return.</param>
/// <param name="Second">Number of the second series' return.</param>
internal readonly record struct OverlapSample(long First, long Second, double Product);
