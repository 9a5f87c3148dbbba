using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;

namespace Fathom.Host.Runs;

/// <summary>Streams what happened to our orders to <c>orders.csv</c> (a row per change of status) and <c>fills.csv</c> (a row per execution).</summary>
public sealed class RunRecorder : IRunObserver, IDisposable
{
    private static readonly string[] OrderColumns =
    [
        "client_order_id", "strategy", "instrument", "side", "type", "time_in_force", "price", "quantity", "from", "to", "reason", "cumulative", "leaves",
        "queue_ahead", "decision_time", "venue_time", "receive_time",
    ];

    private static readonly string[] FillColumns =
    [
        "execution_id", "client_order_id", "strategy", "instrument", "side", "price", "quantity", "liquidity", "fee", "currency", "venue_time", "receive_time",
        "position", "queue_ahead",
    ];

    private readonly InstrumentRegistry _instruments;
    private readonly IReadOnlyList<string> _strategies;
    private readonly CsvFile _orders;
    private readonly CsvFile _fills;
    private readonly List<string> _symbols = [];
    private readonly SortedDictionary<ReasonCode, long> _reasons = [];

    /// <param name="instruments">For their symbols.</param>
    /// <param name="strategies">Names of the run's strategies, by number.</param>
    /// <exception cref="InputException">A file cannot be made there.</exception>
    public RunRecorder(RunFolder folder, InstrumentRegistry instruments, IReadOnlyList<string> strategies)
    {
        _instruments = instruments;
        _strategies = strategies;
        _orders = CsvFile.Create(folder.PathOf(RunFolder.Orders), OrderColumns);
        try
        {
            _fills = CsvFile.Create(folder.PathOf(RunFolder.Fills), FillColumns);
        }
        catch
        {
            _orders.Dispose();      // nobody else can: nothing half-written stays
            throw;
        }
    }

    /// <summary>Sum of all executed quantities.</summary>
    public Volume Traded { get; private set; }

    /// <summary>Why orders were refused or rejected, and how many.</summary>
    public IReadOnlyDictionary<ReasonCode, long> Reasons => _reasons;

    public void OnOrder(in OrderEvent change)
    {
        _orders.Add(change.ClientOrderId.ToString());
        _orders.Add(Owner(change.Output));
        _orders.Add(Symbol(change.Header.Instrument));
        _orders.Add(Words.Of(change.Side));
        _orders.Add(Words.Of(change.Type));
        _orders.Add(Words.Of(change.TimeInForce));
        _orders.Add(change.Price);
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
        _orders.EndRow();
        if (change.To is OrderStatus.Refused or OrderStatus.Rejected) _reasons[change.Reason] = _reasons.GetValueOrDefault(change.Reason) + 1;
    }

    public void OnFill(in FillEvent fill)
    {
        _fills.Add(fill.ExecutionId.ToString());
        _fills.Add(fill.ClientOrderId.ToString());
        _fills.Add(Owner(fill.Output));
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

    /// <summary>Gives the files their names.</summary>
    public void Complete()
    {
        _orders.Complete();
        _fills.Complete();
    }

    public void Dispose()
    {
        _orders.Dispose();
        _fills.Dispose();
    }

    private string Owner(in OutputHeader output) => output.Strategy == TradingEngine.ExternalStrategy ? "external" : _strategies[output.Strategy];

    /// <summary>Empty where there is no such instrument: a strategy may ask for anything, and its refusal is recorded too.</summary>
    private string Symbol(InstrumentId instrument)
    {
        if ((uint)instrument.Index >= (uint)_instruments.Count) return "";
        while (_symbols.Count <= instrument.Index) _symbols.Add(_instruments[new InstrumentId(_symbols.Count)].Symbol.ToString());
        return _symbols[instrument.Index];
    }

    private static void AddTime(CsvFile file, Timestamp time)
    {
        if (time.IsNone) file.AddEmpty();
        else file.Add(time.Nanos);
    }
}
