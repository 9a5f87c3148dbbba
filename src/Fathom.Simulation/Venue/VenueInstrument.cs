using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What the simulated venue keeps of one instrument in which we trade.</summary>
internal sealed class VenueInstrument(InstrumentId id, OrderBook book)
{
    public const int WaitingMax = 1 << 20;

    private byte[] _event = new byte[4096];
    private int _eventBytes;

    public InstrumentId Id { get; } = id;

    /// <summary>The tape's book: our orders are not in it.</summary>
    public OrderBook Book { get; } = book;

    public RestingOrders Orders { get; } = new();

    public LiquidityLedger Ledger { get; } = new();

    /// <summary>Commands that arrived while an event of the instrument was open, oldest first.</summary>
    public Ring<OrderCommand> Waiting { get; } = new(WaitingMax);

    /// <summary>An event can concern us: orders of ours rest here, or the tape still shows quantity that we took.</summary>
    public bool IsConcerned => !Orders.IsEmpty || !Ledger.IsEmpty;

    public bool IsGathering => _eventBytes > 0;

    /// <summary>Messages of the open event since its start, gathered while it can concern us.</summary>
    public ReadOnlySpan<byte> Gathered => _event.AsSpan(0, _eventBytes);

    public void Gather(ReadOnlySpan<byte> message)
    {
        if (_eventBytes + message.Length > _event.Length) Array.Resize(ref _event, _event.Length * 2);
        message.CopyTo(_event.AsSpan(_eventBytes));
        _eventBytes += message.Length;
    }

    public void DropGathered() => _eventBytes = 0;
}
