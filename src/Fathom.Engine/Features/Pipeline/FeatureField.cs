namespace Fathom.Engine.Features.Pipeline;

/// <summary>Which number of a bar.</summary>
internal enum FeatureField : byte
{
    Close,
    Open,
    High,
    Low,
    Volume,
    Typical,
}
