using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>The features of one instrument that take bars of one kind, or a number of them.</summary>
internal sealed class BarFeed(BarSpec spec)
{
    private readonly List<(FeatureNode Node, BarFeature Feature)> _features = [];
    private readonly List<(FeatureField Field, FeatureLink Link)> _links = [];

    public BarSpec Spec { get; } = spec;

    public void Add(FeatureNode node) => _features.Add((node, (BarFeature)node.Feature));

    public void Add(FeatureField field, FeatureLink link) => _links.Add((field, link));

    public void Give(in Bar bar)
    {
        BarSample sample = BarSample.Of(in bar);
        foreach ((FeatureNode node, BarFeature feature) in _features)
        {
            feature.Add(in sample);
            if (node.HasFollowers) node.Pass(sample.Time);
        }
        foreach ((FeatureField field, FeatureLink link) in _links) link.Give(sample.Time, Of(in sample, field));
    }

    private static double Of(in BarSample bar, FeatureField field) => field switch
    {
        FeatureField.Open => bar.Open,
        FeatureField.High => bar.High,
        FeatureField.Low => bar.Low,
        FeatureField.Volume => bar.Volume,
        FeatureField.Typical => bar.Typical,
        _ => bar.Close,
    };
}
