using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>Several strategies whose signals make one target position per instrument. It belongs to the aggregator, which has its orders, fills, limits and position like a
/// strategy; the signals no longer act by themselves.</summary>
public sealed record AggregatorOptions
{
    /// <summary>Largest weight of a member.</summary>
    public const decimal WeightMax = 1_000;

    /// <summary>Its name in results, which no strategy has.</summary>
    public required string Id { get; init; }

    public required AggregatorMethod Method { get; init; }

    /// <summary>Names of the members, at least one; a strategy is a member of one aggregator at most. The order is that of priority.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>One per member, above zero, at most nine decimals; none: 1 for each. For priority they do not count.</summary>
    public IReadOnlyList<decimal> Weights { get; init; } = [];

    /// <summary>0 to 1, at most nine decimals: the least confidence that decides (priority), the least score (vote). For net it does not count.</summary>
    public decimal Threshold { get; init; }

    public TargetUrgency Urgency { get; init; }

    /// <exception cref="ArgumentException">A member that is not there or is in two aggregators, no member, weights of another number or range, a threshold out of range.</exception>
    internal static void Require(IReadOnlyList<AggregatorOptions> aggregators, IReadOnlySet<string> strategies)
    {
        SortedSet<string> taken = new(StringComparer.Ordinal);
        foreach (AggregatorOptions aggregator in aggregators)
        {
            string id = aggregator.Id;
            if (aggregator.Strategies.Count == 0) throw Wrong($"An aggregator has members; '{id}' has none.");
            foreach (string member in aggregator.Strategies)
            {
                if (!strategies.Contains(member)) throw Wrong($"An aggregator's members are strategies; '{id}' names '{member}', which is none.");
                if (!taken.Add(member)) throw Wrong($"A strategy is a member once; '{member}' is there twice, the second time in '{id}'.");
            }
            if (aggregator.Weights.Count != 0 && aggregator.Weights.Count != aggregator.Strategies.Count)
                throw Wrong($"There is a weight for each member or none; '{id}' has {aggregator.Weights.Count} for {aggregator.Strategies.Count}.");
            foreach (decimal weight in aggregator.Weights)
                if (weight is <= 0 or > WeightMax || !IsWhole(weight)) throw Wrong($"A weight is above zero, at most {WeightMax} and has at most nine decimals; '{id}' has {weight}.");
            if (aggregator.Threshold is < 0 or > 1 || !IsWhole(aggregator.Threshold)) throw Wrong($"A threshold is 0 to 1 with at most nine decimals; '{id}' has {aggregator.Threshold}.");
        }
    }

    private static bool IsWhole(decimal value) => decimal.Truncate(value * Quantity.Scale) == value * Quantity.Scale;

    private static ArgumentException Wrong(string message) => new(message);
}
