namespace Fathom.Engine.Features.Catalog;

/// <summary>A feature that can be asked for by name: what it is, what it takes and gives, and how one is made. The reference page, the checks of a configuration, the second witness and the benchmark are all made from these.</summary>
public sealed record FeatureInfo
{
    /// <summary>As it is written in a configuration: "rsi".</summary>
    public required string Name { get; init; }

    public required FeatureFamily Family { get; init; }

    /// <summary>One sentence, with a full stop.</summary>
    public required string Summary { get; init; }

    /// <summary>In plain text; several lines where it has several parts.</summary>
    public required string Formula { get; init; }

    /// <summary>Where the formula is from, and whose conventions it follows.</summary>
    public required string Source { get; init; }

    public required FeatureTakes Takes { get; init; }

    public IReadOnlyList<FeatureParameter> Parameters { get; init; } = [];

    /// <summary>In the order of <see cref="Feature"/>'s outputs.</summary>
    public required IReadOnlyList<FeatureOutput> Outputs { get; init; }

    /// <summary>When it is known, in words; parameters by their names: "from value period + 1 on".</summary>
    public required string WarmUp { get; init; }

    /// <summary>Samples after which every output is known, where nothing else matters; null: it depends on times or on what the samples are.</summary>
    public Func<FeatureArguments, int>? WarmUpSamples { get; init; }

    /// <summary>What no single parameter can say: null where the arguments go together, else what is wrong and how to mend it.</summary>
    public Func<FeatureArguments, string?> Check { get; init; } = static _ => null;

    /// <summary>Largest difference from the batch computation that is tolerated, relative to the larger of the result and 1; rounding, and nothing else.</summary>
    public double Bound { get; init; } = 1e-9;

    public required Func<FeatureArguments, Feature> Create { get; init; }
}
