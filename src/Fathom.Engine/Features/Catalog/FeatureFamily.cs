namespace Fathom.Engine.Features.Catalog;

/// <summary>What a feature is about: a chapter of the reference.</summary>
public enum FeatureFamily : byte
{
    Microstructure,
    Flow,
    Statistics,
    Indicators,
}
