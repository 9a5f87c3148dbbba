namespace Fathom.Engine.Features.Catalog;

/// <summary>A parameter of a feature, as a configuration or a strategy states it.</summary>
/// <param name="Name">In small letters with underscores: "period".</param>
/// <param name="Default">As text; null: it has to be stated.</param>
/// <param name="Summary">What it does, without a full stop.</param>
public sealed record FeatureParameter(string Name, FeatureParameterKind Kind, string? Default, string Summary)
{
    /// <summary>Longest window and largest count: more samples than this is a mistake of units.</summary>
    public const int SamplesMax = 1_000_000;

    /// <summary>Longest time, in days.</summary>
    public const int DaysMax = 31;

    /// <summary>Smallest number, count or count of a window.</summary>
    public double Min { get; init; } = 1;

    /// <summary>Largest number or count, or count of a window.</summary>
    public double Max { get; init; } = SamplesMax;

    /// <summary>For <see cref="FeatureParameterKind.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>For <see cref="FeatureParameterKind.Window"/>: a time will not do.</summary>
    public bool IsCountOnly { get; init; }
}
