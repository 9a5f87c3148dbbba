using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>A feature that somebody asked for, resolved: how one is made, what feeds it, and where its outputs stand.</summary>
/// <param name="Key">What it is, in one form for one meaning: who asks for the same shares it.</param>
/// <param name="Instrument">Symbol; empty: each instrument has its own.</param>
/// <param name="Other">Symbol; empty for features of one series.</param>
internal sealed record PlannedFeature(string Key, FeatureTakes Takes, Func<Feature> Create, FeatureSource Source, string Instrument, string Other, FeatureHandle Columns, string Subject);
