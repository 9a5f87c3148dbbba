using Fathom.Domain;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>The built-in strategies by name.</summary>
public static class StrategyLibrary
{
    private static readonly SortedDictionary<string, Func<StrategyParameters, Strategy>> s_makers = new(StringComparer.Ordinal)
    {
        ["buy-and-hold"] = static parameters => new BuyAndHold(parameters),
        ["imbalance-taker"] = static parameters => new ImbalanceTaker(parameters),
        ["quoter"] = static parameters => new Quoter(parameters),
    };

    /// <summary>In ordinal order.</summary>
    public static IReadOnlyCollection<string> Names => s_makers.Keys;

    /// <summary>Makes a strategy; afterwards <see cref="StrategyParameters.Effective"/> holds every value it uses.</summary>
    /// <exception cref="InputException">No such strategy, an unknown parameter, or a value out of range.</exception>
    public static Strategy Create(string name, StrategyParameters parameters)
    {
        if (!s_makers.TryGetValue(name, out Func<StrategyParameters, Strategy>? make))
            throw new InputException("strategy.name", $"'{name}'", $"one of {string.Join(", ", s_makers.Keys)}", "Name a built-in strategy.");
        Strategy strategy = make(parameters);
        parameters.RequireAllRead(name);
        return strategy;
    }

    /// <summary>As <see cref="Create(string, StrategyParameters)"/>, from values as text.</summary>
    public static Strategy Create(string name, IReadOnlyDictionary<string, string> parameters) => Create(name, new StrategyParameters(parameters));
}
