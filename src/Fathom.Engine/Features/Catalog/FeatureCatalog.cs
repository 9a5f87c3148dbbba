using Fathom.Domain;
using Fathom.Engine.Features.Flow;
using Fathom.Engine.Features.Indicators;
using Fathom.Engine.Features.Microstructure;
using Fathom.Engine.Features.Statistics;

namespace Fathom.Engine.Features.Catalog;

/// <summary>All features that can be asked for by name.</summary>
public static class FeatureCatalog
{
    /// <summary>By family; each name is there once.</summary>
    public static IReadOnlyList<FeatureInfo> All { get; } = [.. MicrostructureFeatures.All, .. FlowFeatures.All, .. StatisticsFeatures.All, .. IndicatorFeatures.All];

    private static readonly Dictionary<string, FeatureInfo> s_byName = ByName();

    /// <summary>The feature of that name; false when there is none.</summary>
    public static bool TryFind(string name, out FeatureInfo info) => s_byName.TryGetValue(name, out info!);

    /// <param name="subject">Where the name stands, for the message.</param>
    /// <exception cref="InputException">There is none of that name; the message suggests one.</exception>
    public static FeatureInfo Find(string name, string subject)
    {
        if (TryFind(name, out FeatureInfo info)) return info;
        List<string> names = [];
        foreach (FeatureInfo known in All) names.Add(known.Name);
        string? nearest = NearestName.Find(name, names);
        throw new InputException(subject, $"the feature '{name}'", "the name of a feature", nearest is null ? $"There are: {string.Join(", ", names)}." : $"Did you mean '{nearest}'?");
    }

    private static Dictionary<string, FeatureInfo> ByName()
    {
        Dictionary<string, FeatureInfo> found = [];
        foreach (FeatureInfo info in All) found.Add(info.Name, info);
        return found;
    }
}
