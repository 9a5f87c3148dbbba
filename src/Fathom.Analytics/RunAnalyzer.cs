using Fathom.Analytics.Fills;
using Fathom.Analytics.Notes;
using Fathom.Analytics.Orders;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Profit;
using Fathom.Analytics.Quotes;
using Fathom.Analytics.Risk;
using Fathom.Analytics.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Analytics;

/// <summary>
/// Watches a run and says in the end what it was worth. Every event of the market or of an order first moves the clock, which settles the mark-outs that have become due, and is then taken.
/// Memory is bounded over the length of a run; it grows with the instruments that were quoted, the positions, and the live orders. A quote costs two looks
/// into an array and allocates nothing once its series has its size.
/// </summary>
public sealed class RunAnalyzer : IRunObserver
{
    private readonly AnalysisOptions _options;
    private readonly Action<MarkedFill>? _finished;
    private readonly MarketTape _market;
    private readonly MarkoutQueue _waiting;
    private readonly MarkoutSums _markouts;
    private readonly PositionRecords _positions;
    private readonly OrderRecords _orders;
    private readonly EquityTracker _equity;
    private readonly NoteTracker _notes;
    private readonly SlippageTracker _slippage;
    private readonly RiskTracker _risk;
    private readonly List<MarkedFill> _fills = [];
    private long _fillCount;
    private bool _isFinished;

    /// <param name="finished">Is given every fill, in their order, each when its last horizon has passed or the run has ended. May be null.</param>
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public RunAnalyzer(AnalysisOptions options, Action<MarkedFill>? finished = null)
    {
        _options = options;
        _finished = finished;
        _market = new MarketTape(options.SeriesPointsMax, options.FillMarksMax);
        _waiting = new MarkoutQueue(options.Horizons, _market, Take);
        _markouts = new MarkoutSums(options.Horizons);
        _positions = new PositionRecords(options.SeriesPointsMax);
        _orders = new OrderRecords(options.Strategies.Count, options.TableRowsMax, options.SampleMax);
        _equity = new EquityTracker(options.Currency, options.SeriesPointsMax);
        _notes = new NoteTracker(options);
        _slippage = new SlippageTracker(options, _market);
        _risk = new RiskTracker(options);
    }

    public void OnQuote(in QuoteEvent quote)
    {
        _waiting.Advance(quote.Header.ReceiveTime);
        _market.Note(quote);
    }

    public void OnCommand(in OrderCommand command)
    {
        _waiting.Advance(command.Header.ReceiveTime);
        _risk.Note(in command);
    }

    public void OnOrder(in OrderEvent change)
    {
        _waiting.Advance(change.Header.ReceiveTime);
        _orders.Note(change);
        _slippage.Note(change);
        _risk.Note(in change);
    }

    public void OnFill(in FillEvent fill)
    {
        _waiting.Advance(fill.Header.ReceiveTime);
        InstrumentId instrument = fill.Header.Instrument;
        InstrumentDefinition? definition = _options.Instrument(instrument);
        Invariant.Require(definition.HasValue, "an instrument is defined before it trades");
        MarkedFill marked = new(fill, _market.Mid(instrument), definition.Value.MultiplierNanos, definition.Value.Kind, _options.Horizons.Count);
        _market.Note(fill);
        _positions.Note(marked);
        _orders.Note(fill);
        _slippage.Note(fill);
        _waiting.Add(marked);
    }

    public void OnPosition(in PositionEvent position)
    {
        _waiting.Advance(position.Header.ReceiveTime);
        _positions.Note(position);
    }

    public void OnEquity(in EquityEvent equity)
    {
        _waiting.Advance(equity.Header.ReceiveTime);
        _equity.Note(equity);
    }

    /// <summary>An order's slippage as it stands behind the newest event of it; null where the order is not known or ended before.</summary>
    public OrderSlippage? SlippageOf(ClientOrderId order) => _slippage.Find(order);

    // What a strategy writes moves no clock here: a run's figures are the same with and without it.

    public void OnPlot(in PlotEvent plot) => _notes.Note(in plot);

    public void OnAnnotation(in AnnotationEvent annotation) => _notes.Note(in annotation);

    public void OnLog(in LogEvent entry) => _notes.Note(in entry);

    public void OnRiskState(in RiskStateEvent change) => _risk.Note(in change);

    public void OnAdjustment(in AdjustmentEvent adjustment) => _risk.Note(in adjustment);

    public void OnKill(in KillEvent kill) => _risk.Note(in kill);

    /// <summary>After the last event, once: hands on the fills that still wait, and sums up.</summary>
    /// <param name="end">The engine's clock at the end.</param>
    /// <param name="positions">At least every position that had a fill.</param>
    /// <param name="first">First moment of the run, for what was so since before it; null: nothing was.</param>
    /// <exception cref="ArgumentException">A position that had a fill is missing.</exception>
    public RunAnalysis Finish(Timestamp end, IReadOnlyList<PositionOutcome> positions, Timestamp? first = null)
    {
        Invariant.Require(!_isFinished, "a run ends once");
        _isFinished = true;
        _waiting.Finish(end);
        return new RunAnalysis
        {
            Options = _options,
            Equity = _equity.Histories(),
            Inventory = Inventory(),
            Prices = Prices(),
            Profits = _positions.Split(positions),
            Markouts = _markouts.Means(),
            Slippage = _slippage.Finish(),
            Risk = _risk.Finish(first ?? end, end),
            Strategies = _orders.Results(),
            Fills = _fills,
            FillCount = _fillCount,
            Orders = _orders.Rows,
            OrderCount = _orders.Total,
            Plots = _notes.Plots(),
            Annotations = _notes.Annotations(),
            AnnotationCount = _notes.AnnotationTotal,
            Log = _notes.Records(),
            LogCount = _notes.RecordTotal,
        };
    }

    private void Take(MarkedFill fill)
    {
        _fillCount++;
        _markouts.Add(fill);
        if (_fills.Count < _options.TableRowsMax) _fills.Add(fill);
        _finished?.Invoke(fill);
    }

    private List<InventoryHistory> Inventory()
    {
        List<InventoryHistory> histories = [];
        foreach (((ushort strategy, int instrument), PositionRecord record) in _positions.All)
            histories.Add(new InventoryHistory(strategy, new InstrumentId(instrument), record.Inventory));
        return histories;
    }

    private List<PriceHistory> Prices()
    {
        List<PriceHistory> histories = [];
        for (int i = 0; i < _market.InstrumentCount; i++)
        {
            InstrumentId instrument = new(i);
            if (_market.Find(instrument) is { HasFill: true } tape)
                histories.Add(new PriceHistory(instrument, tape.Quotes, tape.Buys.Kept, tape.Sells.Kept));
        }
        return histories;
    }
}
