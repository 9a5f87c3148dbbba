using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The statistics of series of numbers that can be asked for by name.</summary>
internal static class StatisticsFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } = [];
}
