using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>What a source says about its venue's numbers: which symbol a number means, and when. The same number may mean another symbol at another
/// time. One map per source, because two venues use the same numbers.</summary>
public sealed class SymbolMap
{
    private readonly Dictionary<ulong, List<SymbolInterval>> _intervals = [];

    /// <summary>How many intervals are known.</summary>
    public int Count { get; private set; }

    /// <summary>Notes that the number means the symbol in [from, until). Later notes win where intervals overlap; empty intervals are ignored.</summary>
    /// <param name="isAlias">The symbol is a rule ("ES.c.0") rather than the venue's own name, so it does not say which instrument it is.</param>
    public void Add(ulong venueInstrument, string symbol, Timestamp from, Timestamp until, bool isAlias = false)
    {
        if (from >= until) return;
        if (!_intervals.TryGetValue(venueInstrument, out List<SymbolInterval>? intervals))
            _intervals.Add(venueInstrument, intervals = []);
        intervals.Add(new SymbolInterval(symbol, from, until, isAlias));
        Count++;
    }

    /// <summary>The symbol that the number means at a time, with the bounds within which the answer stays the same; without a symbol the bounds
    /// are those of the gap.</summary>
    public SymbolInterval Find(ulong venueInstrument, Timestamp time)
    {
        Timestamp from = Timestamp.Earliest, until = Timestamp.None;
        if (!_intervals.TryGetValue(venueInstrument, out List<SymbolInterval>? intervals)) return new SymbolInterval(null, from, until, false);

        for (int i = intervals.Count - 1; i >= 0; i--)
        {
            SymbolInterval interval = intervals[i];
            if (interval.Holds(time)) return interval with { From = Timestamp.Max(from, interval.From), Until = Timestamp.Min(until, interval.Until) };
            if (interval.From > time) until = Timestamp.Min(until, interval.From);
            else from = Timestamp.Max(from, interval.Until);
        }
        return new SymbolInterval(null, from, until, false);
    }
}
