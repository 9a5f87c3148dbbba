namespace Fathom.Twins.SlowFeatures;

/// <summary>Features of the book, from all rows up to now, each time from the start. Null: not known.</summary>
public static class SlowQuoteFlow
{
    /// <summary>Σ e of the best quotes.</summary>
    public static decimal? Imbalance(IReadOnlyList<SlowTapeRow> rows, SlowWindow window)
    {
        List<(long Time, decimal Flow, decimal Depth)> changes = Changes(rows, levels: 1);
        return changes.Count == 0 ? null : window.Of(changes, rows[^1].Time, change => change.Time)?.Sum(change => change.Flow);
    }

    /// <summary>Mean over levels of Σ e, in mean depths.</summary>
    public static decimal? DeepImbalance(IReadOnlyList<SlowTapeRow> rows, int levels, SlowWindow window)
    {
        List<(long Time, decimal Flow, decimal Depth)> changes = Changes(rows, levels);
        if (changes.Count == 0 || window.Of(changes, rows[^1].Time, change => change.Time) is not { } inside) return null;
        if (inside.Count == 0) return 0;
        decimal depth = inside.Sum(change => change.Depth) / (levels * inside.Count);
        return depth == 0 ? null : inside.Sum(change => change.Flow) / levels / depth;
    }

    /// <summary>(mid now − mid a window ago) ÷ the window in seconds.</summary>
    public static decimal? MidRate(IReadOnlyList<SlowTapeRow> rows, long window)
    {
        long before = rows[^1].Time - window;
        if (rows.LastOrDefault(row => row.Book is not null)?.Book is not { IsSound: true } newest) return null;
        return rows.LastOrDefault(row => row.Time <= before && row.Book is { IsSound: true })?.Book is { } old ? (newest.Mid - old.Mid) / window * 1_000_000_000 : null;
    }

    /// <summary>Of each change of the levels: its time, the sum of e over them, and that of (bid + ask quantity) ÷ 2 after it.</summary>
    private static List<(long Time, decimal Flow, decimal Depth)> Changes(IReadOnlyList<SlowTapeRow> rows, int levels)
    {
        List<(long, decimal, decimal)> changes = [];
        SlowLadder? before = null;
        foreach (SlowTapeRow row in rows)
        {
            if (row.Book is not { } book) continue;
            if (before is { IsOrdered: true } && book.IsOrdered)
            {
                decimal flow = 0, depth = 0;
                bool isChange = false;
                for (int level = 0; level < levels; level++)
                {
                    ((decimal Price, decimal Quantity)? bid, (decimal Price, decimal Quantity)? ask) = (At(book.Bids, level), At(book.Asks, level));
                    ((decimal Price, decimal Quantity)? bidBefore, (decimal Price, decimal Quantity)? askBefore) = (At(before.Bids, level), At(before.Asks, level));
                    isChange |= bid != bidBefore || ask != askBefore;
                    flow += Better(bid?.Price, bidBefore?.Price, highIsBetter: true) * (bid?.Quantity ?? 0) - Better(bidBefore?.Price, bid?.Price, highIsBetter: true) * (bidBefore?.Quantity ?? 0);
                    flow -= Better(ask?.Price, askBefore?.Price, highIsBetter: false) * (ask?.Quantity ?? 0) - Better(askBefore?.Price, ask?.Price, highIsBetter: false) * (askBefore?.Quantity ?? 0);
                    depth += ((bid?.Quantity ?? 0) + (ask?.Quantity ?? 0)) / 2;
                }
                if (isChange) changes.Add((row.Time, flow, depth));
            }
            before = book;
        }
        return changes;
    }

    /// <returns>1 where a price is as good as another or better; none is worse than any.</returns>
    private static int Better(decimal? price, decimal? other, bool highIsBetter) =>
        price is null ? 0 : other is null || price == other || price > other == highIsBetter ? 1 : 0;

    private static (decimal Price, decimal Quantity)? At(IReadOnlyList<(decimal Price, decimal Quantity)> side, int level) => level < side.Count ? side[level] : null;
}
