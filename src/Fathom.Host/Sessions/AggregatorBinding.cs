using Fathom.Domain;
using Fathom.Engine.Decisions;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Binds [[aggregator]]. What the engine would refuse is said here, with its place.</summary>
internal static class AggregatorBinding
{
    private static readonly string[] Methods = ["priority", "vote", "net"];
    private static readonly string[] Urgencies = ["immediate", "normal", "passive"];

    /// <param name="strategies">Names in results of all strategies.</param>
    public static IReadOnlyList<AggregatorOptions> Bind(IReadOnlyList<ConfigSection> sections, IReadOnlyList<string> strategies)
    {
        List<AggregatorOptions> aggregators = [];
        foreach (ConfigSection section in sections)
        {
            AggregatorOptions aggregator = Bind(section);
            StrategyBinding.RequireId(section, aggregator.Id);
            if (strategies.Contains(aggregator.Id) || aggregators.Any(other => other.Id == aggregator.Id))
                throw section.Refuse("id", $"another name than '{aggregator.Id}', which is taken", "Strategies and aggregators of one run need different names.");
            RequireMembers(section, aggregator, strategies, aggregators);
            RequireWeights(section, aggregator);
            aggregators.Add(aggregator);
        }
        return aggregators;
    }

    private static AggregatorOptions Bind(ConfigSection section) => new()
    {
        Id = section.String("id"),
        Method = Enum.Parse<AggregatorMethod>(section.Word("method", Methods), ignoreCase: true),
        Strategies = section.Strings("strategies"),
        Weights = section.Decimals("weights"),
        Threshold = section.Decimal("threshold", fallback: 0, min: 0, max: 1),
        Urgency = Enum.Parse<TargetUrgency>(section.Word("urgency", Urgencies, fallback: Urgencies[0]), ignoreCase: true),
    };

    private static void RequireMembers(ConfigSection section, AggregatorOptions aggregator, IReadOnlyList<string> strategies, List<AggregatorOptions> others)
    {
        string known = string.Join(", ", strategies);
        if (aggregator.Strategies.Count == 0) throw section.Refuse("strategies", $"at least one of {known}", $"Write strategies = [\"{strategies[0]}\"], with those whose signals it merges.");
        foreach (string member in aggregator.Strategies)
        {
            if (!strategies.Contains(member))
            {
                string fix = NearestName.Find(member, strategies) is { } near ? $"Did you mean \"{near}\"?" : "A strategy's name is its id, or its name where it has none.";
                throw section.Refuse("strategies", $"some of {known}; there is no '{member}'", fix);
            }
            if (others.Any(other => other.Strategies.Contains(member)) || aggregator.Strategies.Count(other => other == member) > 1)
                throw section.Refuse("strategies", $"each strategy in one aggregator, once; '{member}' is there twice", "Take it out of one list: its signal can act only once.");
        }
    }

    /// <summary>A number that would not count is a mistake too.</summary>
    private static void RequireWeights(ConfigSection section, AggregatorOptions aggregator)
    {
        int count = aggregator.Strategies.Count;
        if (aggregator.Weights.Count != 0 && aggregator.Weights.Count != count) throw section.Refuse("weights", $"one weight for each of the {count} strategies", "Without weights each counts 1.");
        if (aggregator.Weights.Any(weight => weight is <= 0 or > AggregatorOptions.WeightMax || decimal.Round(weight, 9) != weight))
            throw section.Refuse("weights", $"numbers above 0, at most {AggregatorOptions.WeightMax}, with at most nine decimals", "To leave a strategy out, take it out of the list.");
        if (decimal.Round(aggregator.Threshold, 9) != aggregator.Threshold) throw section.Refuse("threshold", "at most nine decimals", "Round it.");
        if (aggregator.Method == AggregatorMethod.Priority && section.Has("weights")) throw section.Refuse("weights", "none where the method is priority", "The order of the list decides: remove the weights.");
        if (aggregator.Method == AggregatorMethod.Net && section.Has("threshold")) throw section.Refuse("threshold", "none where the method is net", "Every signal counts: remove the threshold.");
    }
}
