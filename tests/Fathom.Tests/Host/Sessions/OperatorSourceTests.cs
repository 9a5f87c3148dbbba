using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;

namespace Fathom.Tests.Host.Sessions;

public class OperatorSourceTests
{
    /// <summary>The twin sorts everything: by time, the market first, then what was written first; of what was to come later than the last message nothing comes.</summary>
    [Fact]
    public void Commands_come_behind_the_market_data_of_their_time()
    {
        int told = 0, late = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            Duration feed = new(random.Next(2) * random.Next(5));
            Timestamp start = new(random.Next(20));
            List<byte[]> market = [.. Enumerable.Range(0, random.Next(1, 200)).Select(number => Market(random.Next(10) == 0 ? Timestamp.None : new Timestamp(number / 4 + random.Next(3)), (ulong)number))];
            OperatorOrder[] orders = [.. Enumerable.Range(0, random.Next(1, 8)).Select(number => AnOrder(number, random.Next(2) == 0 ? new Timestamp(random.Next(80)) : Timestamp.None, new Duration(random.Next(60))))];

            List<(Timestamp Time, int Rank, int Number)> all = [];
            Timestamp time = Timestamp.Earliest, first = Timestamp.None;
            for (int i = 0; i < market.Count; i++)
            {
                Timestamp receive = Messages.Header(market[i]).ReceiveTime;
                if (!receive.IsNone) time = Timestamp.Max(time, receive + feed);
                if (first.IsNone && time >= start) first = time;
                all.Add((time, 0, i));
            }
            foreach (OperatorOrder order in orders)
            {
                Timestamp at = !order.At.IsNone ? order.At : first.IsNone ? Timestamp.None : first + order.After;
                if (at < time) all.Add((at, 1, 1_000 + order.Command.Strategy));
                else late++;
            }
            int[] expected = [.. all.OrderBy(one => one.Time.Nanos).ThenBy(one => one.Rank).Select(one => one.Number)];
            told += expected.Count(number => number >= 1_000);

            using OperatorSource source = new(new Pieces(market, random.Next(1, 30)), orders, feed, start);
            Assert.True(expected.SequenceEqual(ReadAll(source, random.Next(Messages.LengthMax, 4_000) / 8 * 8)), $"seed {seed}");
            bool isDone = expected.Count(number => number >= 1_000) == orders.Length;
            Assert.Equal(isDone, Record.Exception(source.RequireDone) is null);
        }
        Assert.True(told > 400 && late > 100, $"{told} {late}");
    }

    [Fact]
    public void An_instrument_is_the_one_that_was_defined_by_then()
    {
        OperatorOrder order = AnOrder(0, new Timestamp(5), Duration.Zero) with { Symbol = "GC" };
        using OperatorSource source = new(new Pieces([Definition("CL", 0), Definition("GC", 1), Market(new Timestamp(1), 1), Market(new Timestamp(9), 2)], 9), [order], Duration.Zero, Timestamp.Earliest);
        byte[] buffer = new byte[64 * 1024];
        int length = source.Read(buffer);
        for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
            if (Messages.Header(buffer.AsSpan(at)).Type == MessageType.OperatorCommand) Assert.Equal((new InstrumentId(1), new Timestamp(5)), (Messages.Header(buffer.AsSpan(at)).Instrument, Messages.Header(buffer.AsSpan(at)).ReceiveTime));
    }

    [Fact]
    public void One_that_is_not_there_is_refused_with_those_that_are()
    {
        OperatorOrder order = AnOrder(0, new Timestamp(5), Duration.Zero) with { Symbol = "GX" };
        using OperatorSource source = new(new Pieces([Definition("CL", 0), Market(new Timestamp(1), 1), Market(new Timestamp(9), 2)], 9), [order], Duration.Zero, Timestamp.Earliest);
        Assert.Contains("'GX', of which no definition came before that time, expected one of CL", Assert.Throws<InputException>(() => source.Read(new byte[64 * 1024])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_closes_what_it_reads()
    {
        Pieces inner = new([], 1);
        new OperatorSource(inner, [], Duration.Zero, Timestamp.Earliest).Dispose();
        Assert.True(inner.IsDisposed);
    }

    private static OperatorOrder AnOrder(int number, Timestamp at, Duration after) => new(at, after, null, new OperatorCommand
    {
        Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, 0, InstrumentId.None, Timestamp.None, Timestamp.None),
        Strategy = (ushort)number,
    }, $"operator.{number}");

    private static byte[] Market(Timestamp receive, ulong number)
    {
        MarketByOrder message = new() { Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 0, new InstrumentId(0), receive, receive), OrderId = number };
        return Messages.AsBytes(in message).ToArray();
    }

    private static byte[] Definition(string symbol, int id)
    {
        InstrumentDefinition message = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 0, new InstrumentId(id), Timestamp.None, Timestamp.None), Symbol = SymbolText.From(symbol) };
        return Messages.AsBytes(in message).ToArray();
    }

    private static List<int> ReadAll(IMessageSource source, int bufferLength)
    {
        List<int> found = [];
        byte[] buffer = new byte[bufferLength];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
            {
                ReadOnlySpan<byte> message = buffer.AsSpan(at);
                found.Add(Messages.Header(message).Type == MessageType.MarketByOrder ? (int)Messages.As<MarketByOrder>(message).OrderId : 1_000 + Messages.As<OperatorCommand>(message).Strategy);
            }
        }
        return found;
    }

    private sealed class Pieces(IReadOnlyList<byte[]> messages, int piece) : IMessageSource
    {
        private int _next;

        public bool IsDisposed { get; private set; }

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

        public void Dispose() => IsDisposed = true;
    }
}
