using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Fills;

/// <summary>Adds mark-outs up by strategy, currency, liquidity and horizon.</summary>
internal sealed class MarkoutSums(IReadOnlyList<Duration> horizons)
{
    /// <summary>Order of the rows of one strategy and currency; None is all of them.</summary>
    private static readonly Liquidity[] Rows = [Liquidity.Maker, Liquidity.Taker, Liquidity.None];

    private readonly SortedDictionary<(ushort Strategy, ulong Currency), Sum[]> _sums = [];

    public void Add(MarkedFill fill)
    {
        (ushort, ulong) key = (fill.Fill.Output.Strategy, fill.Fill.Currency.Packed);
        if (!_sums.TryGetValue(key, out Sum[]? sums)) _sums.Add(key, sums = new Sum[Rows.Length * horizons.Count]);
        for (int row = 0; row < Rows.Length; row++)
        {
            if (Rows[row] != Liquidity.None && Rows[row] != fill.Fill.Liquidity) continue;
            for (int horizon = 0; horizon < horizons.Count; horizon++) sums[row * horizons.Count + horizon].Add(fill, horizon);
        }
    }

    /// <summary>By strategy, currency, then maker, taker, all, then horizon.</summary>
    public List<MarkoutMean> Means()
    {
        List<MarkoutMean> means = [];
        foreach (((ushort strategy, ulong currency), Sum[] sums) in _sums)
            for (int i = 0; i < sums.Length; i++)
                means.Add(sums[i].Mean(strategy, new CurrencyCode(currency), Rows[i / horizons.Count], horizons[i % horizons.Count]));
        return means;
    }

    private struct Sum
    {
        private long _count;
        private long _bpsCount;
        private double _bps;
        private double _money;

        public void Add(MarkedFill fill, int horizon)
        {
            if (fill.MidAfter(horizon).IsNone) return;
            _count++;
            _money += fill.MarkoutMoney(horizon);
            double bps = fill.MarkoutBps(horizon);
            if (double.IsNaN(bps)) return;
            _bpsCount++;
            _bps += bps;
        }

        // Zero divided by zero is NaN, which is meant.
        public readonly MarkoutMean Mean(ushort strategy, CurrencyCode currency, Liquidity liquidity, Duration horizon) =>
            new(strategy, currency, liquidity, horizon, _count, _bps / _bpsCount, _money / _count);
    }
}
