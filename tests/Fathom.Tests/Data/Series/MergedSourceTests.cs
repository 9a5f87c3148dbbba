using Fathom.Data.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Tests.Data.Series;

public class MergedSourceTests
{
    /// <summary>One message of a source: when it takes effect, from which source, and its place in it.</summary>
    private readonly record struct Happening(Timestamp Time, int Source, ulong Number);

    /// <summary>The twin sorts everything: by time, market data first, then the series in their order; a source's own order stays. After the last market data nothing comes.</summary>
    [Fact]
    public void It_is_a_stable_sort_of_everything_up_to_the_last_market_data()
    {
        int ties = 0, early = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            Duration latency = new(random.Next(3) == 0 ? random.Next(5) : 0);
            int span = random.Next(2, 60);
            byte[][][] sources = [.. Enumerable.Range(0, random.Next(2, 5)).Select(source => Source(random, source, random.Next(source == 0 ? 0 : 1, 300), span))];
            List<Happening>[] all = [.. sources.Select((messages, source) => Effects(messages, source, source == 0 ? latency : Duration.Zero))];
            List<Happening> expected = [.. all.SelectMany(source => source).OrderBy(one => one.Time).ThenBy(one => one.Source)];
            expected = expected[..(expected.FindLastIndex(one => one.Source == 0) + 1)];
            ties += expected.Zip(expected.Skip(1)).Count(pair => pair.First.Time == pair.Second.Time && pair.First.Source != pair.Second.Source);
            early += expected.TakeWhile(one => one.Source != 0).Count();

            using MergedSource merged = new(new Pieces(sources[0], random.Next(1, 40)), latency, [.. sources[1..].Select(messages => new Pieces(messages, random.Next(1, 9)))]);
            List<(int, ulong)> found = ReadAll(merged, random.Next(Messages.LengthMax, 8_000) / 8 * 8);
            Assert.True(expected.Select(one => (one.Source, one.Number)).SequenceEqual(found), $"seed {seed}");
            for (int i = 1; i < sources.Length; i++)
                Assert.Equal(expected.Count(one => one.Source == i && Messages.Header(sources[i][one.Number]).Type == MessageType.SeriesPoint), merged.PointCount(i - 1));
        }
        Assert.True(ties > 1_000 && early > 100, $"only {ties} ties and {early} points before the market");
    }

    [Fact]
    public void Bytes_are_handed_on_as_they_are()
    {
        Random random = new(1);
        byte[][] market = Source(random, 0, 200, 50), series = Source(random, 1, 50, 50);
        using MergedSource merged = new(new Pieces(market, 7), new Duration(2), [new Pieces(series, 3)]);
        byte[] buffer = new byte[64 * 1024];
        int length = merged.Read(buffer);
        SortedSet<string> known = [.. market.Concat(series).Select(Convert.ToHexString)];
        for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
            Assert.Contains(Convert.ToHexString(buffer.AsSpan(at, Messages.Header(buffer.AsSpan(at)).Length)), known);
    }

    [Fact]
    public void It_closes_what_it_reads()
    {
        Pieces market = new([], 1), series = new([], 1);
        new MergedSource(market, Duration.Zero, [series]).Dispose();
        Assert.True(market.IsDisposed && series.IsDisposed);
    }

    /// <summary>Messages whose times mostly rise; some go back, some are missing.</summary>
    private static byte[][] Source(Random random, int source, int count, int span)
    {
        List<byte[]> messages = [];
        long time = random.Next(span);
        for (ulong number = 0; number < (ulong)count; number++)
        {
            time += random.Next(3) == 0 ? random.Next(-2, 5) : 0;
            Timestamp receive = random.Next(10) == 0 || (source > 0 && number == 0) ? Timestamp.None : new Timestamp(time);
            messages.Add(source == 0 ? MarketMessage(receive, number) : SeriesMessage(receive, source, number));
        }
        return [.. messages];
    }

    private static byte[] MarketMessage(Timestamp receive, ulong number)
    {
        MarketByOrder message = new() { Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 0, new InstrumentId(0), receive, receive), OrderId = number };
        return Messages.AsBytes(in message).ToArray();
    }

    private static byte[] SeriesMessage(Timestamp receive, int source, ulong number)
    {
        if (number == 0)
        {
            SeriesDefinition definition = new() { Header = MessageHeader.Create<SeriesDefinition>(MessageType.SeriesDefined, (ushort)source, InstrumentId.None, receive, receive) };
            return Messages.AsBytes(in definition).ToArray();
        }
        SeriesObservation point = new() { Header = MessageHeader.Create<SeriesObservation>(MessageType.SeriesPoint, (ushort)source, InstrumentId.None, default, receive), };
        point.Values[0] = number;
        return Messages.AsBytes(in point).ToArray();
    }

    private static List<Happening> Effects(byte[][] messages, int source, Duration latency)
    {
        List<Happening> effects = [];
        Timestamp time = Timestamp.Earliest;
        foreach (byte[] message in messages)
        {
            Timestamp receive = Messages.Header(message).ReceiveTime;
            if (!receive.IsNone) time = Timestamp.Max(time, receive + latency);
            effects.Add(new Happening(time, source, (ulong)effects.Count));
        }
        return effects;
    }

    private static List<(int Source, ulong Number)> ReadAll(IMessageSource source, int bufferLength)
    {
        List<(int, ulong)> found = [];
        byte[] buffer = new byte[bufferLength];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
            {
                ReadOnlySpan<byte> message = buffer.AsSpan(at);
                found.Add(Messages.Header(message).Type switch
                {
                    MessageType.MarketByOrder => (0, Messages.As<MarketByOrder>(message).OrderId),
                    MessageType.SeriesDefined => (Messages.Header(message).Source, 0UL),
                    _ => (Messages.Header(message).Source, (ulong)Messages.As<SeriesObservation>(message).Values[0]),
                });
            }
        }
        return found;
    }

    private sealed class Pieces(byte[][] messages, int piece) : IMessageSource
    {
        private int _next;

        public bool IsDisposed { get; private set; }

        public int Read(Span<byte> buffer)
        {
            int written = 0;
            for (int i = 0; i < piece && _next < messages.Length && messages[_next].Length <= buffer.Length - written; i++)
            {
                messages[_next].CopyTo(buffer[written..]);
                written += messages[_next++].Length;
            }
            return written;
        }

        public void Dispose() => IsDisposed = true;
    }
}
