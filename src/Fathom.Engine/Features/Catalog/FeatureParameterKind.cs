namespace Fathom.Engine.Features.Catalog;

/// <summary>What a parameter's text is.</summary>
public enum FeatureParameterKind : byte
{
    /// <summary>A whole number.</summary>
    Count,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A time with its unit.</summary>
    Duration,
    /// <summary>How far back: so many samples, or a time with its unit.</summary>
    Window,
    /// <summary>One of several words.</summary>
    Word,
}
