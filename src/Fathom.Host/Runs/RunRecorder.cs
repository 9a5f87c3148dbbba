using Fathom.Analytics.Fills;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Reports;
using Fathom.Analytics.Risk;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Host.Runs;

/// <summary>Streams a run to its files: <c>orders.csv</c> (a row per change of status), <c>fills.csv</c> (per execution), <c>positions.csv</c> (per change of a position),
/// <c>equity.csv</c> (per published equity) and <c>markouts.csv</c> (per execution, once its last horizon has passed); what strategies write through a <see cref="NoteRecorder"/>, what risk does through a <see cref="RiskRecorder"/>.</summary>
public sealed class RunRecorder : IRunObserver, IDisposable
{
    private static readonly string[] OrderColumns =
    [
        "client_order_id", "strategy", "instrument", "side", "type", "time_in_force", "price", "trigger_price", "quantity", "from", "to", "reason", "cumulative", "leaves",
        "queue_ahead", "decision_time", "venue_time", "receive_time", "scope", "limit", "found", "decision_mid", "arrival_mid", "slippage_decision_bps", "slippage_arrival_bps",
    ];

    private static readonly string[] FillColumns =
    [
        "execution_id", "client_order_id", "strategy", "instrument", "side", "price", "quantity", "liquidity", "fee", "currency", "venue_time", "receive_time",
        "position", "queue_ahead",
    ];

    private static readonly string[] PositionColumns =
        ["time", "venue_time", "strategy", "instrument", "position_side", "quantity", "average_price", "realized_pnl", "fees", "currency"];

    private static readonly string[] EquityColumns = ["time", "currency", "equity", "realized_pnl", "unrealized_pnl", "fees"];

    private readonly Func<InstrumentId, InstrumentDefinition?> _instruments;
    private readonly IReadOnlyList<string> _strategies;
    private readonly List<CsvFile> _files = [];
    private readonly CsvFile _orders, _fills, _positions, _equity, _markouts;
    private readonly NoteRecorder _notes;
    private readonly RiskRecorder _risk;
    private readonly Func<ClientOrderId, OrderSlippage?> _slippage;
    private readonly int _horizons;
    private readonly Dictionary<InstrumentId, string> _symbols = [];
    private readonly SortedDictionary<ReasonCode, long> _reasons = [];

    /// <param name="instruments">For their symbols: the instrument as the engine knows it; null where it knows none.</param>
    /// <param name="strategies">Names of the run's strategies, by number.</param>
    /// <param name="horizons">Of the mark-outs.</param>
    /// <param name="slippage">Of an order, as it stands with the event that is being told; null where nobody knows.</param>
    /// <exception cref="InputException">A file cannot be made there.</exception>
    public RunRecorder(RunFolder folder, Func<InstrumentId, InstrumentDefinition?> instruments, IReadOnlyList<string> strategies, IReadOnlyList<Duration> horizons, Func<ClientOrderId, OrderSlippage?> slippage)
    {
        _instruments = instruments;
        _strategies = strategies;
        _horizons = horizons.Count;
        _slippage = slippage;
        _notes = new NoteRecorder(folder, output => Owner(output.Strategy), Symbol);
        _risk = new RiskRecorder(folder, Owner, Symbol);
        CsvFile Open(string name, IEnumerable<string> columns)
        {
            CsvFile file = CsvFile.Create(folder.PathOf(name), columns);
            _files.Add(file);
            return file;
        }
        try
        {
            _orders = Open(RunFolder.Orders, OrderColumns);
            _fills = Open(RunFolder.Fills, FillColumns);
            _positions = Open(RunFolder.Positions, PositionColumns);
            _equity = Open(RunFolder.Equity, EquityColumns);
            _markouts = Open(RunFolder.Markouts, MarkoutColumns(horizons));
        }
        catch
        {
            Dispose();      // nobody else can: nothing half-written stays
            throw;
        }
    }

    /// <summary>Sum of all executed quantities.</summary>
    public Volume Traded { get; private set; }

    /// <summary>Why orders, replacements and cancels were refused or rejected, and how many.</summary>
    public IReadOnlyDictionary<ReasonCode, long> Reasons => _reasons;

    public void OnOrder(in OrderEvent change)
    {
        _orders.Add(change.ClientOrderId.ToString());
        _orders.Add(Owner(change.Output.Strategy));
        _orders.Add(Symbol(change.Header.Instrument));
        _orders.Add(Words.Of(change.Side));
        _orders.Add(Words.Of(change.Type));
        _orders.Add(Words.Of(change.TimeInForce));
        _orders.Add(change.Price);
        _orders.Add(change.TriggerPrice);
        _orders.Add(change.Quantity);
        _orders.Add(Words.Of(change.From));
        _orders.Add(Words.Of(change.To));
        _orders.Add(Words.Of(change.Reason));
        _orders.Add(change.Cumulative);
        _orders.Add(change.Leaves);
        _orders.Add(change.QueueAhead);
        AddTime(_orders, change.DecisionTime);
        AddTime(_orders, change.Header.EventTime);
        AddTime(_orders, change.Header.ReceiveTime);
        AddRefusal(in change);
        AddSlippage(_slippage(change.ClientOrderId));
        _orders.EndRow();
        _risk.OnOrder(in change);
        if (IsNo(in change)) _reasons[change.Reason] = _reasons.GetValueOrDefault(change.Reason) + 1;
    }

    public void OnCommand(in OrderCommand command) => _risk.OnCommand(in command);

    public void OnRiskState(in RiskStateEvent change) => _risk.OnRiskState(in change);

    public void OnAdjustment(in AdjustmentEvent adjustment) => _risk.OnAdjustment(in adjustment);

    public void OnKill(in KillEvent kill) => _risk.OnKill(in kill);

    public void OnFill(in FillEvent fill)
    {
        _fills.Add(fill.ExecutionId.ToString());
        _fills.Add(fill.ClientOrderId.ToString());
        _fills.Add(Owner(fill.Output.Strategy));
        _fills.Add(Symbol(fill.Header.Instrument));
        _fills.Add(Words.Of(fill.Side));
        _fills.Add(fill.Price);
        _fills.Add(fill.Quantity);
        _fills.Add(Words.Of(fill.Liquidity));
        _fills.Add(new Quantity(fill.FeeNanos));
        _fills.Add(fill.Currency.ToString());
        AddTime(_fills, fill.Header.EventTime);
        AddTime(_fills, fill.Header.ReceiveTime);
        _fills.Add(fill.Position);
        _fills.Add(fill.QueueAhead);
        _fills.EndRow();
        Traded += fill.Quantity;
    }

    public void OnPosition(in PositionEvent position)
    {
        AddTime(_positions, position.Header.ReceiveTime);
        AddTime(_positions, position.Header.EventTime);
        _positions.Add(Owner(position.Output.Strategy));
        _positions.Add(Symbol(position.Header.Instrument));
        _positions.Add(Words.Of(position.Side));
        _positions.Add(position.Quantity);
        _positions.Add(position.AveragePrice);
        AddMoney(_positions, position.RealizedNanos);
        AddMoney(_positions, position.FeesNanos);
        _positions.Add(position.Currency.ToString());
        _positions.EndRow();
    }

    public void OnEquity(in EquityEvent equity)
    {
        AddTime(_equity, equity.Header.ReceiveTime);
        _equity.Add(equity.Currency.ToString());
        AddMoney(_equity, equity.EquityNanos);
        AddMoney(_equity, equity.RealizedNanos);
        AddMoney(_equity, equity.UnrealizedNanos);
        AddMoney(_equity, equity.FeesNanos);
        _equity.EndRow();
    }

    public void OnPlot(in PlotEvent plot) => _notes.OnPlot(in plot);

    public void OnAnnotation(in AnnotationEvent annotation) => _notes.OnAnnotation(in annotation);

    public void OnLog(in LogEvent entry) => _notes.OnLog(in entry);

    /// <summary>A fill whose last horizon has passed.</summary>
    public void OnMarkedFill(MarkedFill marked)
    {
        ref readonly FillEvent fill = ref marked.Fill;
        _markouts.Add(fill.ExecutionId.ToString());
        _markouts.Add(Owner(fill.Output.Strategy));
        _markouts.Add(Symbol(fill.Header.Instrument));
        _markouts.Add(Words.Of(fill.Side));
        _markouts.Add(fill.Price);
        _markouts.Add(fill.Quantity);
        _markouts.Add(Words.Of(fill.Liquidity));
        AddTime(_markouts, marked.Time);
        _markouts.Add(marked.MidAtFill.ToPrice());
        for (int horizon = 0; horizon < _horizons; horizon++)
        {
            _markouts.Add(marked.MidAfter(horizon).ToPrice());
            _markouts.Add(marked.Markout(horizon));
        }
        _markouts.EndRow();
    }

    /// <summary>Gives the files their names.</summary>
    public void Complete()
    {
        foreach (CsvFile file in _files) file.Complete();
        _notes.Complete();
        _risk.Complete();
    }

    public void Dispose()
    {
        foreach (CsvFile file in _files) file.Dispose();
        _notes.Dispose();
        _risk.Dispose();
    }

    /// <summary>The numbers behind our own gate's no.</summary>
    private void AddRefusal(in OrderEvent change)
    {
        bool isRefusal = RiskEntry.IsRefusal(in change);
        _orders.Add(Words.Of(change.Scope));
        _orders.Add(isRefusal ? RiskNumbers.Of(change.Reason, change.Limit) : "");
        _orders.Add(isRefusal ? RiskNumbers.Of(change.Reason, change.Found) : "");
    }

    private void AddSlippage(OrderSlippage? slippage)
    {
        _orders.Add(slippage?.DecisionMid.ToPrice() ?? Price.None);
        _orders.Add(slippage?.ArrivalMid.ToPrice() ?? Price.None);
        _orders.Add(slippage?.DecisionBps ?? double.NaN);
        _orders.Add(slippage?.ArrivalBps ?? double.NaN);
    }

    private static IEnumerable<string> MarkoutColumns(IReadOnlyList<Duration> horizons) =>
    [
        "execution_id", "strategy", "instrument", "side", "price", "quantity", "liquidity", "time", "mid_at_fill",
        .. horizons.SelectMany(horizon => (string[])[$"mid_{horizon}", $"markout_{horizon}"]),
    ];

    /// <summary>Somebody said no: to an order, or to a replacement or cancel of one that goes on living. Why an exit order is there is no such reason.</summary>
    private static bool IsNo(in OrderEvent change) =>
        change.To is OrderStatus.Refused or OrderStatus.Rejected ||
        (change.Reason is not (ReasonCode.None or (>= ReasonCode.StopLoss and <= ReasonCode.TimeStop)) && change.To != OrderStatus.None && !change.To.IsTerminal());

    private string Owner(ushort strategy) => strategy == TradingEngine.ExternalStrategy ? "external" : _strategies[strategy];

    /// <summary>Empty where there is no such instrument: a strategy may ask for anything, and its refusal is recorded too.</summary>
    private string Symbol(InstrumentId instrument)
    {
        if (_symbols.TryGetValue(instrument, out string? symbol)) return symbol;
        if (_instruments(instrument) is not { } known) return "";
        return _symbols[instrument] = known.Symbol.ToString();
    }

    private static void AddMoney(CsvFile file, Int128 nanos) => file.Add(ReportNumbers.Money((decimal)nanos / Price.Scale));

    private static void AddTime(CsvFile file, Timestamp time)
    {
        if (time.IsNone) file.AddEmpty();
        else file.Add(time.Nanos);
    }
}
