using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>What a source says about its venue's numbers: which symbol a number means, and when. The same number may mean another symbol at another
/// time. One map per source, because two venues use the same numbers.</summary>
/// <remarks>Intervals of a number do not overlap and are found in logarithmic time: a file may claim millions of them for one number.</remarks>
public sealed class SymbolMap
{
    private static readonly Comparer<SymbolInterval> s_byStart = Comparer<SymbolInterval>.Create((left, right) => left.From.CompareTo(right.From));

    private readonly Dictionary<ulong, SortedSet<SymbolInterval>> _intervals = [];

    /// <summary>Notes that the number means the symbol in [from, until). Later notes win where intervals overlap; empty intervals are ignored.</summary>
    /// <param name="isAlias">The symbol is a rule ("ES.c.0") rather than the venue's own name, so it does not say which instrument it is.</param>
    public void Add(ulong venueInstrument, string symbol, Timestamp from, Timestamp until, bool isAlias = false)
    {
        if (from >= until) return;
        if (!_intervals.TryGetValue(venueInstrument, out SortedSet<SymbolInterval>? intervals))
            _intervals.Add(venueInstrument, intervals = new SortedSet<SymbolInterval>(s_byStart));
        while (TryLast(intervals, new Timestamp(until.Nanos - 1), out SymbolInterval last) && last.Until > from)
        {
            intervals.Remove(last);
            if (last.Until > until) intervals.Add(last with { From = until });
            if (last.From < from) intervals.Add(last with { Until = from });
        }
        intervals.Add(new SymbolInterval(symbol, from, until, isAlias));
    }

    /// <summary>The symbol that the number means at a time, with the bounds within which the answer stays the same; without a symbol the bounds
    /// are those of the gap.</summary>
    public SymbolInterval Find(ulong venueInstrument, Timestamp time)
    {
        SymbolInterval nothing = new(null, Timestamp.Earliest, Timestamp.None, false);
        if (!_intervals.TryGetValue(venueInstrument, out SortedSet<SymbolInterval>? intervals)) return nothing;
        bool isAfterOne = TryLast(intervals, time, out SymbolInterval last);
        if (isAfterOne && last.Until > time) return last;
        SymbolInterval next = intervals.GetViewBetween(At(time), At(Timestamp.None)).Min;
        return nothing with { From = isAfterOne ? last.Until : Timestamp.Earliest, Until = Exists(next) ? next.From : Timestamp.None };
    }

    /// <summary>The last interval that starts at or before the time.</summary>
    private static bool TryLast(SortedSet<SymbolInterval> intervals, Timestamp time, out SymbolInterval last)
    {
        last = intervals.GetViewBetween(At(Timestamp.Earliest), At(time)).Max;
        return Exists(last);
    }

    /// <summary>An empty view's first and last element is all zeros, which no interval is.</summary>
    private static bool Exists(in SymbolInterval interval) => interval.From < interval.Until;

    private static SymbolInterval At(Timestamp time) => new(null, time, time, false);
}
