namespace Fathom.Engine.Features.Sliding;

/// <summary>Two numbers of one moment.</summary>
internal readonly record struct PairSample(double First, double Second);
