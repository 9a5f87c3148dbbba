using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Host.Files;

namespace Fathom.Host.Runs;

/// <summary>Streams what happened to our orders to <c>orders.csv</c> (a row per change of status) and <c>fills.csv</c> (a row per execution).</summary>
/// <param name="symbolOf">The venue's symbol of an instrument.</param>
/// <param name="strategy">Name of the run's strategy.</param>
public sealed class RunRecorder(RunFolder folder, Func<InstrumentId, string> symbolOf, string strategy) : IRunObserver, IDisposable
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

    private readonly CsvFile _orders = CsvFile.Create(folder.PathOf("orders.csv"), OrderColumns);
    private readonly CsvFile _fills = CsvFile.Create(folder.PathOf("fills.csv"), FillColumns);
    private readonly List<string> _symbols = [];

    public void OnCommand(in OrderCommand command) { }

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
    }

    /// <summary>Gives the files their names.</summary>
    public void Commit()
    {
        _orders.Commit();
        _fills.Commit();
    }

    public void Dispose()
    {
        _orders.Dispose();
        _fills.Dispose();
    }

    private string Owner(in OutputHeader output) => output.Strategy == TradingEngine.ExternalStrategy ? "external" : strategy;

    private string Symbol(InstrumentId instrument)
    {
        while (_symbols.Count <= instrument.Index) _symbols.Add(symbolOf(new InstrumentId(_symbols.Count)));
        return _symbols[instrument.Index];
    }

    private static void AddTime(CsvFile file, Timestamp time)
    {
        if (time.IsNone) file.AddEmpty();
        else file.Add(time.Nanos);
    }
}
