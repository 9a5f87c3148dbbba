using Fathom.Domain.Ports;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Engine.Loop;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Simulation.Driver;

/// <summary>Readers of one engine or of several lanes: answered between chunks, left the final state, and of no effect on the run.</summary>
public class LaneDriverReadersTests
{
    private const int Events = 6_000;      // several chunks

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Readers_are_answered_between_chunks_and_left_the_final_state(int lanes)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            SnapshotExchange?[] readers = [.. Enumerable.Range(0, lanes).Select(lane => lane == 1 ? null : new SnapshotExchange())];      // one lane has none
            Asker asker = new(ATape(seed).Source(), readers);
            (string[] watched, EngineSnapshot[] ends) = Run(asker, seed, lanes, readers);
            (string[] unwatched, _) = Run(ATape(seed).Source(), seed, lanes, null);
            Assert.Equal(unwatched, watched);
            for (int lane = 0; lane < lanes; lane++)
            {
                if (readers[lane] is not { } exchange) continue;
                List<EngineSnapshot> seen = asker.Seen[lane];
                Assert.True(exchange.IsClosed && exchange.Newest!.IsFinal && seen.Count >= 3, $"seed {seed}: {seen.Count}");
                Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.InputNumber < pair.Second.InputNumber && pair.First.Clock <= pair.Second.Clock), $"seed {seed}");
                Assert.True(seen.All(one => !one.IsFinal) && seen[^1].InputNumber <= exchange.Newest.InputNumber, $"seed {seed}");
                Assert.Equal((ends[lane].InputNumber, ends[lane].Clock, ends[lane].Totals), (exchange.Newest.InputNumber, exchange.Newest.Clock, exchange.Newest.Totals));
                Assert.Equal(ends[lane].Orders.ToArray(), exchange.Newest.Orders.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nobody_goes_on_waiting_for_a_run_that_broke_off(int lanes)
    {
        SnapshotExchange[] readers = [.. Enumerable.Range(0, lanes).Select(_ => new SnapshotExchange())];
        Assert.ThrowsAny<OperationCanceledException>(() => Run(ATape(1).Source(), 1, lanes, readers, isCanceled: true));
        Assert.All(readers, one => Assert.True(one.IsClosed && one.Newest is null));
    }

    [Fact]
    public void Each_lane_has_its_readers() => Assert.Throws<ArgumentException>(() => Run(ATape(1).Source(), 1, 2, [new SnapshotExchange()]));

    private static Tape ATape(int seed) => RandomTape.Create(new Random(seed), Events, instruments: 2, isHostile: false);

    private static (string[] Fingerprints, EngineSnapshot[] Ends) Run(
        IMessageSource source, int seed, int lanes, IReadOnlyList<SnapshotExchange?>? readers, bool isCanceled = false)
    {
        CancellationToken cancellation = isCanceled ? new CancellationToken(canceled: true) : TestContext.Current.CancellationToken;
        LatencyModel latency = new(new Duration(1_000), new Duration(1_000), Duration.Zero);
        EngineOptions Options(int lane) => new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 1_000_000m,
            Strategies = [new NamedStrategy("one", LaneMix.Create(lane, seed + lane))],
            TradeWindow = new Duration(8_000),
        };
        if (lanes == 1)
        {
            using SimulatedVenue venue = new(latency, new FeeBook(FeeSchedule.None));
            using TradingEngine engine = new(Options(0), venue);
            BacktestDriver.Run(source, engine, venue, cancellation: cancellation, readers: readers?[0]);
            return ([engine.Fingerprint.ToString()], [engine.TakeSnapshot()]);
        }
        using VenueTape tape = new();
        using EngineLanes engines = new(new Duration(8_000));
        SimulatedVenue[] venues = [.. Enumerable.Range(0, lanes).Select(_ => new SimulatedVenue(latency, new FeeBook(FeeSchedule.None), 0, tape))];
        for (int lane = 0; lane < lanes; lane++) engines.Add(Options(lane), venues[lane]);
        new LaneDriver(source, engines, tape, venues).Run(cancellation: cancellation, readers: readers);
        return ([.. Enumerable.Range(0, lanes).Select(lane => engines[lane].Fingerprint.ToString())], [.. Enumerable.Range(0, lanes).Select(lane => engines[lane].TakeSnapshot())]);
    }

    /// <summary>A tape whose reader looks at each lane's newest snapshot and asks for the next whenever a chunk is read.</summary>
    private sealed class Asker(IMessageSource tape, SnapshotExchange?[] readers) : IMessageSource
    {
        public List<EngineSnapshot>[] Seen { get; } = [.. readers.Select(_ => new List<EngineSnapshot>())];

        public int Read(Span<byte> buffer)
        {
            for (int lane = 0; lane < readers.Length; lane++)
            {
                if (readers[lane] is not { } exchange) continue;
                if (exchange.Newest is { } newest && !ReferenceEquals(newest, Seen[lane].LastOrDefault())) Seen[lane].Add(newest);
                exchange.Request();
            }
            return tape.Read(buffer);
        }

        public void Dispose() => tape.Dispose();
    }
}
