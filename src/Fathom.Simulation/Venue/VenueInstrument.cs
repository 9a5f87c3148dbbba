using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What the simulated venue keeps of one instrument in which we trade.</summary>
internal sealed class VenueInstrument(InstrumentId id, OrderBook book)
{
    public const int WaitingMax = 1 << 20;

    /// <summary>Speaks of a level, of a rebuilt book, or of one that is not to be trusted.</summary>
    private const BookFlags Odd = BookFlags.Snapshot | BookFlags.TopOfBook | BookFlags.Aggregated | BookFlags.MaybeBadBook;

    private byte[] _event = new byte[4096];
    private int _eventBytes;

    public InstrumentId Id { get; } = id;

    /// <summary>The tape's book: our orders are not in it.</summary>
    public OrderBook Book { get; } = book;

    public RestingOrders Orders { get; } = new();

    public LiquidityLedger Ledger { get; } = new();

    /// <summary>Commands that arrived while an event of the instrument was open, oldest first.</summary>
    public Ring<OrderCommand> Waiting { get; } = new(WaitingMax);

    public bool IsGathering => _eventBytes > 0;

    /// <summary>Messages of the open event since its start, gathered while orders of ours rest.</summary>
    public ReadOnlySpan<byte> Gathered => _event.AsSpan(0, _eventBytes);

    /// <summary>A message of the open event can concern us, so that all of them have to be judged.</summary>
    public bool IsEventOurs { get; private set; }

    /// <summary>False when the message, alone or in whatever event, neither fills an order of ours nor moves its place nor touches what we took: then the
    /// book is all that has to know of it.</summary>
    public bool CanConcern(in MarketByOrder record)
    {
        if ((record.Flags & Odd) != 0 || Ledger.MayHold(record.OrderId)) return true;
        return record.Action switch
        {
            BookAction.Cancel or BookAction.None => false,
            BookAction.Add or BookAction.Modify or BookAction.Trade => Orders.IsReachedBy(record.Side, record.Price),      // of a trade: the aggressor's side
            _ => true,
        };
    }

    /// <summary>False when the message leaves what is noted in the ledger as it is.</summary>
    public bool CanTouchLedger(in MarketByOrder record) =>
        !Ledger.IsEmpty && ((record.Flags & Odd) != 0 || record.Action == BookAction.Clear || Ledger.MayHold(record.OrderId));

    public void Gather(ReadOnlySpan<byte> message)
    {
        if (_eventBytes + message.Length > _event.Length) Array.Resize(ref _event, _event.Length * 2);
        message.CopyTo(_event.AsSpan(_eventBytes));
        _eventBytes += message.Length;
        IsEventOurs |= Messages.Header(message).Type != MessageType.MarketByOrder || CanConcern(in Messages.As<MarketByOrder>(message));
    }

    public void DropGathered()
    {
        _eventBytes = 0;
        IsEventOurs = false;
    }
}
