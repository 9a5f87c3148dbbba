using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>A stream of market messages written by hand. Times advance by a microsecond per message unless they are stated; prices are in whole units.</summary>
internal sealed class Tape
{
    public static readonly InstrumentId Instrument = new(0);

    public List<byte[]> Messages { get; } = [];

    /// <summary>Event and receive time of the next message, in nanoseconds.</summary>
    public long Time { get; set; } = 1_000_000;

    /// <summary>Defines an instrument whose symbol is "I" and its number.</summary>
    public Tape Define(int instrument = 0, decimal tick = 1m, decimal lot = 1m, decimal multiplier = 1m, InstrumentKind kind = InstrumentKind.Linear)
    {
        Messages.Add(Bytes(new InstrumentDefinition
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, new InstrumentId(instrument), new Timestamp(Time), new Timestamp(Time)),
            Tick = Price.From(tick),
            Lot = Quantity.From(lot),
            MultiplierNanos = Price.From(multiplier).Nanos,
            Kind = kind,
            Symbol = SymbolText.From($"I{instrument}"),
        }));
        return this;
    }

    public Tape State(TradingState state, int instrument = 0)
    {
        Messages.Add(Bytes(new TradingStateChanged
        {
            Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 1, new InstrumentId(instrument), new Timestamp(Time), new Timestamp(Time)),
            State = state,
        }));
        Time += 1_000;
        return this;
    }

    public Tape Add(ulong id, Side side, long price, long quantity, BookFlags flags = BookFlags.Last) => Record(BookAction.Add, id, side, price, quantity, flags);
    public Tape Cancel(ulong id, Side side, long price, long quantity, BookFlags flags = BookFlags.Last) => Record(BookAction.Cancel, id, side, price, quantity, flags);
    public Tape Modify(ulong id, Side side, long price, long quantity, BookFlags flags = BookFlags.Last) => Record(BookAction.Modify, id, side, price, quantity, flags);
    public Tape Fill(ulong id, Side side, long price, long quantity, BookFlags flags = BookFlags.None) => Record(BookAction.Fill, id, side, price, quantity, flags);
    public Tape Trade(Side aggressor, long price, long quantity, BookFlags flags = BookFlags.None) => Record(BookAction.Trade, 0, aggressor, price, quantity, flags);
    public Tape Clear(BookFlags flags = BookFlags.Last) => Record(BookAction.Clear, 0, Side.None, null, 0, flags);
    public Tape Nothing(BookFlags flags = BookFlags.Last) => Record(BookAction.None, 0, Side.None, null, 0, flags);

    public Tape Record(BookAction action, ulong id, Side side, long? price, long quantity, BookFlags flags, int instrument = 0, long? eventTime = null)
    {
        Messages.Add(Bytes(new MarketByOrder
        {
            Header = MessageHeader.Create<MarketByOrder>(
                MessageType.MarketByOrder, 1, new InstrumentId(instrument), new Timestamp(eventTime ?? Time), new Timestamp(Time)),
            OrderId = id,
            Price = price is { } units ? new Price(units * Price.Scale) : Price.None,
            Quantity = Quantity.Units(quantity),
            Action = action,
            Side = side,
            Flags = flags,
        }));
        Time += 1_000;
        return this;
    }

    /// <summary>The messages as a source that hands out a few at a time.</summary>
    /// <param name="piece">Messages per read.</param>
    public IMessageSource Source(int piece = 3) => new PieceSource(Messages, piece);

    private static byte[] Bytes<T>(T message) where T : unmanaged => Fathom.Domain.Messages.Messages.AsBytes(in message).ToArray();

    private sealed class PieceSource(List<byte[]> messages, int piece) : IMessageSource
    {
        private int _next;

        public int Read(Span<byte> buffer)
        {
            int written = 0;
            for (int i = 0; i < piece && _next < messages.Count && messages[_next].Length <= buffer.Length - written; i++)
            {
                messages[_next].CopyTo(buffer[written..]);
                written += messages[_next++].Length;
            }
            return written;
        }

        public void Dispose() { }
    }
}
