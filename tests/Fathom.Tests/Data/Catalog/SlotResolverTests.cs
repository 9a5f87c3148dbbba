using System.Runtime.InteropServices;
using Fathom.Data.Catalog;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Data.Catalog;

public class SlotResolverTests
{
    private readonly SlotResolver _resolver = new();

    [Fact]
    public void The_slot_that_was_freed_last_is_taken_first()
    {
        Assert.Equal("1, 2, 3", string.Join(", ", Slot(BookAction.Add, 7), Slot(BookAction.Add, 8), Slot(BookAction.Add, 9)));
        Assert.Equal("1, 3, 3, 1, 4", string.Join(", ", Slot(BookAction.Cancel, 7, 10), Slot(BookAction.Cancel, 9, 10), Slot(BookAction.Add, 10), Slot(BookAction.Add, 11), Slot(BookAction.Add, 12)));
        Assert.Equal(4, _resolver.Count);
    }

    [Theory]
    [InlineData(BookAction.Cancel, 4, 1u, 1)]      // a part: it rests on
    [InlineData(BookAction.Cancel, 10, 1u, 0)]
    [InlineData(BookAction.Cancel, 99, 1u, 0)]      // more than there is
    [InlineData(BookAction.Modify, 3, 1u, 1)]
    [InlineData(BookAction.Modify, 0, 1u, 0)]
    [InlineData(BookAction.Fill, 10, 1u, 1)]      // a cancel follows
    [InlineData(BookAction.Trade, 10, 0u, 1)]
    [InlineData(BookAction.None, 0, 0u, 1)]
    [InlineData(BookAction.Add, 10, 1u, 1)]      // of an id that rests: another order in its place
    [InlineData(BookAction.Clear, 0, 0u, 0)]
    public void An_order_has_its_slot_until_it_is_gone(BookAction action, int quantity, uint slot, int left)
    {
        Slot(BookAction.Add, 7);
        Assert.Equal((slot, left), (Slot(action, 7, quantity), _resolver.Count));
    }

    [Fact]
    public void Unknown_orders_and_levels_have_none_but_a_modify_of_an_unknown_order_adds_it()
    {
        Assert.Equal("0, 0, 0", string.Join(", ", Slot(BookAction.Cancel, 7), Slot(BookAction.Fill, 7), Slot(BookAction.Add, 7, flags: BookFlags.Aggregated)));
        Assert.Equal((1u, 1), (Slot(BookAction.Modify, 7), _resolver.Count));
    }

    /// <summary>Law: as many orders have a slot as rest in the books, message for message, and no two of them the same.</summary>
    [Fact]
    public void Orders_that_rest_have_slots_of_their_own()
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = "bench-100", Instruments = 5, Events = 20_000, Seed = 2 });
        using MarketState state = new();
        Dictionary<uint, (int, ulong)> owners = [];
        byte[] block = new byte[64 << 10];
        for (int length; (length = market.Read(block)) > 0;)
        {
            for (int at = 0; at < length; at += Messages.Header(block.AsSpan(at)).Length)
            {
                Span<byte> message = block.AsSpan(at, Messages.Header(block.AsSpan(at)).Length);
                _resolver.Resolve(message);
                state.Apply(message);
                Assert.Equal(state.Books.OrderCount, _resolver.Count);
                if (Messages.Header(message).Type != MessageType.MarketByOrder) continue;
                ref readonly MarketByOrder order = ref Messages.As<MarketByOrder>(message);
                if (order.Action == BookAction.Add) owners[order.SlotHint] = (order.Header.Instrument.Index, order.OrderId);
                else if (order.SlotHint != 0) Assert.Equal(owners[order.SlotHint], (order.Header.Instrument.Index, order.OrderId));
            }
        }
        Assert.InRange(_resolver.Count, 100, int.MaxValue);
    }

    private uint Slot(BookAction action, ulong id, int quantity = 10, BookFlags flags = BookFlags.None)
    {
        MarketByOrder message = new()
        {
            Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, new InstrumentId(0), default, default),
            OrderId = id,
            Price = new Price(100),
            Quantity = new Quantity(quantity),
            Flags = flags,
            Action = action,
            Side = Side.Buy,
            SlotHint = 77,
        };
        _resolver.Resolve(MemoryMarshal.AsBytes(new Span<MarketByOrder>(ref message)));
        return message.SlotHint;
    }
}
