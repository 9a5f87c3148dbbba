using Fathom.Domain;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>The built-in strategies by name.</summary>
public static class StrategyLibrary
{
    private static readonly SortedDictionary<string, Func<Strategy>> s_makers = new(StringComparer.Ordinal)
    {
        ["band-reversion"] = static () => new BandReversion(),
        ["breakout"] = static () => new Breakout(),
        ["buy-and-hold"] = static () => new BuyAndHold(),
        ["imbalance-taker"] = static () => new ImbalanceTaker(),
        ["ofi-scalper"] = static () => new OfiScalper(),
        ["quoter"] = static () => new Quoter(),
        ["rsi-reversion"] = static () => new RsiReversion(),
        ["sma-cross"] = static () => new SmaCross(),
    };

    /// <summary>In ordinal order.</summary>
    public static IReadOnlyCollection<string> Names => s_makers.Keys;

    /// <summary>Makes a strategy with its defaults.</summary>
    /// <exception cref="InputException">No such strategy.</exception>
    public static Strategy Create(string name) => s_makers.TryGetValue(name, out Func<Strategy>? make)
        ? make()
        : throw new InputException("strategy.name", $"'{name}'", $"one of {string.Join(", ", s_makers.Keys)}", "Name a built-in strategy.");
}
