using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>Holds the messages of one step of the generator until the reader has taken them all.</summary>
internal sealed class EventWriter
{
    private readonly ulong[] _words;        // of 8 bytes each, so that every message is aligned
    private int _end;
    private int _taken;
    private MarketByOrder _template;
    private long _tickNanos;
    private int _last = -1;

    /// <param name="messagesMax">Market-by-order messages of the longest step.</param>
    public EventWriter(int messagesMax) => _words = new ulong[messagesMax * Words<MarketByOrder>() + 64];

    /// <summary>Market-by-order messages written since the start.</summary>
    public long Written { get; private set; }

    /// <summary>Messages of each <see cref="BookAction"/> since the start.</summary>
    public long[] ByAction { get; } = new long[8];

    public bool IsEmpty => _taken == _end;

    /// <summary>Fixes what all messages of an event have in common.</summary>
    public void Begin(int instrument, long tickNanos, long eventTime, FeedClock feed, int channel)
    {
        _template.Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, MarketGenerator.Publisher, new InstrumentId(instrument),
            new Timestamp(eventTime), new Timestamp(feed.ReceiveTime));
        _template.Channel = (byte)channel;
        _template.Sequence = feed.Sequence(channel);
        _template.SendDelta = feed.SendDelta;
        _tickNanos = tickNanos;
        _last = -1;
    }

    /// <param name="tick">Price in ticks.</param>
    /// <param name="quantity">Whole units.</param>
    public void Add(BookAction action, Side side, ulong orderId, int tick, int quantity) =>
        Add(action, side, orderId, tick * _tickNanos, quantity, BookFlags.None);

    public void Add(BookAction action, Side side, ulong orderId, long priceNanos, int quantity, BookFlags flags)
    {
        ref MarketByOrder message = ref At(_end);
        message = _template;
        message.OrderId = orderId;
        message.Price = new Price(priceNanos);
        message.Quantity = new Quantity(quantity * Quantity.Scale);
        message.Flags = flags;
        message.Action = action;
        message.Side = side;
        _last = _end;
        _end += Words<MarketByOrder>();
        Written++;
        ByAction[(int)action]++;
    }

    /// <summary>A snapshot tells when each order came, not when it was sent.</summary>
    public void StampEventTime(long eventTime) => _template.Header.EventTime = new Timestamp(eventTime);

    /// <summary>Marks the event's last message.</summary>
    public void End() => At(_last).Flags |= BookFlags.Last;

    /// <summary>Adds a message that is not an order's.</summary>
    public void Add<T>(in T message) where T : unmanaged
    {
        MemoryMarshal.Write(MemoryMarshal.AsBytes(_words.AsSpan(_end)), message);
        _end += Words<T>();
    }

    /// <summary>Moves as many whole messages as fit.</summary>
    /// <returns>Bytes written.</returns>
    public int Take(Span<byte> buffer)
    {
        ReadOnlySpan<byte> rest = MemoryMarshal.AsBytes(_words.AsSpan(_taken, _end - _taken));
        int length = rest.Length <= buffer.Length ? rest.Length : WholeMessages(rest, buffer.Length);
        rest[..length].CopyTo(buffer);
        _taken += length / sizeof(ulong);
        if (_taken == _end) _taken = _end = 0;
        return length;
    }

    private static int WholeMessages(ReadOnlySpan<byte> messages, int room)
    {
        int length = 0;
        while (length < messages.Length)
        {
            int next = length + Messages.Header(messages[length..]).Length;
            if (next > room) break;
            length = next;
        }
        return length;
    }

    private ref MarketByOrder At(int word) => ref MemoryMarshal.AsRef<MarketByOrder>(MemoryMarshal.AsBytes(_words.AsSpan(word, Words<MarketByOrder>())));

    private static int Words<T>() => Unsafe.SizeOf<T>() / sizeof(ulong);
}
