using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What a shared tape keeps of one instrument in which some venue trades: its open event, and how far all venues' orders reach together.</summary>
internal sealed class TapeInstrument(InstrumentId id, OrderBook book)
{
    private readonly List<TapeWatcher> _watchers = [];
    private readonly ulong[] _taken = new ulong[LiquidityLedger.FilterWords];
    private byte[] _event = new byte[4096];
    private int _eventBytes;
    private bool _hasOrders, _hasTaken;
    private long _sellTo = long.MinValue, _buyFrom = long.MaxValue;

    public InstrumentId Id { get; } = id;

    /// <summary>The tape's book: nobody's orders of ours are in it.</summary>
    public OrderBook Book { get; } = book;

    /// <summary>In the order in which they began to trade here.</summary>
    public ReadOnlySpan<TapeWatcher> Watchers => CollectionsMarshal.AsSpan(_watchers);

    /// <summary>Orders or ledgers changed since the bounds over all venues were worked out.</summary>
    public bool IsChanged { get; set; }

    /// <summary>At some venue orders of ours rest here.</summary>
    public bool HasOrders
    {
        get
        {
            if (IsChanged) Renew();
            return _hasOrders;
        }
    }

    public bool IsGathering => _eventBytes > 0;

    /// <summary>Messages of the open event since its start, gathered while orders of ours rest at some venue.</summary>
    public ReadOnlySpan<byte> Gathered => _event.AsSpan(0, _eventBytes);

    /// <summary>A gathered message can concern some venue.</summary>
    public bool IsEventOurs { get; private set; }

    /// <summary>The gathered event names fills.</summary>
    public bool HasFill { get; private set; }

    public void Add(TapeWatcher watcher)
    {
        _watchers.Add(watcher);
        IsChanged = true;
    }

    /// <summary>False: <see cref="VenueInstrument.CanConcern"/> is false at every venue.</summary>
    public bool CanConcern(in MarketByOrder record)
    {
        if (IsChanged) Renew();
        return (record.Flags & VenueInstrument.Odd) != 0 || record.Action is BookAction.Fill or BookAction.Clear or BookAction.Unknown ||
               (_hasTaken && LiquidityLedger.MayHold(_taken, record.OrderId)) ||
               (record.Side == Side.Sell & record.Price.Nanos <= _sellTo) | (record.Side == Side.Buy & record.Price.Nanos >= _buyFrom);
    }

    public void Gather(in MarketByOrder record)
    {
        MemoryMarshal.AsRef<MarketByOrder>(Room(Unsafe.SizeOf<MarketByOrder>())) = record;
        IsEventOurs |= CanConcern(in record);
        HasFill |= record.Action == BookAction.Fill;
    }

    /// <summary>The newest trading state among the gathered messages; null when none of them states it.</summary>
    public TradingState? GatheredState { get; private set; }

    public void GatherOther(ReadOnlySpan<byte> message)
    {
        if (Messages.Header(message).Type == MessageType.TradingStateChanged) GatheredState = Messages.As<TradingStateChanged>(message).State;
        message.CopyTo(Room(message.Length));
    }

    public void DropGathered()
    {
        _eventBytes = 0;
        IsEventOurs = HasFill = false;
        GatheredState = null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew()
    {
        IsChanged = false;
        (_sellTo, _buyFrom, _hasOrders) = (long.MinValue, long.MaxValue, false);
        if (_hasTaken) Array.Clear(_taken);
        _hasTaken = false;
        foreach (TapeWatcher watcher in _watchers)
        {
            RestingOrders orders = watcher.Instrument.Orders;
            _hasOrders |= !orders.IsEmpty;
            _sellTo = Math.Max(_sellTo, orders.ReachedBySellTo);
            _buyFrom = Math.Min(_buyFrom, orders.ReachedByBuyFrom);
            if (watcher.Instrument.Ledger.IsEmpty) continue;
            _hasTaken = true;
            watcher.Instrument.Ledger.AddFilterTo(_taken);
        }
    }

    private Span<byte> Room(int length)
    {
        int at = _eventBytes;
        if (at + length > _event.Length) Array.Resize(ref _event, _event.Length * 2);
        _eventBytes = at + length;
        return _event.AsSpan(at, length);
    }
}
