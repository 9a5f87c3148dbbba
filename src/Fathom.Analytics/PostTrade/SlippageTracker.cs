using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>Follows the orders' fills against the mids at which they were decided and at which they reached the market. Memory: the live orders, and a sum per strategy and instrument. An execution
/// that is taken back after its order's end changes nothing here: what the order cost was added up then.</summary>
internal sealed class SlippageTracker(AnalysisOptions options, MarketTape market)
{
    private readonly Dictionary<ClientOrderId, OrderSlippage> _live = [];      // looked up only; listed by number
    private readonly SortedDictionary<(ushort Strategy, int Instrument), SlippageSums> _sums = [];
    private OrderSlippage? _newest;
    private long _count;

    /// <summary>Of an order of which something was told just now, live or ended by it; null of one that is not followed.</summary>
    public OrderSlippage? Find(ClientOrderId order) => _newest is { } newest && newest.Id == order ? newest : _live.GetValueOrDefault(order);

    public void Note(in OrderEvent change)
    {
        if (change.To == OrderStatus.None) return;
        if (change.From == OrderStatus.None)
        {
            Begin(in change);
            return;
        }
        if (!_live.TryGetValue(change.ClientOrderId, out OrderSlippage? order)) return;
        _newest = order;
        if (change.From == change.To) return;      // a request that changed nothing; price and quantity are those that were asked for
        Mid mid = market.Mid(order.Instrument);
        order.Quantity = change.Quantity;
        if (change.To == OrderStatus.PendingNew) Send(order, mid);
        else if (IsAnswer(in change)) order.NoteAnswered(mid);
        if (change.To.IsTerminal()) End(order, mid);
    }

    public void Note(in FillEvent fill)
    {
        if (!_live.TryGetValue(fill.ClientOrderId, out OrderSlippage? order)) return;
        _newest = order;
        order.NoteAnswered(market.Mid(order.Instrument));
        Int128 signed = fill.Side == order.Side ? fill.Quantity.Nanos : -(Int128)fill.Quantity.Nanos;
        order.NoteFill(fill.Price, signed);
        if (options.Instrument(order.Instrument) is { } instrument) SumsOf(order).NoteFill(order, in instrument, fill.Price, signed, fill.FeeNanos);
    }

    /// <summary>After the last event: what is live counts as it stands.</summary>
    public List<StrategySlippage> Finish()
    {
        foreach (OrderSlippage order in _live.Values.OrderBy(order => order.Number)) AddUp(order, market.Mid(order.Instrument));
        List<StrategySlippage> results = [];
        foreach (((ushort strategy, int index), SlippageSums sums) in _sums)
        {
            InstrumentId instrument = new(index);
            CurrencyCode currency = options.Instrument(instrument) is { Currency.IsNone: false } definition ? definition.Currency : options.Currency;
            results.Add(sums.Result(strategy, instrument, currency));
        }
        return results;
    }

    private void Begin(in OrderEvent change)
    {
        OrderSlippage order = new(change.ClientOrderId, change.Output.Strategy, change.Header.Instrument, change.Side, ++_count) { Quantity = change.Quantity };
        order.NoteDecided(market.Mid(order.Instrument));
        if (change.To is not (OrderStatus.Held or OrderStatus.Created) && !change.To.IsTerminal()) order.NoteSent();
        _newest = order;
        if (!change.To.IsTerminal()) _live.Add(order.Id, order);
    }

    /// <summary>One that was held is decided when it leaves.</summary>
    private static void Send(OrderSlippage order, Mid mid)
    {
        if (!order.IsSent) order.NoteDecided(mid);
        order.NoteSent();
    }

    /// <summary>Whatever comes from the venue; what we ask of it, and that it did not answer, does not.</summary>
    private static bool IsAnswer(in OrderEvent change) =>
        change.To is not (OrderStatus.PendingReplace or OrderStatus.PendingCancel or OrderStatus.Unknown or OrderStatus.Held or OrderStatus.Created);

    private void End(OrderSlippage order, Mid mid)
    {
        _live.Remove(order.Id);
        AddUp(order, mid);
    }

    private void AddUp(OrderSlippage order, Mid mid)
    {
        if (order.IsSent && options.Instrument(order.Instrument) is { } instrument) SumsOf(order).NoteEnded(order, in instrument, mid);
    }

    private SlippageSums SumsOf(OrderSlippage order)
    {
        (ushort, int) key = (order.Strategy, order.Instrument.Index);
        if (!_sums.TryGetValue(key, out SlippageSums? sums)) _sums.Add(key, sums = new SlippageSums());
        return sums;
    }
}
