using System.Reflection;
using Fathom.Engine.Decisions;

namespace Fathom.Engine.Loop;

/// <summary>Which callbacks a strategy overrides: the others are never called.</summary>
internal readonly struct OverriddenCallbacks
{
    public OverriddenCallbacks(Strategy strategy)
    {
        OnBook = Overrides(strategy, nameof(Strategy.OnBook));
        OnTrade = Overrides(strategy, nameof(Strategy.OnTrade));
        OnQuote = Overrides(strategy, nameof(Strategy.OnQuote));
        OnBar = Overrides(strategy, nameof(Strategy.OnBar));
        OnFeatures = Overrides(strategy, nameof(Strategy.OnFeatures));
        OnSeries = Overrides(strategy, nameof(Strategy.OnSeries));
    }

    public bool OnBook { get; }
    public bool OnTrade { get; }
    public bool OnQuote { get; }
    public bool OnBar { get; }
    public bool OnFeatures { get; }
    public bool OnSeries { get; }

    /// <summary>Some callback may come in the middle of a step of market data.</summary>
    public bool ListensToMarket => OnBook || OnTrade || OnQuote || OnBar || OnFeatures;

    private static bool Overrides(Strategy strategy, string callback)
    {
        // By its parameters too: a strategy may have other methods of that name.
        Type[] parameters = Array.ConvertAll(typeof(Strategy).GetMethod(callback)!.GetParameters(), static parameter => parameter.ParameterType);
        return strategy.GetType().GetMethod(callback, BindingFlags.Instance | BindingFlags.Public, parameters)!.DeclaringType != typeof(Strategy);
    }
}
