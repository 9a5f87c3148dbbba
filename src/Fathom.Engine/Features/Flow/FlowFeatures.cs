using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Flow;

/// <summary>The features of the flow of trades that can be asked for by name.</summary>
internal static class FlowFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } = [];
}
