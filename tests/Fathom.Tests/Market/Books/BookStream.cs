using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Market.Books;

/// <summary>Seeded market-by-order messages: some streams are orderly, some do everything that a feed must not do.</summary>
internal sealed class BookStream(int seed, int instruments, double hostility, long tick = 250_000_000, int levels = 40, double addShare = 0.45)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<(int, ulong), (Side Side, long Price, long Quantity)> _live = [];
    private readonly List<(int Instrument, ulong Id)> _ids = [];
    private readonly Dictionary<(int, ulong), int> _places = [];
    private ulong _nextId = 1;
    private long _centre = 4_800_000_000_000;

    public MarketByOrder Next()
    {
        bool isHostile = _random.NextDouble() < hostility;
        MarketByOrder message = isHostile ? Hostile() : Orderly();
        Follow(in message);
        return message;
    }

    public byte[] Bytes(int count)
    {
        var messages = new MarketByOrder[count];
        for (int i = 0; i < count; i++) messages[i] = Next();
        return MemoryMarshal.AsBytes(messages.AsSpan()).ToArray();
    }

    public static MarketByOrder Message(int instrument, BookAction action, ulong id, Side side, long price, long quantity, BookFlags flags = BookFlags.Last) => new()
    {
        Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, new InstrumentId(instrument), default, default),
        OrderId = id,
        Price = new Price(price),
        Quantity = new Quantity(quantity),
        Action = action,
        Side = side,
        Flags = flags,
    };

    private MarketByOrder Orderly()
    {
        BookFlags flags = _random.Next(4) == 0 ? BookFlags.None : BookFlags.Last;
        if (_random.Next(50) == 0) _centre += (_random.Next(3) - 1) * tick;
        if (_ids.Count == 0 || _random.NextDouble() < addShare)
            return Priced(Message(_random.Next(instruments), BookAction.Add, _nextId++, ASide(), 0, Units(20), flags));
        double kind = 0.45 + 0.55 * _random.NextDouble();
        (int instrument, ulong id) = _ids[_random.Next(_ids.Count)];
        (Side side, long price, long quantity) = _live[(instrument, id)];
        if (kind < 0.72) return Message(instrument, BookAction.Cancel, id, side, price, quantity, flags);
        if (kind < 0.78) return Message(instrument, BookAction.Cancel, id, side, price, Math.Min(quantity, Units(3)), flags);
        if (kind < 0.84) return Message(instrument, BookAction.Modify, id, side, price, Units(20), flags);
        if (kind < 0.90) return Priced(Message(instrument, BookAction.Modify, id, side, 0, Units(20), flags));
        if (kind < 0.95) return Message(instrument, BookAction.Fill, id, side, price, quantity, flags);
        return Message(instrument, kind < 0.98 ? BookAction.Trade : BookAction.None, 0, side, price, quantity, flags);
    }

    private MarketByOrder Priced(MarketByOrder message)
    {
        int distance = 1 + (int)(levels * Math.Pow(_random.NextDouble(), 3));
        message.Price = new Price(_centre + (message.Side == Side.Buy ? -distance : distance) * tick);
        return message;
    }

    private MarketByOrder Hostile()
    {
        int instrument = _random.Next(instruments);
        ulong id = _ids.Count > 0 && _random.Next(2) == 0 ? _ids[_random.Next(_ids.Count)].Id : (ulong)_random.Next(30);
        var flags = BookFlags.None;
        if (_random.Next(3) > 0) flags |= BookFlags.Last;
        if (_random.Next(12) == 0) flags |= BookFlags.TopOfBook;
        if (_random.Next(6) == 0) flags |= BookFlags.Aggregated;
        if (_random.Next(10) == 0) flags |= BookFlags.Snapshot;
        if (_random.Next(20) == 0) flags |= BookFlags.MaybeBadBook;
        if (_random.Next(20) == 0) flags |= BookFlags.Reserved;
        var action = (BookAction)_random.Next(9);
        if (action == BookAction.Clear && _random.Next(5) > 0) action = BookAction.Modify;
        return Message(instrument, action, id, (Side)_random.Next(4), HostilePrice(), HostileQuantity(), flags);
    }

    private long HostilePrice() => _random.Next(10) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue + _random.Next(2),
        2 => long.MaxValue - 1 - _random.Next(2),
        3 => 0,
        4 => _centre + _random.Next(-5, 5),
        5 => _centre + _random.Next(-200, 200) * 5 * tick,
        6 => _random.NextInt64(long.MinValue, long.MaxValue),
        7 => -_centre,
        _ => _centre + _random.Next(-6, 6) * tick,
    };

    private long HostileQuantity() => _random.Next(8) switch
    {
        0 => 0,
        1 => long.MaxValue,
        2 => long.MaxValue - 1 - _random.Next(3),
        3 => -_random.NextInt64(long.MaxValue),
        4 => long.MaxValue / 2,
        _ => Units(30),
    };

    private Side ASide() => _random.Next(2) == 0 ? Side.Buy : Side.Sell;

    private long Units(int max) => _random.Next(1, max) * Quantity.Scale;

    /// <summary>Keeps track of what probably rests, so that most messages concern orders that exist.</summary>
    private void Follow(in MarketByOrder message)
    {
        (int, ulong) key = (message.Header.Instrument.Index, message.OrderId);
        bool isOrder = (message.Flags & (BookFlags.TopOfBook | BookFlags.Aggregated)) == 0;
        if (message.Action is BookAction.Add or BookAction.Modify && isOrder && message.Side is Side.Buy or Side.Sell)
        {
            if (!_live.ContainsKey(key))
            {
                _places[key] = _ids.Count;
                _ids.Add(key);
            }
            _live[key] = (message.Side, message.Price.Nanos, message.Quantity.Nanos);
        }
        else if (message.Action == BookAction.Cancel && _live.TryGetValue(key, out (Side Side, long Price, long Quantity) order))
        {
            if (message.Quantity.Nanos < order.Quantity) _live[key] = order with { Quantity = order.Quantity - message.Quantity.Nanos };
            else Forget(key);
        }
    }

    private void Forget((int, ulong) key)
    {
        _live.Remove(key);
        int at = _places[key];
        _ids[at] = _ids[^1];
        _places[_ids[at]] = at;
        _ids.RemoveAt(_ids.Count - 1);
    }
}
