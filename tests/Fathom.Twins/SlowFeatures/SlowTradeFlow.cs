namespace Fathom.Twins.SlowFeatures;

/// <summary>Features of trades, from all rows up to now, each time from the start. Null: not known.</summary>
public static class SlowTradeFlow
{
    /// <summary>(bought − sold) ÷ (bought + sold).</summary>
    public static decimal? Imbalance(IReadOnlyList<SlowTapeRow> rows, SlowWindow window, bool isVenueAlone)
    {
        List<(long Time, SlowPrint Print, int Sign)> signed = [.. Signed(rows, isVenueAlone).Where(trade => trade.Sign != 0)];
        if (window.Of(signed, rows[^1].Time, trade => trade.Time) is not { Count: > 0 } inside) return null;
        return inside.Sum(trade => trade.Sign * trade.Print.Quantity) / inside.Sum(trade => trade.Print.Quantity);
    }

    /// <summary>Since the session opened.</summary>
    public static decimal? SessionVwap(IReadOnlyList<SlowTapeRow> rows)
    {
        int first = rows.Count - 1;
        while (first > 0 && !rows[first].Opens) first--;
        return Vwap(rows.Skip(first));
    }

    public static decimal? RollingVwap(IReadOnlyList<SlowTapeRow> rows, SlowWindow window)
    {
        List<SlowTapeRow> trades = [.. rows.Where(row => row.Print is not null)];
        return window.Of(trades, rows[^1].Time, row => row.Time) is { } inside ? Vwap(inside) : null;
    }

    /// <summary>Slope of the mid's change on the signed volume, over the last complete buckets.</summary>
    public static decimal? KyleLambda(IReadOnlyList<SlowTapeRow> rows, SlowWindow bucket, int buckets, bool isThroughOrigin, bool isVenueAlone)
    {
        List<(long Time, SlowPrint Print, int Sign)> trades = [.. Signed(rows, isVenueAlone).Where(trade => trade.Print.Mid is not null)];
        List<(decimal Volume, decimal Change)> points = [];
        for (int first = 0; first < trades.Count;)
        {
            int next = first;
            while (next < trades.Count && (bucket.IsTime ? trades[next].Time < trades[first].Time + bucket.Time : next < first + bucket.Count)) next++;
            if (next == trades.Count) break;      // it may not be complete
            points.Add((trades[first..next].Sum(trade => trade.Sign * trade.Print.Quantity), trades[next].Print.Mid!.Value - trades[first].Print.Mid!.Value));
            first = next;
        }
        if (points.Count < buckets) return null;
        points.RemoveRange(0, points.Count - buckets);
        decimal products = points.Sum(point => point.Volume * point.Change), squares = points.Sum(point => point.Volume * point.Volume);
        if (isThroughOrigin) return squares == 0 ? null : products / squares;
        decimal volume = points.Sum(point => point.Volume), change = points.Sum(point => point.Change), spread = buckets * squares - volume * volume;
        return spread == 0 ? null : (buckets * products - volume * change) / spread;
    }

    private static decimal? Vwap(IEnumerable<SlowTapeRow> rows)
    {
        decimal value = 0, volume = 0;
        foreach (SlowTapeRow row in rows)
        {
            value += (row.Print?.Price ?? 0) * (row.Print?.Quantity ?? 0);
            volume += row.Print?.Quantity ?? 0;
        }
        return volume == 0 ? null : value / volume;
    }

    /// <summary>By what the venue says, else by the mid, else by the last price that differs.</summary>
    private static List<(long Time, SlowPrint Print, int Sign)> Signed(IReadOnlyList<SlowTapeRow> rows, bool isVenueAlone)
    {
        List<(long, SlowPrint, int)> signed = [];
        List<decimal> prices = [];
        foreach (SlowTapeRow row in rows)
        {
            if (row.Print is not { } print) continue;
            int sign = print.Sign;
            if (sign == 0 && !isVenueAlone)
            {
                int different = prices.FindLastIndex(price => price != print.Price);
                if (print.Mid is { } mid && mid != print.Price) sign = Math.Sign(print.Price - mid);
                else if (different >= 0) sign = Math.Sign(print.Price - prices[different]);
            }
            prices.Add(print.Price);
            signed.Add((row.Time, print, sign));
        }
        return signed;
    }
}
