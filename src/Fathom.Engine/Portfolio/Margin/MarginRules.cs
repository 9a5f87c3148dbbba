using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.Margin;

/// <summary>The rule of each instrument, found by its symbol when it is defined.</summary>
internal sealed class MarginRules
{
    private readonly MarginRule _usual;
    private readonly Dictionary<string, MarginRule> _bySymbol = [];
    private readonly long _bufferNanos;
    private MarginRule[] _rules = [];

    /// <exception cref="ArgumentException">Options that make no sense.</exception>
    public MarginRules(MarginOptions options)
    {
        options.Require();
        IsIsolated = options.Mode == MarginMode.Isolated;
        _bufferNanos = (long)(options.SafetyBuffer * Price.Scale);
        _usual = new MarginRule(options.Usual);
        foreach ((string symbol, MarginTerms terms) in options.BySymbol) _bySymbol.Add(symbol, new MarginRule(terms));
    }

    public bool IsIsolated { get; }

    public MarginRule this[InstrumentId instrument] => _rules[instrument.Index];

    /// <summary>Takes an instrument's definition before anything else of it, and its changes.</summary>
    public void Define(in InstrumentDefinition definition)
    {
        int index = definition.Header.Instrument.Index;
        if (index >= _rules.Length)
        {
            int known = _rules.Length;
            Array.Resize(ref _rules, Math.Max(index + 1, known * 2));
            Array.Fill(_rules, _usual, known, _rules.Length - known);
        }
        _rules[index] = definition.Kind == InstrumentKind.Spot ? MarginRule.FullPayment : _bySymbol.GetValueOrDefault(definition.Symbol.ToString(), _usual);
    }

    /// <summary>What new orders leave free of an equity.</summary>
    public Int128 Buffer(Int128 equity) => equity <= 0 ? 0 : Proportion.RoundHalfEven(equity, _bufferNanos, Price.Scale);
}
