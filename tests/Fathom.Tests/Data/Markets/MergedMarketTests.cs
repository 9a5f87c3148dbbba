using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Data.Markets;

public class MergedMarketTests
{
    private const int SymbolCount = 4;

    /// <summary>One message that is no definition: when it takes effect, whether it begins something, its bytes with the symbol in the place of the id.</summary>
    private readonly record struct Happening(Timestamp Time, bool Begins, string Symbol, string Bytes);

    /// <summary>The twin sorts everything: by time, what begins last, then by source; a source's own order stays.</summary>
    [Fact]
    public void It_is_a_stable_sort_of_all_sources_whatever_the_blocks()
    {
        int ties = 0, begins = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            int span = random.Next(2, 80);
            byte[][][] sources = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Source(random, random.Next(4) == 0 ? 0 : random.Next(1, 200), span))];
            List<Happening>[] all = [.. sources.Select(Effects)];
            Happening[] expected = [.. all.SelectMany((one, source) => one.Select(happening => (happening, source)))
                .OrderBy(one => one.happening.Time).ThenBy(one => one.happening.Begins).ThenBy(one => one.source).Select(one => one.happening)];
            ties += expected.Zip(expected.Skip(1)).Count(pair => pair.First.Time == pair.Second.Time);
            begins += expected.Count(one => one.Begins);

            string? first = null;
            for (int round = 0; round < 3; round++)
            {
                InstrumentRegistry registry = new();
                using MergedMarket merged = new([.. sources.Select(messages => PartOf(messages, random, round))], registry);
                byte[] bytes = ReadAll(merged, random.Next(Messages.LengthMax, 8_000) / 8 * 8);
                Assert.True(expected.Select(one => (one.Symbol, one.Bytes)).SequenceEqual(Happenings(bytes).Select(one => (one.Symbol, one.Bytes))), $"seed {seed}, round {round}");
                first ??= Convert.ToHexString(bytes);
                Assert.True(first == Convert.ToHexString(bytes), $"seed {seed}, round {round}: other blocks, other bytes");
                Assert.True(registry.Count <= SymbolCount, $"seed {seed}: {registry.Count} instruments");
            }
        }
        Assert.True(ties > 1_000 && begins > 1_000, $"only {ties} ties and {begins} that begin");
    }

    [Fact]
    public void Sources_that_follow_each_other_are_open_one_at_a_time()
    {
        int open = 0, most = 0;
        MarketPart[] parts = [.. Enumerable.Range(0, 50).Select(day => new MarketPart(new Timestamp(day * 1_000), 1, null, _ =>
        {
            most = Math.Max(most, ++open);
            return new Pieces(Day(day), 3, () => open--);
        }))];
        using MergedMarket merged = new(parts, new InstrumentRegistry());
        Assert.Equal(50 * 10, Happenings(ReadAll(merged, 4_096)).Count);
        Assert.Equal((1, 0), (most, open));
        Assert.Equal(50 * 10, merged.RecordCount);
    }

    [Fact]
    public void What_a_source_contradicts_is_a_change_and_what_it_only_assumes_is_none()
    {
        InstrumentDefinition stated = Definition("A", id: 0, time: 1), other = stated, assumed = stated;
        stated.Tick = new Price(7);
        (other.Tick, other.Header.ReceiveTime) = (new Price(9), new Timestamp(3));
        (assumed.Assumed, assumed.Header.ReceiveTime) = (InstrumentAssumptions.Tick, new Timestamp(2));
        using MergedMarket merged = new([Part([Bytes(stated)]), Part([Bytes(assumed)]), Part([Bytes(other)])], new InstrumentRegistry());
        byte[] bytes = ReadAll(merged, 4_096);
        Assert.Equal(2 * 176, bytes.Length);
        Assert.Equal((MessageType.InstrumentDefined, 7), (Messages.Header(bytes).Type, Messages.As<InstrumentDefinition>(bytes).Tick.Nanos));
        Assert.Equal((MessageType.InstrumentChanged, 9), (Messages.Header(bytes.AsSpan(176)).Type, Messages.As<InstrumentDefinition>(bytes.AsSpan(176)).Tick.Nanos));
    }

    private static MarketPart Part(byte[][] messages) => new(Timestamp.Earliest, 1, null, _ => new Pieces(messages, 5));

    /// <summary>Its first time known exactly, too early, or not at all.</summary>
    private static MarketPart PartOf(byte[][] messages, Random random, int round)
    {
        Timestamp first = messages.Length == 0 ? Timestamp.None : Messages.Header(messages[0]).ReceiveTime;
        Timestamp known = round switch { 0 => Timestamp.Earliest, 1 => first, _ => first.IsNone ? first : new Timestamp(first.Nanos - random.Next(50)) };
        return new MarketPart(known, 1, null, _ => new Pieces(messages, random.Next(1, 30)));
    }

    private static byte[][] Day(int day)
    {
        List<byte[]> messages = [Bytes(Definition("A", 0, day * 1_000))];
        for (int i = 0; i < 10; i++) messages.Add(Bytes(new MarketByOrder { Header = Header<MarketByOrder>(MessageType.MarketByOrder, 0, day * 1_000 + i) }));
        return [.. messages];
    }

    /// <summary>Ids in the order in which this source meets the symbols; times mostly rise, some go back; lengths of 48 to 176 bytes.</summary>
    private static byte[][] Source(Random random, int count, int span)
    {
        List<byte[]> messages = [];
        Dictionary<int, int> ids = [];
        long time = random.Next(span);
        for (int number = 0; number < count; number++)
        {
            time += random.Next(3) == 0 ? random.Next(-1, 4) : 0;
            int symbol = random.Next(SymbolCount);
            if (ids.TryAdd(symbol, ids.Count)) messages.Add(Bytes(Definition(((char)('A' + symbol)).ToString(), ids[symbol], time)));
            messages.Add(random.Next(4) switch
            {
                0 => Bytes(new BarOpened { Header = Header<BarOpened>(MessageType.BarOpened, ids[symbol], time), Open = new Price(random.Next()) }),
                1 => Bytes(new MarketBar { Header = Header<MarketBar>(MessageType.MarketBar, ids[symbol], time), Count = random.Next() }),
                _ => Bytes(new MarketByOrder { Header = Header<MarketByOrder>(MessageType.MarketByOrder, ids[symbol], time), OrderId = (ulong)random.Next() }),
            });
        }
        return [.. messages];
    }

    private static InstrumentDefinition Definition(string symbol, int id, long time) => new()
    {
        Header = Header<InstrumentDefinition>(MessageType.InstrumentDefined, id, time),
        VenueInstrument = symbol[0],
        Activation = Timestamp.None,
        Expiration = Timestamp.None,
        Tick = new Price(1),
        Lot = Quantity.Units(1),
        MultiplierNanos = Price.Scale,
        Symbol = SymbolText.From(symbol),
    };

    private static MessageHeader Header<T>(MessageType type, int id, long time) where T : unmanaged =>
        MessageHeader.Create<T>(type, 1, new InstrumentId(id), new Timestamp(time), new Timestamp(time));

    private static byte[] Bytes<T>(T message) where T : unmanaged => Messages.AsBytes(in message).ToArray();

    private static List<Happening> Effects(byte[][] messages) => Happenings([.. messages.SelectMany(message => message)]);

    private static List<Happening> Happenings(byte[] bytes)
    {
        List<Happening> happenings = [];
        Dictionary<int, string> symbols = [];
        Timestamp time = Timestamp.Earliest;
        bool begins = false;
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            MessageHeader header = Messages.Header(bytes.AsSpan(at));
            length = header.Length;
            if (header.ReceiveTime > time) (time, begins) = (header.ReceiveTime, false);
            if (header.Type is MessageType.InstrumentDefined or MessageType.InstrumentChanged)
            {
                symbols[header.Instrument.Index] = Messages.As<InstrumentDefinition>(bytes.AsSpan(at)).Symbol.ToString();
                continue;
            }
            begins |= header.Type == MessageType.BarOpened;
            happenings.Add(new Happening(time, begins, symbols[header.Instrument.Index], $"{header.Type} {Convert.ToHexString(bytes.AsSpan(at + 8, length - 8))}"));
        }
        return happenings;
    }

    private static byte[] ReadAll(IMarketSource source, int bufferLength)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[bufferLength];
        for (int length; (length = source.Read(buffer)) > 0;) all.Write(buffer, 0, length);
        return all.ToArray();
    }

    private sealed class Pieces(byte[][] messages, int piece, Action? onClose = null) : IMarketSource
    {
        private int _next;

        public InstrumentRegistry Registry { get; } = new();
        public long RecordCount { get; private set; }
        public long Unwanted => 0;
        public IReadOnlyCollection<string> OtherInstruments => [];
        public long Position => 0;
        public long Length => 1;

        public int Read(Span<byte> buffer)
        {
            int written = 0;
            for (int i = 0; i < piece && _next < messages.Length && messages[_next].Length <= buffer.Length - written; i++)
            {
                if (Messages.Header(messages[_next]).Type != MessageType.InstrumentDefined) RecordCount++;
                messages[_next].CopyTo(buffer[written..]);
                written += messages[_next++].Length;
            }
            return written;
        }

        public void Dispose() => onClose?.Invoke();
    }
}
