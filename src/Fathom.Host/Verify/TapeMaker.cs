using Fathom.Domain.Numerics;

namespace Fathom.Host.Verify;

/// <summary>Fills a table with books and trades of a small made market: prices walk in ticks, quantities change, levels go and come.</summary>
internal sealed class TapeMaker(SampleKind kind, double start)
{
    private readonly long[] _bidTicks = new long[FeatureTable.Depth], _askTicks = new long[FeatureTable.Depth];
    private readonly double[] _bidQuantities = new double[FeatureTable.Depth], _askQuantities = new double[FeatureTable.Depth];
    private int _bids = FeatureTable.Depth, _asks = FeatureTable.Depth;
    private long _bid = 5_000, _ask = 5_001;
    private double _soundBid = double.NaN, _soundAsk = double.NaN;

    public void Fill(double[] cells, SampleClock clock, ref SplitMix64 random)
    {
        const int columns = FeatureTable.Asks + 2 * FeatureTable.Depth;
        Begin(ref random);
        for (int at = 0; at < cells.Length; at += columns)
        {
            Span<double> row = cells.AsSpan(at, columns);
            row.Fill(double.NaN);
            clock.Next(ref random, out row[FeatureTable.Time], out row[FeatureTable.Opens]);
            int chance = random.NextBelow(10);
            if (chance == 0 && kind != SampleKind.Constant) row[FeatureTable.Kind] = FeatureTable.MomentKind;
            else if (chance < 4) FillTrade(row, ref random);
            else FillBook(row, ref random);
        }
    }

    private void Begin(ref SplitMix64 random)
    {
        if (kind == SampleKind.NearZero) Keep();
        for (int level = 0; level < FeatureTable.Depth; level++) (_bidQuantities[level], _askQuantities[level]) = (Quantity(ref random), Quantity(ref random));
        Spread(_bidTicks, _bid, -1, ref random);
        Spread(_askTicks, _ask, 1, ref random);
    }

    private void FillTrade(Span<double> row, ref SplitMix64 random)
    {
        int sign = kind == SampleKind.Constant ? 1 : random.NextBelow(10) switch { 0 => 0, < 5 => -1, _ => 1 };
        long ticks = sign switch { 1 => _ask, -1 => _bid, _ => _bid + (long)random.NextBelow((ulong)Math.Max(1, _ask - _bid + 1)) };
        if (kind != SampleKind.Constant && random.NextBelow(15) == 0) ticks += sign;      // through the level
        row[FeatureTable.Kind] = FeatureTable.TradeKind;
        row[FeatureTable.Price] = SampleSeries.Ticks(start, ticks);
        row[FeatureTable.Quantity] = kind == SampleKind.Constant ? 5 : Quantity(ref random);
        row[FeatureTable.Sign] = sign;
        (row[FeatureTable.Bid], row[FeatureTable.Ask]) = (_soundBid, _soundAsk);
    }

    private void FillBook(Span<double> row, ref SplitMix64 random)
    {
        if (kind != SampleKind.Constant) Change(ref random);
        bool isSpoilt = kind == SampleKind.Missing && random.NextBelow(4) == 0;
        int fault = isSpoilt ? random.NextBelow(5) : -1;
        int bids = fault is 1 or 4 ? 0 : _bids, asks = fault is 2 or 4 ? 0 : _asks;
        long crossing = fault == 3 ? _ask - _bid + (long)random.NextBelow(2) : 0;      // locked or crossed
        row[FeatureTable.Kind] = FeatureTable.BookKind;
        row[FeatureTable.Stale] = fault == 0 ? 1 : 0;
        (row[FeatureTable.BidCount], row[FeatureTable.AskCount]) = (bids, asks);
        for (int level = 0; level < bids; level++) Level(row, FeatureTable.Bids, level, _bidTicks[level] + crossing, _bidQuantities[level]);
        for (int level = 0; level < asks; level++) Level(row, FeatureTable.Asks, level, _askTicks[level], _askQuantities[level]);
        if (random.NextBelow(2) == 0 && bids > 0) row[FeatureTable.BidAhead] = Math.Floor(random.NextUnit() * _bidQuantities[0]);
        if (random.NextBelow(2) == 0 && asks > 0) row[FeatureTable.AskAhead] = Math.Floor(random.NextUnit() * _askQuantities[0]);
        if (fault < 0) (_soundBid, _soundAsk) = (SampleSeries.Ticks(start, _bid), SampleSeries.Ticks(start, _ask));
    }

    private void Level(Span<double> row, int side, int level, long ticks, double quantity) =>
        (row[side + 2 * level], row[side + 2 * level + 1]) = (SampleSeries.Ticks(start, ticks), quantity);

    /// <summary>Mostly one quantity changes; now and then a best price goes or comes, the spread opens, a side gets thin.</summary>
    private void Change(ref SplitMix64 random)
    {
        switch (random.NextBelow(6))
        {
            case 0:
                _bid += (long)random.NextBelow(3) - 1;
                _ask = Math.Max(_ask, _bid + 1);
                if (_ask - _bid > 6) _ask = _bid + 1;
                break;
            case 1:
                _ask += (long)random.NextBelow(3) - 1;
                _bid = Math.Min(_bid, _ask - 1);
                if (_ask - _bid > 6) _bid = _ask - 1;
                break;
            case 2 when random.NextBelow(4) == 0:
                (_bids, _asks) = (1 + random.NextBelow(FeatureTable.Depth), 1 + random.NextBelow(FeatureTable.Depth));
                break;
            default:
                _bidQuantities[random.NextBelow(FeatureTable.Depth)] = Quantity(ref random);
                _askQuantities[random.NextBelow(FeatureTable.Depth)] = Quantity(ref random);
                return;
        }
        if (kind == SampleKind.NearZero) Keep();
        Spread(_bidTicks, _bid, -1, ref random);
        Spread(_askTicks, _ask, 1, ref random);
    }

    /// <summary>Near zero, but every level above it.</summary>
    private void Keep()
    {
        if (_bid is > 2 * FeatureTable.Depth and < 60) return;
        (_bid, _ask) = (40, 41);
    }

    /// <summary>Levels behind the best, one or two ticks apart.</summary>
    private static void Spread(long[] ticks, long best, int away, ref SplitMix64 random)
    {
        ticks[0] = best;
        for (int level = 1; level < ticks.Length; level++) ticks[level] = ticks[level - 1] + away * (1 + (random.NextBelow(4) == 0 ? 1 : 0));
    }

    private static double Quantity(ref SplitMix64 random) => 1 + random.NextBelow(100);
}
