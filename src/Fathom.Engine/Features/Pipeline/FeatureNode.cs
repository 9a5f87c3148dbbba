using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>A feature of one instrument, and what takes its outputs.</summary>
internal sealed class FeatureNode(Feature feature, PlannedFeature plan)
{
    private FeatureLink[] _links = [];
    private int[] _outputs = [];      // side by side with the links

    public Feature Feature { get; } = feature;

    public PlannedFeature Plan { get; } = plan;

    public bool HasFollowers => _links.Length > 0;

    public void Follow(int output, FeatureLink link)
    {
        _links = [.. _links, link];
        _outputs = [.. _outputs, output];
    }

    /// <summary>It took something: what is known of it goes on.</summary>
    public void Pass(Timestamp time)
    {
        for (int i = 0; i < _links.Length; i++) _links[i].Give(time, Feature[_outputs[i]]);      // what is not known is passed over there
    }
}
