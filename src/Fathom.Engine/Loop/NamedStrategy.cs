using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Engine.Loop;

/// <summary>A strategy and the name under which it appears in results.</summary>
public sealed record NamedStrategy(string Name, Strategy Strategy)
{
    /// <summary>For so long from the run's start on, what the strategy wants is refused while it watches. Zero or more.</summary>
    public Duration Warmup { get; init; }

    /// <summary>When the engine closes its positions; null: never.</summary>
    public ExitOptions? Exits { get; init; }

    /// <summary>How its positions are sized; null: by itself.</summary>
    public SizingOptions? Sizing { get; init; }
}
