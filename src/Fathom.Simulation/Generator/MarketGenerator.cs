using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>A synthetic market as a feed of messages: definitions, trading states, a snapshot of every book, a pre-opening, an opening auction, then continuous
/// trading. The same options give the same bytes on every machine and in any size of buffer.</summary>
/// <remarks>
/// Every step makes one event and applies it to the generator's own books, so that the feed is always true to them: a cancel, a modify or a fill means a live
/// order, fills take the head of the queue, and no complete event of continuous trading leaves a crossed book. Memory follows live orders and instruments,
/// never the length; after the constructor nothing is allocated. docs/reference/generator.md describes the model.
/// </remarks>
public sealed class MarketGenerator : IMessageSource
{
    /// <summary>Source of all messages: the number of GLBX.MDP3 among DBN's publishers.</summary>
    public const ushort Publisher = 1;

    /// <summary>2026-01-05T14:00:00Z, a Monday.</summary>
    public const long StartNanos = 1_767_621_600 * Timestamp.NanosPerSecond;

    private const long ContinuousDelayNanos = 1_000_000;
    private const int ChannelsMax = 8;
    private const long PreOpenMessagesMax = 20_000;

    private enum Stage : byte { Definitions, States, Snapshots, PreOpen, Auction, Uncross, Continuous, Flow, Done }

    private readonly GeneratorPreset _preset;
    private readonly ulong _seed;
    private readonly long _flowMessages;
    private readonly OrderPool _pool;
    private readonly EventWriter _writer;
    private readonly OrderFlow _flow;
    private readonly OpeningAuction _auction;
    private readonly OpeningWriter _opening;
    private readonly InstrumentMarket[] _markets;
    private readonly FeedClock _feed;
    private readonly EventQueue _queue;
    private readonly MarketStatistics _statistics;
    private readonly long _openTime;
    private readonly long[] _snapshotActions = new long[8];

    private Stage _stage = Stage.Definitions;
    private int _cursor;
    private long _now = StartNanos;
    private long _snapshotMessages;

    /// <exception cref="Domain.InputException">An option is out of range.</exception>
    public MarketGenerator(GeneratorOptions options)
    {
        options.Check();
        _preset = GeneratorPreset.Find(options.Preset);
        _seed = options.Seed;
        _flowMessages = options.Events ?? _preset.Events;
        int instruments = options.Instruments ?? _preset.Instruments;

        MarketFactory factory = new(_preset, _seed);
        double[] rates = factory.Weights(instruments);
        double[] depths = DepthsOf(rates);
        long wanted = MarketFactory.WantedOrders(depths, _preset);
        _pool = new OrderPool(checked((int)(wanted + wanted / 4 + 64L * instruments)));
        int channels = Math.Min(ChannelsMax, instruments);
        _markets = new InstrumentMarket[instruments];
        int ordersMax = 0;
        for (int i = 0; i < instruments; i++)
        {
            _markets[i] = factory.Create(i, rates[i], depths[i], _pool, channels);
            ordersMax = Math.Max(ordersMax, _markets[i].Profile.Orders);
        }
        _writer = new EventWriter(ordersMax * 4 + 4_096);
        _flow = new OrderFlow(_pool, _writer, _seed);
        _auction = new OpeningAuction(_writer, _flow);
        foreach (InstrumentMarket market in _markets) _flow.Populate(market);
        _feed = new FeedClock(channels, StartNanos);
        _opening = new OpeningWriter(_writer, _feed, _flow, _pool);
        _statistics = new MarketStatistics(instruments);
        _queue = new EventQueue(FirstTimes());
        _openTime = StartNanos + PreOpenNanos();
    }

    /// <summary>What has been made so far.</summary>
    public GeneratorSummary Summary => Summarize();

    /// <summary>Market-by-order messages made so far, snapshots included.</summary>
    public long MessageCount => _writer.Written;

    /// <summary>Resting orders of all instruments now.</summary>
    public int LiveOrders => _pool.Live;

    /// <summary>Share of the messages after the snapshots that is made, 0 to 1.</summary>
    public double Progress => Math.Min(1, (double)FlowWritten / _flowMessages);

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int length = 0;
        while (true)
        {
            if (_writer.IsEmpty)
            {
                if (_stage == Stage.Done) return length;
                Step();
                continue;
            }
            int taken = _writer.Take(buffer[length..]);
            if (taken == 0) return length;
            length += taken;
        }
    }

    public void Dispose()
    {
    }

    private long FlowWritten => _stage <= Stage.Snapshots ? 0 : _writer.Written - _snapshotMessages;

    private void Step()
    {
        if (_stage is Stage.PreOpen or Stage.Flow) StepFlow();
        else
        {
            StepOpening(_markets[_cursor]);
            if (++_cursor == _markets.Length) NextStage();
        }
    }

    private void StepFlow()
    {
        if (FlowWritten >= _flowMessages) _stage = Stage.Done;
        else if (_stage == Stage.PreOpen && _queue.Time >= _openTime)
        {
            _now = _openTime;
            NextStage();
        }
        else ActNext();
    }

    private void ActNext()
    {
        InstrumentMarket market = _markets[_queue.Instrument];
        _now = Math.Max(_now, _queue.Time);
        if (!market.Arrivals.IsAnswer)
        {
            market.Value.Advance(market.Arrivals.MarketTime(_now - market.LastTime), ref _flow.Random);
            market.LastTime = _now;
        }
        BeginEvent(market);
        if (_stage == Stage.Flow) _flow.Act(market, _flowMessages - FlowWritten);
        else _flow.ActBeforeOpening(market);
        _statistics.Note(market, _now, _stage == Stage.Flow);
        _queue.Reschedule(_now + market.Arrivals.NextGap(ref _flow.Random));
    }

    private void BeginEvent(InstrumentMarket market)
    {
        _feed.Send(_now, market.Channel, ref _flow.Random);
        _writer.Begin(market.Index, market.TickNanos, _now, _feed, market.Channel);
    }

    private void NextStage()
    {
        _cursor = 0;
        _stage++;
        if (_stage == Stage.PreOpen)
        {
            _snapshotMessages = _writer.Written;
            _writer.ByAction.CopyTo(_snapshotActions, 0);
        }
        if (_stage == Stage.Continuous) _now += ContinuousDelayNanos;
    }

    private void StepOpening(InstrumentMarket market)
    {
        switch (_stage)
        {
            case Stage.Definitions: _opening.WriteDefinition(market, _now); break;
            case Stage.States: _opening.WriteState(market, TradingState.PreOpen, _now); break;
            case Stage.Snapshots: _opening.WriteSnapshot(market, _now); break;
            case Stage.Auction: Announce(market, TradingState.Auction); break;
            case Stage.Uncross: Uncross(market); break;
            case Stage.Continuous: Announce(market, TradingState.Continuous); break;
        }
    }

    private void Announce(InstrumentMarket market, TradingState state)
    {
        _feed.Send(_now, market.Channel, ref _flow.Random);
        _opening.WriteState(market, state, _now);
    }

    private void Uncross(InstrumentMarket market)
    {
        if (market.Spread > 0) return;
        BeginEvent(market);
        _auction.Uncross(market);
        _statistics.Note(market, _now, isContinuous: false);
    }

    /// <summary>Depth goes with the root of activity, scaled back to a mean of 1.</summary>
    private static double[] DepthsOf(double[] rates)
    {
        double[] depths = new double[rates.Length];
        double sum = 0;
        for (int i = 0; i < rates.Length; i++) sum += depths[i] = Math.Sqrt(rates[i]);
        for (int i = 0; i < rates.Length; i++) depths[i] *= rates.Length / sum;
        return depths;
    }

    private long[] FirstTimes()
    {
        long[] times = new long[_markets.Length];
        for (int i = 0; i < times.Length; i++)
        {
            _markets[i].LastTime = StartNanos;
            times[i] = StartNanos + 1 + _markets[i].Arrivals.NextGap(ref _flow.Random);
        }
        return times;
    }

    /// <summary>As long as 20,000 messages take on average, and no more than a tenth of all.</summary>
    private long PreOpenNanos()
    {
        double messages = Math.Min(PreOpenMessagesMax, _flowMessages / 10);
        return (long)(messages / (_preset.EventsPerSecond * _markets.Length) * Timestamp.NanosPerSecond);
    }

    private GeneratorSummary Summarize()
    {
        (double ticks, double annualized) = _statistics.Volatility(_markets);
        return new GeneratorSummary
        {
            Preset = _preset.Name,
            Seed = _seed,
            Instruments = _markets.Length,
            Messages = _writer.Written,
            FlowMessages = FlowWritten,
            VenueEvents = _statistics.VenueEvents,
            Seconds = (_now - StartNanos) / (double)Timestamp.NanosPerSecond,
            AddShare = Share(BookAction.Add),
            CancelShare = Share(BookAction.Cancel),
            ModifyShare = Share(BookAction.Modify),
            TradeShare = Share(BookAction.Trade),
            FillShare = Share(BookAction.Fill),
            Trades = _writer.ByAction[(int)BookAction.Trade],
            SpreadMean = _statistics.SpreadMean,
            SpreadMedian = _statistics.SpreadMedian,
            SpreadOneShare = _statistics.SpreadShare(1),
            SpreadTwoShare = _statistics.SpreadShare(2),
            TouchQuantity = _statistics.TouchQuantity,
            TouchOrders = _statistics.TouchOrders,
            TenLevelsQuantity = _statistics.TenLevelsQuantity,
            LiveOrders = LiveOrders,
            VolatilityTicks = ticks,
            VolatilityAnnualized = annualized,
        };
    }

    private double Share(BookAction action) =>
        FlowWritten == 0 ? 0 : (double)(_writer.ByAction[(int)action] - _snapshotActions[(int)action]) / FlowWritten;
}
