namespace Fathom.Simulation.Generator;

/// <summary>Counts what the generator makes while it makes it: sums of fixed size, whatever the length.</summary>
internal sealed class MarketStatistics(int instruments)
{
    private const int SpreadMax = 64, DepthEvery = 64, DepthLevels = 10;

    private readonly long[] _spreads = new long[SpreadMax + 1];
    private readonly MidSamples[] _mids = new MidSamples[instruments];
    private long _events;
    private long _depthSamples, _touchQuantity, _touchOrders, _tenLevels;

    public long VenueEvents => _events;

    /// <summary>Looks at an instrument's book after one of its events.</summary>
    public void Note(InstrumentMarket market, long time, bool isContinuous)
    {
        _events++;
        if (!isContinuous) return;
        int spread = market.Spread;
        _spreads[spread < SpreadMax ? spread : SpreadMax]++;
        _mids[market.Index].Note(time, market.BestBid + market.BestAsk);
        if (_events % DepthEvery == 0) NoteDepth(market);
    }

    private void NoteDepth(InstrumentMarket market)
    {
        LadderSide ladder = (_events / DepthEvery & 1) == 0 ? market.Bids : market.Asks;
        _depthSamples++;
        _touchQuantity += ladder.Best.Quantity;
        _touchOrders += ladder.Best.Count;
        int levels = Math.Min(DepthLevels, ladder.LevelCount);
        for (int i = 0; i < levels; i++) _tenLevels += ladder.Level(i).Quantity;
    }

    public double SpreadMean
    {
        get
        {
            double sum = 0;
            for (int i = 0; i <= SpreadMax; i++) sum += i * (double)_spreads[i];
            return Ratio(sum, SpreadEvents());
        }
    }

    public int SpreadMedian
    {
        get
        {
            long events = SpreadEvents(), running = 0;
            for (int i = 0; i <= SpreadMax; i++)
            {
                running += _spreads[i];
                if (events > 0 && running * 2 >= events) return i;
            }
            return 0;
        }
    }

    /// <summary>Share of events after which the spread was at most this many ticks.</summary>
    public double SpreadShare(int ticks)
    {
        long sum = 0;
        for (int i = 0; i <= ticks; i++) sum += _spreads[i];
        return Ratio(sum, SpreadEvents());
    }

    public double TouchQuantity => Ratio(_touchQuantity, _depthSamples);

    public double TouchOrders => Ratio(_touchOrders, _depthSamples);

    public double TenLevelsQuantity => Ratio(_tenLevels, _depthSamples);

    /// <summary>Medians over the instruments: ticks per root second, and relative to the first price and annualised.</summary>
    public (double Ticks, double Annualized) Volatility(InstrumentMarket[] markets)
    {
        double[] ticks = new double[markets.Length], annualized = new double[markets.Length];
        for (int i = 0; i < markets.Length; i++)
        {
            ticks[i] = _mids[i].Deviation;
            annualized[i] = ticks[i] / markets[i].StartTick * Math.Sqrt(GeneratorSummary.SecondsPerYear);
        }
        Array.Sort(ticks);
        Array.Sort(annualized);
        return (ticks[ticks.Length / 2], annualized[annualized.Length / 2]);
    }

    private long SpreadEvents()
    {
        long sum = 0;
        foreach (long count in _spreads) sum += count;
        return sum;
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    /// <summary>The mid at the ends of seconds.</summary>
    private struct MidSamples
    {
        private long _second;
        private long _seconds;
        private int _current;       // twice the mid, so that it is whole
        private int _sampled;
        private double _squares;

        public readonly double Deviation => _seconds > 0 ? Math.Sqrt(_squares / _seconds) : 0;

        public void Note(long time, int twiceMid)
        {
            long second = time / Domain.Values.Timestamp.NanosPerSecond;
            if (second != _second) Sample(second, twiceMid);
            _current = twiceMid;
        }

        private void Sample(long second, int twiceMid)
        {
            if (_second == 0) _sampled = twiceMid;
            else
            {
                double change = (_current - _sampled) * 0.5;
                _squares += change * change;
                _seconds += second - _second;
                _sampled = _current;
            }
            _second = second;
        }
    }
}
