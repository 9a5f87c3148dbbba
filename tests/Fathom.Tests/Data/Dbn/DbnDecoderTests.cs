using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Data.Dbn;

public class DbnDecoderTests
{
    private const ulong Day = 86_400_000_000_000;
    private const ulong May8 = 1_715_126_400_000_000_000;      // 2024-05-08T00:00:00Z

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Every_field_of_a_market_by_order_record_arrives(byte version, bool sendTimes)
    {
        DbnBuilder file = DbnBuilder.WithHeader(version, sendTimes, mappings: ("ESM4", [(20240508, 20240509, "7")]))
            .Add(DbnBuilder.Mbo(May8 + 5, May8 + 9, order: 123_456_789_012, price: -37_630_000_000, size: 17, action: 'M', side: 'A', flags: 0x81, channel: 250,
                delta: -5, sequence: 3_000_000_000, extra: sendTimes ? 8 : 0));

        MessageList list = MessageList.Read(file);

        Assert.Equal("Do", list.Types);
        MarketByOrder message = list.At<MarketByOrder>(1);
        Assert.Equal(8, message.Header.Words);
        Assert.Equal(1, message.Header.Source);
        Assert.Equal(new InstrumentId(0), message.Header.Instrument);
        Assert.Equal((long)May8 + 5, message.Header.EventTime.Nanos);
        Assert.Equal((long)May8 + 9, message.Header.ReceiveTime.Nanos);
        Assert.Equal(123_456_789_012u, message.OrderId);
        Assert.Equal(Price.From(-37.63m), message.Price);
        Assert.Equal(Quantity.Units(17), message.Quantity);
        Assert.Equal(BookFlags.Last | BookFlags.Reserved, message.Flags);
        Assert.Equal(BookAction.Modify, message.Action);
        Assert.Equal(Side.Sell, message.Side);
        Assert.Equal(250, message.Channel);
        Assert.Equal(-5, message.SendDelta);
        Assert.Equal(3_000_000_000, message.Sequence);
        Assert.Equal(0u, message.SlotHint);
        Assert.Equal("ESM4", list.At<InstrumentDefinition>(0).Symbol.ToString());
    }

    [Fact]
    public void What_is_not_stated_becomes_none_and_unknown_letters_become_unknown()
    {
        MessageList list = MessageList.Read(DbnBuilder.WithHeader()
            .Add(DbnBuilder.Mbo(100, ulong.MaxValue, price: long.MaxValue, size: uint.MaxValue, action: 'Z', side: 'Z'))
            .Add(DbnBuilder.Mbo(ulong.MaxValue, 101))
            .Add(DbnBuilder.Mbo(ulong.MaxValue, ulong.MaxValue)));

        MarketByOrder first = list.At<MarketByOrder>(1);
        Assert.Equal(100, first.Header.ReceiveTime.Nanos);
        Assert.True(first.Price.IsNone);
        Assert.True(first.Quantity.IsNone);
        Assert.Equal(BookAction.Unknown, first.Action);
        Assert.Equal(Side.None, first.Side);
        Assert.True(list.At<MarketByOrder>(2).Header.EventTime.IsNone);
        Assert.Equal(101, list.At<MarketByOrder>(2).Header.ReceiveTime.Nanos);
        Assert.Equal(101, list.At<MarketByOrder>(3).Header.ReceiveTime.Nanos);
    }

    [Fact]
    public void An_end_before_the_start_leaves_no_orders()
    {
        DbnBuilder file = DbnBuilder.WithHeader().Add(DbnBuilder.Status(1, 1, 7)).Add(DbnBuilder.Mbo(50, 50)).Add(DbnBuilder.Mbo(200, 200));
        Assert.Equal("Ds", MessageList.Read(file, new DbnReadOptions { Start = new Timestamp(100), End = new Timestamp(40) }).Types);
    }

    [Fact]
    public void Unknown_record_types_are_skipped_by_their_length()
    {
        MessageList list = MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Record(0x77, 1020)).Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Record(0x78, 16))
            .Add(DbnBuilder.Mbo(1, 2, extra: 8)).Add(DbnBuilder.Mbo(1, 2, extra: 16)).Add(DbnBuilder.Mbo(1, 2)));

        Assert.Equal("Doooo", list.Types);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_record_shorter_than_its_header_is_refused_with_its_place(byte words)
    {
        byte[] record = DbnBuilder.Record(0xA0, 56);
        record[0] = words;
        InputException error = Assert.Throws<InputException>(() => MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Mbo(1, 2)).Add(record)));
        Assert.Contains($"byte {8 + 120 + 56}", error.Message);
    }

    [Fact]
    public void The_same_number_is_another_instrument_when_the_mapping_says_so()
    {
        MessageList list = MessageList.Read(DbnBuilder.WithHeader(mappings: [("ESM4", [(20240508, 20240509, "7")]), ("ESU4", [(20240509, 20240510, "7")])])
            .Add(DbnBuilder.Mbo(May8, May8)).Add(DbnBuilder.Mbo(May8, May8 + Day - 1)).Add(DbnBuilder.Mbo(May8, May8 + Day)).Add(DbnBuilder.Mbo(May8, May8 + 1)));

        Assert.Equal("DooDoo", list.Types);
        Assert.Equal("ESM4", list.At<InstrumentDefinition>(0).Symbol.ToString());
        Assert.Equal("ESU4", list.At<InstrumentDefinition>(3).Symbol.ToString());
        Assert.Equal(0, list.At<MarketByOrder>(5).Header.Instrument.Index);
    }

    [Fact]
    public void A_definition_of_the_stream_comes_before_and_a_changed_one_is_announced()
    {
        MessageList list = MessageList.Read(DbnBuilder.WithHeader(mappings: ("ESM4", [(19700101, 20240509, "7")]))
            .Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Definition(3, "ESM4")).Add(DbnBuilder.Mbo(4, 4)).Add(DbnBuilder.Definition(5, "ESM4"))
            .Add(DbnBuilder.Definition(6, "ESM4", tick: 500_000_000, update: 'M')).Add(DbnBuilder.Definition(6, "ESM4", tick: 1, update: 'D'))
            .Add(DbnBuilder.Definition(6, "ESM4", tick: 1, legIndex: 1)).Add(DbnBuilder.Mbo(7, 7)));

        Assert.Equal("Dococo", list.Types);
        Assert.Equal(InstrumentAssumptions.None, list.At<InstrumentDefinition>(2).Assumed);
        Assert.Equal(50m, list.At<InstrumentDefinition>(2).Multiplier);
        Assert.Equal(Price.From(0.5m), list.At<InstrumentDefinition>(4).Tick);
        Assert.Equal(1, list.Registry.Count);
    }

    [Fact]
    public void Status_becomes_a_trading_state_and_actions_that_do_not_change_it_keep_it()
    {
        MessageList list = MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Status(1, 1, 7)).Add(DbnBuilder.Status(2, 2, 14)).Add(DbnBuilder.Status(3, 3, 8)));

        Assert.Equal("Dsss", list.Types);
        Assert.Equal(TradingState.Continuous, list.At<TradingStateChanged>(1).State);
        Assert.Equal(TradingState.Continuous, list.At<TradingStateChanged>(2).State);
        Assert.Equal(TradingState.Halted, list.At<TradingStateChanged>(3).State);
        Assert.Equal(8, list.At<TradingStateChanged>(3).Action);
    }

    [Fact]
    public void Only_wanted_instruments_and_times_get_ids_and_come_out()
    {
        DbnBuilder file = DbnBuilder.WithHeader(mappings: [("AAA", [(19700101, 20240509, "7")]), ("BBB", [(19700101, 20240509, "8")])]);
        for (uint i = 1; i <= 10; i++) file.Add(DbnBuilder.Mbo(i, i, instrument: 7)).Add(DbnBuilder.Mbo(i, i, instrument: 8));

        MessageList list = MessageList.Read(file, new DbnReadOptions { Instruments = ["BBB"], Start = new Timestamp(4), End = new Timestamp(7) });

        Assert.Equal("Dooo", list.Types);
        Assert.Equal("BBB", list.At<InstrumentDefinition>(0).Symbol.ToString());
        Assert.Equal(4, list.At<MarketByOrder>(1).Header.ReceiveTime.Nanos);
        Assert.Equal(list.ToArray(), MessageList.Read(file, new DbnReadOptions { Instruments = ["8"], Start = new Timestamp(4), End = new Timestamp(7) }).ToArray());
    }

    [Fact]
    public void The_room_for_messages_does_not_change_them()
    {
        DbnBuilder file = DbnBuilder.WithHeader();
        for (uint i = 0; i < 500; i++) file.Add(DbnBuilder.Mbo(i, i, instrument: i * i % 37, extra: (int)(i % 3) * 8)).Add(DbnBuilder.Record(0x77, 16 + (int)(i % 9) * 4));

        byte[] expected = MessageList.Read(file, room: 1 << 20).ToArray();

        Assert.Equal(expected, MessageList.Read(file, room: Messages.LengthMax).ToArray());
        Assert.Equal(expected, MessageList.Read(file, room: Messages.LengthMax + 72).ToArray());
    }

    [Fact]
    public void What_the_user_states_wins_and_is_no_longer_assumed()
    {
        InstrumentRegistry registry = new([new InstrumentOverride("7", Tick: Price.From(0.01m), Multiplier: 1000, Kind: InstrumentKind.Spot)]);

        InstrumentDefinition definition = MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Mbo(1, 2)), registry: registry).At<InstrumentDefinition>(0);

        Assert.Equal(Price.From(0.01m), definition.Tick);
        Assert.Equal(1000m, definition.Multiplier);
        Assert.Equal(InstrumentKind.Spot, definition.Kind);
        Assert.Equal(InstrumentAssumptions.Symbol | InstrumentAssumptions.Lot | InstrumentAssumptions.Currency, definition.Assumed);
    }

    /// <summary>Slow obvious twin: every record is translated on its own, and its instrument looked up from nothing.</summary>
    [Fact]
    public void Random_records_become_what_a_slow_translation_makes_of_them()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            DbnBuilder file = DbnBuilder.WithHeader(mappings: [("S0", [(19700101, 19700102, "0")]), ("S1", [(19700101, 19700102, "1"), (19700102, 19700103, "0")])]);
            List<byte[]> records = [];
            for (int i = 0; i < 400; i++)
            {
                byte[] record = DbnBuilder.Mbo((ulong)random.NextInt64(3 * (long)Day), (ulong)random.NextInt64(3 * (long)Day), (ulong)random.NextInt64(), random.NextInt64(),
                    (uint)random.Next(), (char)random.Next(256), (char)random.Next(256), (byte)random.Next(256), (uint)random.Next(seed % 2 == 0 ? 3 : 300),
                    (ushort)random.Next(2), (byte)random.Next(256), random.Next(), (uint)random.Next(), random.Next(4) == 0 ? 8 : 0);
                records.Add(record);
                file.Add(record);
            }

            MessageList list = MessageList.Read(file, room: Messages.LengthMax + random.Next(100) * 8);

            int at = 0;
            foreach (byte[] record in records)
            {
                while (list.At<MessageHeader>(at).Type != MessageType.MarketByOrder) at++;
                MarketByOrder message = list.At<MarketByOrder>(at++);
                Assert.Equal(SlowText(record), FastText(message));
                if (SlowSymbol(record) is string symbol) Assert.Equal(symbol, list.Registry[message.Header.Instrument].Symbol.ToString());
            }
        }
    }

    private static string? SlowSymbol(byte[] r) => (BitConverter.ToUInt32(r, 4), BitConverter.ToInt64(r, 40) / (long)Day) switch
    {
        (0, 0) => "S0",
        (1, 0) or (0, 1) => "S1",
        _ => null,
    };

    private static string SlowText(byte[] r)
    {
        string action = (char)r[38] switch { 'A' => "Add", 'C' => "Cancel", 'M' => "Modify", 'R' => "Clear", 'T' => "Trade", 'F' => "Fill", 'N' => "None", _ => "Unknown" };
        string side = (char)r[39] switch { 'A' => "Sell", 'B' => "Buy", _ => "None" };
        return $"{BitConverter.ToUInt16(r, 2)} {BitConverter.ToInt64(r, 8)} {BitConverter.ToInt64(r, 40)} {BitConverter.ToUInt64(r, 16)} {BitConverter.ToInt64(r, 24)} " +
               $"{BitConverter.ToUInt32(r, 32) * 1_000_000_000L} {r[36]} {action} {side} {r[37]} {BitConverter.ToUInt32(r, 52)} {BitConverter.ToInt32(r, 48)} 0";
    }

    private static string FastText(in MarketByOrder m) =>
        $"{m.Header.Source} {m.Header.EventTime.Nanos} {m.Header.ReceiveTime.Nanos} {m.OrderId} {m.Price.Nanos} {m.Quantity.Nanos} {(byte)m.Flags} {m.Action} {m.Side} " +
        $"{m.Channel} {m.Sequence} {m.SendDelta} {m.SlotHint}";

    [Fact]
    public void Translating_allocates_nothing_once_the_instruments_are_known()
    {
        DbnBuilder file = DbnBuilder.WithoutHeader();
        for (uint i = 0; i < 3_000; i++) file.Add(DbnBuilder.Mbo(i, i, instrument: i % 50));
        byte[] bytes = file.ToArray(), room = new byte[1 << 16];
        DbnDecoder decoder = new("test", DbnHeader.OfFragment(3, false), new InstrumentRegistry(), DbnReadOptions.Default);
        Run();
        Assert.Equal(0, Allocated.AtLeast(Run));

        void Run()
        {
            for (int at = 0; at < bytes.Length;)
            {
                decoder.Decode(bytes.AsSpan(at), at, room, out int consumed, out _);
                at += consumed;
            }
        }
    }
}
