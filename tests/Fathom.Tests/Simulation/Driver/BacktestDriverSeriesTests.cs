using System.Globalization;
using Fathom.Data.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Features;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Simulation.Driver;

/// <summary>Series beside market data: they reach the engine when they became known, and the venue not at all.</summary>
public class BacktestDriverSeriesTests
{
    private const int Microsecond = 1_000;

    /// <summary>With any latencies a point is told at the very time at which it became known, after all market data of that time and before all that came later.</summary>
    [Fact]
    public void A_point_is_told_when_it_became_known_and_never_before()
    {
        int told = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            Tape tape = Market(random, 80);
            LatencyModel latency = new(new Duration(random.Next(3_000)), new Duration(random.Next(3_000)), new Duration(random.Next(2) * random.Next(5_000)));
            long[] known = [.. Enumerable.Range(0, 40).Select(_ => random.NextInt64(990, 1_080) * Microsecond + latency.Feed.Nanos * random.Next(2)).Order()];
            Listener listener = new();
            Run(tape, listener, latency, known, random.Next(2) == 0);

            List<long> market = [.. tape.Messages.Skip(1).Select(message => Messages.Header(message).ReceiveTime.Nanos + latency.Feed.Nanos)];
            long[] expected = [.. known.Where(time => time >= Messages.Header(tape.Messages[0]).ReceiveTime.Nanos + latency.Feed.Nanos && time < market[^1])];
            Assert.True(expected.SequenceEqual(listener.Points.Select(point => point.Clock)), $"seed {seed}");
            foreach ((long clock, long available, int events) in listener.Points)
                Assert.True(clock == available && events == market.Count(time => time <= clock), $"seed {seed}: known at {available}, told at {clock}, after {events} events");
            told += expected.Length;
        }
        Assert.True(told > 1_000, $"only {told} points");
    }

    /// <summary>Old and future event times of points must neither move the venue's clock nor end or cut an event of it.</summary>
    [Fact]
    public void What_the_venue_does_is_the_same_with_and_without_points()
    {
        int reports = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            LatencyModel latency = new(new Duration(seed * 97 % 3_000), new Duration(seed * 61 % 3_000), new Duration(seed % 3 * 700));
            long[] known = [.. Enumerable.Range(0, 200).Select(i => (long)(1_000 * Microsecond + i * 391))];
            List<string> without = Trace(seed, latency, [], false);
            Assert.True(without.SequenceEqual(Trace(seed, latency, known, false)), $"seed {seed}");
            Assert.True(without.SequenceEqual(Trace(seed, latency, known, true)), $"seed {seed}, eager");
            reports += without.Count;
        }
        Assert.True(reports > 500, $"only {reports} reports");
    }

    private static List<string> Trace(int seed, LatencyModel latency, long[] known, bool isEager)
    {
        Random random = new(seed);
        List<string> trace = [];
        ScriptedStrategy strategy = new();
        int events = 0;
        strategy.Book = (context, _) =>
        {
            if (++events % 7 == 3) context.Submit(new OrderIntent(Tape.Instrument, events % 2 == 0 ? Side.Buy : Side.Sell, Quantity.Units(2), Price.From(events % 2 == 0 ? 91m : 93m)));
        };
        Run(Market(random, 80), strategy, latency, known, isEager, report => trace.Add(report));
        return trace;
    }

    private static Tape Market(Random random, int count)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 50).Add(2, Side.Sell, 94, 50);
        for (ulong id = 3; id < (ulong)count; id++)
        {
            tape.Time += random.Next(3) == 0 ? random.Next(4) * 500 - 500 : 0;
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            tape.Record(BookAction.Add, id, side, side == Side.Buy ? 91 : 93, 1 + random.Next(3), random.Next(4) == 0 ? BookFlags.None : BookFlags.Last, eventTime: tape.Time - random.Next(2_000));
            if (random.Next(3) == 0) tape.Trade(side == Side.Buy ? Side.Sell : Side.Buy, side == Side.Buy ? 91 : 93, 1).Fill(id, side, side == Side.Buy ? 91 : 93, 1, BookFlags.Last);
        }
        tape.Time += 20 * Microsecond;
        return tape.Nothing();
    }

    private static void Run(Tape tape, Strategy strategy, LatencyModel latency, long[] known, bool isEager, Action<string>? onReport = null)
    {
        using SimulatedVenue venue = new(latency, FeeSchedule.None);
        using TradingEngine engine = new(new EngineOptions { Currency = EngineRig.Code("USD"), Cash = 1_000m, Strategies = [new NamedStrategy("one", strategy)] }, venue);
        using MergedSource source = new(tape.Source(), latency.Feed, [new Points(known)]);
        void Step(ReadOnlySpan<byte> message)
        {
            if (Messages.Header(message).Type == MessageType.OrderReport)
            {
                ref readonly OrderReport report = ref Messages.As<OrderReport>(message);
                onReport?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{report.Kind} {report.ClientOrderId} {report.Header.EventTime.Nanos} {report.Header.ReceiveTime.Nanos} {report.LastPrice} {report.LastQuantity} {report.QueueAhead}"));
            }
            if (Messages.Header(message).Type == MessageType.MarketByOrder && strategy is Listener listener) listener.Events++;
            engine.Step(message);
        }
        BacktestDriver driver = new(source, Step, venue, isEager: isEager, nextWake: () => engine.NextWake);
        driver.RunAll(null, CancellationToken.None);
    }

    private sealed class Listener : Strategy
    {
        /// <summary>Market data that the engine has taken.</summary>
        public int Events { get; set; }

        public List<(long Clock, long Available, int Events)> Points { get; } = [];

        public override void OnSeries(StrategyContext context, in SeriesUpdate update)
        {
            Assert.True(context.TrySeries("s", "", out SeriesUpdate newest) && newest.AvailableAt <= context.Clock);
            Points.Add((context.Clock.Nanos, update.AvailableAt.Nanos, Events));
        }
    }

    /// <summary>A series whose points are about times long before and after they became known.</summary>
    private sealed class Points(long[] known) : IMessageSource
    {
        private int _next = -1;

        public int Read(Span<byte> buffer)
        {
            if (_next == known.Length) return 0;
            if (_next++ < 0)
            {
                SeriesDefinition definition = SeriesStoreTests.Definition(0, "s");
                Messages.AsBytes(in definition).CopyTo(buffer);
                return Messages.AsBytes(in definition).Length;
            }
            SeriesObservation point = SeriesStoreTests.Point(0, "", known[_next - 1] + (_next % 3 - 1) * 1_000_000_000L, 1, known[_next - 1]);
            Messages.AsBytes(in point).CopyTo(buffer);
            return Messages.AsBytes(in point).Length;
        }

        public void Dispose() { }
    }
}
