using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The technical indicators that can be asked for by name. Where TA-Lib has one, its conventions are followed.</summary>
internal static class IndicatorFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } = [.. AverageFeatures.All, .. BandFeatures.All, .. MomentumFeatures.All, .. TrendFeatures.All];

    internal static FeatureParameter Period(string initial, int min, string summary) => Period("period", initial, min, summary);

    internal static FeatureParameter Period(string name, string initial, int min, string summary) => new(name, FeatureParameterKind.Count, initial, summary) { Min = min };
}
