namespace Fathom.Engine.Features;

/// <summary>Where the outputs of a feature stand in every <see cref="Pipeline.FeatureVector"/> of the run.</summary>
/// <param name="First">Column of the first output.</param>
/// <param name="Count">Outputs, which stand side by side.</param>
public readonly record struct FeatureHandle(int First, int Count);
