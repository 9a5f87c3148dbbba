using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>The features of the order book that can be asked for by name.</summary>
internal static class MicrostructureFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } = [];
}
