using Fathom.Analytics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics;

public class RunAnalyzerTests
{
    private readonly List<MarkedFill> _finished = [];
    private readonly RunAnalyzer _analyzer;

    public RunAnalyzerTests() => _analyzer = Analyzer();

    [Fact]
    public void A_fill_is_marked_with_the_mid_in_force_when_it_was_booked()
    {
        _analyzer.OnQuote(Quote(At(0), 99, 100));
        _analyzer.OnQuote(Quote(At(5), 100, 101));
        _analyzer.OnFill(Fill(At(5), Side.Buy, 100, 1));
        _analyzer.OnQuote(Quote(At(5), 101, 102));
        _analyzer.Finish(At(6), [Outcome(0, 0)]);
        Assert.Equal(100.5m, Assert.Single(_finished).MidAtFill.ToPrice().ToDecimal());
    }

    [Fact]
    public void Every_kind_of_event_moves_the_clock()
    {
        Action<Timestamp>[] events =
        [
            time => _analyzer.OnQuote(Quote(time, 1, 2, instrument: 1)),
            time => _analyzer.OnCommand(new OrderCommand { Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), time, time) }),
            time => _analyzer.OnOrder(Order(time, 1, OrderStatus.None, OrderStatus.PendingNew)),
            time => _analyzer.OnFill(Fill(time, Side.Buy, 100, 1)),
            time => _analyzer.OnPosition(Position(time, 1)),
            time => _analyzer.OnEquity(Equity(time, 100, 0)),
        ];
        Timestamp clock = At(0);
        foreach (Action<Timestamp> happen in events)
        {
            int before = _finished.Count;
            _analyzer.OnFill(Fill(clock, Side.Buy, 100, 1));
            clock += Duration.FromMilliseconds(60_001);
            happen(clock);
            Assert.True(_finished.Count > before);
        }
    }

    [Fact]
    public void Every_fill_is_handed_on_and_the_first_are_listed()
    {
        for (int i = 0; i < 5; i++) _analyzer.OnFill(Fill(At(i * 30_000), Side.Buy, 100, 1, execution: (ulong)i));
        Assert.Equal(2, _finished.Count);      // those of which a minute has passed
        RunAnalysis analysis = _analyzer.Finish(At(130_000), [Outcome(0, 0)]);
        Assert.Equal([0UL, 1, 2, 3, 4], _finished.Select(fill => fill.Fill.ExecutionId.Low));
        Assert.Equal(_finished.Take(3), analysis.Fills);
        Assert.Equal(5, analysis.FillCount);
    }

    [Fact]
    public void Prices_are_kept_of_instruments_that_traded()
    {
        _analyzer.OnQuote(Quote(At(0), 1, 2, instrument: 0));
        _analyzer.OnQuote(Quote(At(1), 10, 11, instrument: 1));
        _analyzer.OnFill(Fill(At(2), Side.Buy, 11, 1, Liquidity.Taker, instrument: 1));
        _analyzer.OnFill(Fill(At(3), Side.Sell, 12, 1, Liquidity.Maker, instrument: 1));
        PriceHistory history = Assert.Single(_analyzer.Finish(At(3), [Outcome(0, 1)]).Prices);
        Assert.Equal(1, history.Instrument.Index);
        Assert.Equal([new SeriesPoint(At(1), 10e9, 11e9)], history.Quotes.ToArray());
        Assert.Equal([new FillMark(At(2), Price.From(11), Quantity.Units(1), Liquidity.Taker)], history.Buys);
        Assert.Equal([new FillMark(At(3), Price.From(12), Quantity.Units(1), Liquidity.Maker)], history.Sells);
    }

    [Fact]
    public void Everything_comes_together_at_the_end()
    {
        _analyzer.OnQuote(Quote(At(0), 99, 101));
        _analyzer.OnOrder(Order(At(0), 1, OrderStatus.None, OrderStatus.PendingNew));
        _analyzer.OnOrder(Order(At(1), 1, OrderStatus.PendingNew, OrderStatus.Open, queueAhead: 7));
        _analyzer.OnFill(Fill(At(2), Side.Buy, 99, 1, fee: 0.5m, queueAhead: 0));
        _analyzer.OnPosition(Position(At(2), 1));
        _analyzer.OnOrder(Order(At(2), 1, OrderStatus.Open, OrderStatus.Filled, cumulative: 1));
        _analyzer.OnEquity(Equity(At(2), 100, 1, 0.5m));
        RunAnalysis analysis = _analyzer.Finish(At(200), [Outcome(0, 0, unrealized: 1, fees: 0.5m)]);

        Assert.Equal((10m, -9m, 0.5m), (analysis.Profits[0].Spread, analysis.Profits[0].Inventory, analysis.Profits[0].Fees));      // the multiplier is 10
        Assert.Equal((1, 10.0), (analysis.Markouts[0].Count, analysis.Markouts[0].MeanMoney));
        Assert.Equal(0, analysis.Markouts[1].Count);      // the run ended before a second had passed
        Assert.Equal(1, analysis.Strategies[0].FillRate.OfOrders);
        Assert.Equal((7.0, 0.0), (analysis.Strategies[0].AtPlacement.Mean, analysis.Strategies[0].AtFill.Mean));
        Assert.Equal(1, Assert.Single(analysis.Inventory[0].Quantity.ToArray()).Low);
        Assert.Equal(100.5, Assert.Single(analysis.Equity[0].Equity.ToArray()).Low);
        Assert.Equal(OrderStatus.Filled, Assert.Single(analysis.Orders).Status);
        Assert.Equal(("maker", "external", "AAA", ""), (analysis.StrategyName(0), analysis.StrategyName(ushort.MaxValue), analysis.Symbol(new InstrumentId(0)), analysis.Symbol(new InstrumentId(9))));
    }

    [Fact]
    public void Orders_that_are_not_ours_are_told_apart()
    {
        _analyzer.OnFill(Fill(At(0), Side.Buy, 99, 1, strategy: ushort.MaxValue));
        RunAnalysis analysis = _analyzer.Finish(At(200), [Outcome(ushort.MaxValue, 0)]);
        Assert.Equal("external", analysis.StrategyName(Assert.Single(analysis.Profits).Strategy));
    }

    [Fact]
    public void A_run_ends_once()
    {
        _analyzer.Finish(At(0), []);
        Assert.Throws<InvariantException>(() => _analyzer.Finish(At(0), []));
    }

    [Fact]
    public void Quotes_allocate_nothing_once_their_series_has_its_size()
    {
        QuoteEvent quote = Quote(At(0), 100, 101);
        Quotes();
        Assert.Equal(0, Allocated.AtLeast(Quotes));

        void Quotes()
        {
            for (int i = 0; i < 10_000; i++)
            {
                quote.Header.ReceiveTime += Duration.FromMilliseconds(1);
                quote.Bid = new Price(quote.Bid.Nanos + (i % 2 == 0 ? 1 : -1));
                _analyzer.OnQuote(quote);
            }
        }
    }

    /// <summary>They may come in the middle of a venue event: a quote of the same moment is still to follow.</summary>
    [Fact]
    public void What_strategies_write_settles_no_markout()
    {
        foreach (bool isWritten in new[] { false, true })
        {
            RunAnalyzer analyzer = Analyzer();
            analyzer.OnQuote(Quote(At(0), 99, 101));
            analyzer.OnFill(Fill(At(0), Side.Buy, 100, 1));
            analyzer.OnPosition(Position(At(0), 1));
            if (isWritten)
            {
                analyzer.OnPlot(Plot(At(150), "x", 1));
                analyzer.OnAnnotation(Annotation(At(150), "x"));
                analyzer.OnLog(Entry(At(150), LogLevel.Error, "x") with { Output = default });
            }
            analyzer.OnQuote(Quote(At(100), 109, 111));      // a clock that notes had moved would be past this one's mark-out
            RunAnalysis analysis = analyzer.Finish(At(200), [new PositionOutcome(0, new InstrumentId(0), Usd, Quantity.Units(1), 0, 0, 0)]);
            Assert.Equal(Price.From(110), analysis.Fills[0].MidAfter(0).ToPrice());
            Assert.Equal(isWritten ? (1, 1, 1) : (0, 0, 0), (analysis.Plots.Count, analysis.Annotations.Count, analysis.Log.Count));
        }
    }

    private RunAnalyzer Analyzer()
    {
        InstrumentDefinition[] instruments = [Instrument(0, "AAA", multiplier: 10), Instrument(1, "BBB")];
        AnalysisOptions options = new()
        {
            Currency = Usd,
            Strategies = ["maker"],
            Instrument = id => id.Index < instruments.Length ? instruments[id.Index] : null,
            SeriesPointsMax = 50,
            TableRowsMax = 3,
        };
        return new RunAnalyzer(options, _finished.Add);
    }

    private static PositionOutcome Outcome(ushort strategy, int instrument, decimal unrealized = 0, decimal fees = 0) =>
        new(strategy, new InstrumentId(instrument), Usd, Quantity.Zero, 0, unrealized, fees);
}
