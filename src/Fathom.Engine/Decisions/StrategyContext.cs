using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Books;

namespace Fathom.Engine.Decisions;

/// <summary>What a strategy may see and ask for. Positions and orders are its own, not the account's.</summary>
public sealed class StrategyContext
{
    private readonly MarketState _market;
    private readonly OrderBlotter _blotter;
    private readonly Holdings _holdings;
    private readonly ClientOrderIds _ids;
    private readonly ushort _strategy;
    private Want[] _wants = new Want[16];

    internal StrategyContext(ushort strategy, MarketState market, OrderBlotter blotter, ClientOrderIds ids, Holdings holdings)
    {
        _strategy = strategy;
        _market = market;
        _blotter = blotter;
        _ids = ids;
        _holdings = holdings;
    }

    /// <summary>The engine's clock: receive time of the newest input, never going back.</summary>
    public Timestamp Clock { get; internal set; }

    /// <summary>Dense ids of instruments are below this.</summary>
    public int InstrumentCount => _market.Instruments.Count;

    /// <summary>False until the instrument has been defined.</summary>
    public bool IsDefined(InstrumentId instrument) => _market.Instruments.Contains(instrument);

    /// <summary>The instrument's tick, lot, multiplier and names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public ref readonly InstrumentDefinition Instrument(InstrumentId instrument)
    {
        RequireDefined(instrument);
        return ref _market.Instruments[instrument];
    }

    public TradingState TradingState(InstrumentId instrument) => _market.Instruments.StateOf(instrument);

    /// <exception cref="ArgumentOutOfRangeException">The instrument has not been defined.</exception>
    public IBookView Book(InstrumentId instrument)
    {
        RequireDefined(instrument);
        return _market.Books[instrument];
    }

    /// <summary>Signed.</summary>
    public Quantity Position(InstrumentId instrument) => _holdings.Quantity(instrument);

    /// <summary>Live orders, oldest first: from the moment a submission took effect, answered or not, until the order is terminal.</summary>
    public WorkingOrders WorkingOrders(InstrumentId instrument) => _blotter.Working(_strategy, instrument);

    /// <summary>The oldest live order of a side; false when there is none.</summary>
    public bool TryWorking(InstrumentId instrument, Side side, out WorkingOrder order)
    {
        for (Order? live = _blotter.First(instrument); live is not null; live = live.Next)
        {
            if (live.Side != side || live.Strategy != _strategy) continue;
            order = WorkingOrder.Of(live);
            return true;
        }
        order = default;
        return false;
    }

    /// <summary>False when the order is not live (yet, or any more).</summary>
    public bool TryOrder(ClientOrderId id, out WorkingOrder order)
    {
        bool isLive = _blotter.TryFind(id, out Order? found) && found.Strategy == _strategy;
        order = isLive ? WorkingOrder.Of(found!) : default;
        return isLive;
    }

    /// <summary>Asks for an order. It is judged and sent after the callback; a refusal comes back as <see cref="Strategy.OnOrder"/>.</summary>
    /// <returns>The order's name, at once.</returns>
    public ClientOrderId Submit(in OrderIntent intent)
    {
        ClientOrderId id = _ids.Next();
        Add(new Want(IsCancel: false, id, intent));
        return id;
    }

    /// <summary>Asks for the end of an order after the callback. When it is not live (any more) that comes back as <see cref="Strategy.OnOrder"/>;
    /// asking again while a cancel is on its way does nothing.</summary>
    public void Cancel(ClientOrderId order) => Add(new Want(IsCancel: true, order, default));

    internal ReadOnlySpan<Want> Wants => _wants.AsSpan(0, WantCount);

    internal int WantCount { get; private set; }

    internal void ClearWants() => WantCount = 0;

    /// <summary>A mistake of the strategy's, which halts it; further in it would look like a broken law of ours, which stops the engine.</summary>
    private void RequireDefined(InstrumentId instrument)
    {
        if (!IsDefined(instrument)) throw new ArgumentOutOfRangeException(nameof(instrument), instrument, "The instrument has not been defined.");
    }

    private void Add(in Want want)
    {
        if (WantCount == _wants.Length) Array.Resize(ref _wants, WantCount * 2);
        _wants[WantCount++] = want;
    }
}
