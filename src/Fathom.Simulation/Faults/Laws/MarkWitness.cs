using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Market.Books;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What things were worth when the engine last could know it, by the books alone: the mid of the last sound book of each instrument.</summary>
/// <param name="currency">The account's.</param>
/// <param name="rates">Of other currencies into it.</param>
internal sealed class MarkWitness(CurrencyCode currency, IReadOnlyList<CurrencyRate> rates)
{
    private readonly SortedDictionary<int, Mark> _marks = [];

    /// <param name="Mid">In the instrument's currency.</param>
    /// <param name="Multiplier">Money per point and unit.</param>
    /// <param name="Rate">Of its currency into the account's; null where nobody could say what it is worth.</param>
    internal readonly record struct Mark(string Symbol, decimal Mid, decimal Multiplier, decimal? Rate)
    {
        /// <summary>What so much of it is worth in the account's currency, with the quantity's sign.</summary>
        public decimal Worth(Int128 nanos) => (decimal)nanos / Quantity.Scale * Math.Abs(Mid) * Multiplier * (Rate ?? 0);
    }

    /// <summary>An event of the instrument's book is over.</summary>
    public void Note(TradingEngine engine, InstrumentId instrument)
    {
        OrderBook book = engine.Market.Books[instrument];
        bool isSound = !book.IsEventOpen && book.TryBest(out BookLevel bid, out BookLevel ask) && bid.Price <= ask.Price && !book.IsStale;
        if (!isSound) return;
        book.TryBest(out bid, out ask);
        Note(in engine.Market.Instruments[instrument], bid.Price, ask.Price);
    }

    public void Note(in InstrumentDefinition definition, Price bid, Price ask)
    {
        bool isCounted = definition.MultiplierNanos > 0 && definition.Kind != InstrumentKind.Inverse;      // a coin's worth moves with the mark: left out
        decimal? rate = isCounted ? RateOf(definition.Currency.IsNone ? currency : definition.Currency) : null;
        _marks[definition.Header.Instrument.Index] = new Mark(definition.Symbol.ToString(), (bid.ToDecimal() + ask.ToDecimal()) / 2, definition.Multiplier, rate);
    }

    public bool TryFind(int instrument, out Mark mark) => _marks.TryGetValue(instrument, out mark);

    /// <summary>Empty where it is not known.</summary>
    public string SymbolOf(int instrument) => _marks.TryGetValue(instrument, out Mark mark) ? mark.Symbol : "";

    private decimal? RateOf(CurrencyCode of)
    {
        if (of == currency) return 1;
        foreach (CurrencyRate rate in rates)
            if (rate.Currency == of) return rate.Rate;
        return null;
    }
}
