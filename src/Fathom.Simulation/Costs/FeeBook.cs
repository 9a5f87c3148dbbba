using Fathom.Domain.Messages;

namespace Fathom.Simulation.Costs;

/// <summary>Which schedule a venue charges by: the instrument's own, found by its symbol, or the usual one.</summary>
public sealed class FeeBook
{
    private readonly SymbolText[] _symbols;
    private readonly FeeSchedule[] _schedules;

    /// <param name="usual">For every instrument that has no schedule of its own.</param>
    /// <param name="bySymbol">Schedules of single instruments, by the venue's symbol.</param>
    /// <exception cref="ArgumentException">A symbol is longer than any can be.</exception>
    public FeeBook(FeeSchedule usual, IReadOnlyDictionary<string, FeeSchedule>? bySymbol = null)
    {
        Usual = usual;
        int count = bySymbol?.Count ?? 0;
        _symbols = new SymbolText[count];
        _schedules = new FeeSchedule[count];
        int at = 0;
        foreach ((string symbol, FeeSchedule schedule) in bySymbol ?? new Dictionary<string, FeeSchedule>())
        {
            _symbols[at] = SymbolText.From(symbol);
            _schedules[at++] = schedule;
        }
        Array.Sort(_symbols, _schedules, Comparer<SymbolText>.Create(Compare));
    }

    public FeeSchedule Usual { get; }

    /// <summary>The schedule of the instrument as its latest definition names it.</summary>
    public FeeSchedule Of(in InstrumentDefinition instrument)
    {
        int low = 0, high = _symbols.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int comparison = Compare(instrument.Symbol, _symbols[middle]);
            if (comparison == 0) return _schedules[middle];
            if (comparison < 0) high = middle - 1;
            else low = middle + 1;
        }
        return Usual;
    }

    private static int Compare(SymbolText left, SymbolText right) => ((ReadOnlySpan<byte>)left).SequenceCompareTo(right);
}
