using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What the simulated venue keeps of one instrument in which we trade.</summary>
internal sealed class VenueInstrument(InstrumentId id, OrderBook book)
{
    public const int WaitingMax = 1 << 20;

    /// <summary>Speaks of a level, of a rebuilt book, or of one that is not to be trusted.</summary>
    public const BookFlags Odd = BookFlags.Snapshot | BookFlags.TopOfBook | BookFlags.Aggregated | BookFlags.MaybeBadBook;

    private byte[] _event = new byte[4096];
    private int _eventBytes;
    private TradingState? _gatheredState;
    private bool _hasPrint;
    private bool _hasFill;

    public InstrumentId Id { get; } = id;

    /// <summary>The tape's book: our orders are not in it.</summary>
    public OrderBook Book { get; } = book;

    public RestingOrders Orders { get; } = new();

    public LiquidityLedger Ledger { get; } = new();

    /// <summary>Stops of ours that wait for their trigger.</summary>
    public WaitingOrders Stops { get; } = new();

    /// <summary>Reduce-only orders of ours that rest, in order of acceptance.</summary>
    public List<OwnOrder> Reducing { get; } = [];

    /// <summary>Orders whose time was up while an event of the instrument was open, the first first.</summary>
    public List<OwnOrder> Overdue { get; } = [];

    /// <summary>Commands that arrived while an event of the instrument was open, oldest first.</summary>
    public Ring<OrderCommand> Waiting { get; } = new(WaitingMax);

    /// <summary>The end of an event has to be looked at, whatever was in it.</summary>
    public bool WaitsForEnd => !Stops.IsEmpty | Overdue.Count > 0;

    public bool IsGathering => _eventBytes > 0;

    /// <summary>Messages of the open event since its start, gathered while orders of ours rest.</summary>
    public ReadOnlySpan<byte> Gathered => _event.AsSpan(0, _eventBytes);

    /// <summary>A message of the open event can concern us, so that all of them have to be judged.</summary>
    public bool IsEventOurs { get; private set; }

    /// <summary>The open event has trades that can reach us, and so far names no fill.</summary>
    public bool HasPrintsOnly => _hasPrint && !_hasFill;

    /// <summary>False when the message, alone or in whatever event, neither fills an order of ours nor moves its place nor touches what we took: then the
    /// book is all that has to know of it.</summary>
    /// <remarks>Adds and cancels follow each other like the faces of a coin, and so do sides: no branch may depend on them. So a cancel is asked for its price
    /// as well; the tape's cancels at or through our prices are few.</remarks>
    public bool CanConcern(in MarketByOrder record) =>
        (record.Flags & Odd) != 0 || record.Action is BookAction.Fill or BookAction.Clear or BookAction.Unknown ||
        Ledger.MayHold(record.OrderId) || Orders.IsReachedBy(record.Side, record.Price);      // of a trade: the aggressor's side

    /// <summary>False when the message leaves what is noted in the ledger as it is.</summary>
    public bool CanTouchLedger(in MarketByOrder record) =>
        !Ledger.IsEmpty && ((record.Flags & Odd) != 0 || record.Action == BookAction.Clear || Ledger.MayHold(record.OrderId));

    public void Gather(in MarketByOrder record)
    {
        MemoryMarshal.AsRef<MarketByOrder>(Room(Unsafe.SizeOf<MarketByOrder>())) = record;
        bool isOurs = CanConcern(in record);
        IsEventOurs |= isOurs;
        _hasFill |= record.Action == BookAction.Fill;
        _hasPrint |= isOurs & record.Action == BookAction.Trade;
    }

    /// <summary>Gathers a message of another type: it changes how the others are judged.</summary>
    public void GatherOther(ReadOnlySpan<byte> message)
    {
        if (Messages.Header(message).Type == MessageType.TradingStateChanged) _gatheredState = Messages.As<TradingStateChanged>(message).State;
        message.CopyTo(Room(message.Length));
        IsEventOurs = true;
    }

    public void DropGathered()
    {
        _eventBytes = 0;
        IsEventOurs = false;
        _hasPrint = false;
        _hasFill = false;
        _gatheredState = null;
    }

    // ---- our orders

    /// <summary>How much an order of that side may fill before the position is flat.</summary>
    public Quantity RoomToReduce(Side side) => new((long)Int128.Clamp(side == Side.Sell ? Position : -Position, 0, long.MaxValue - 1));

    /// <summary>The account's position in nanos: the sum of its executions.</summary>
    public Int128 Position { get; private set; }

    /// <summary>An execution moves the position.</summary>
    public void Move(Int128 nanos) => Position += nanos;

    /// <summary>The order rests from now on.</summary>
    public void Place(OwnOrder order)
    {
        Orders.Add(order);
        order.IsResting = true;
        if (!order.IsReduceOnly) return;
        int at = Reducing.Count;
        while (at > 0 && order.VenueOrderId < Reducing[at - 1].VenueOrderId) at--;
        Reducing.Insert(at, order);
    }

    /// <summary>The order, which rests, leaves its queue.</summary>
    public void Withdraw(OwnOrder order)
    {
        Orders.Remove(order);
        order.IsResting = false;
        if (order.IsReduceOnly) Reducing.Remove(order);
    }

    /// <summary>Takes note of a trade of the open event for the stops that watch trades. It counts by the trading state in which it comes.</summary>
    /// <param name="applied">The state as the messages that were applied have said.</param>
    public void NoteTrade(in MarketByOrder trade, TradingState applied)
    {
        if ((_gatheredState ?? applied).Matches()) Stops.NoteTrade(trade.Price);
    }

    private Span<byte> Room(int length)
    {
        int at = _eventBytes;
        if (at + length > _event.Length) Array.Resize(ref _event, _event.Length * 2);
        _eventBytes = at + length;
        return _event.AsSpan(at, length);
    }
}
