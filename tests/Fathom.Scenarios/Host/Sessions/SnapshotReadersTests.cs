using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Scenarios.Simulation;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Threads that read while a whole backtest runs: each snapshot is of one moment, none is older than the one before, and the run does not notice.</summary>
public sealed class SnapshotReadersTests : IDisposable
{
    private const int Readers = 3;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Every_snapshot_is_of_one_moment_and_the_run_does_not_notice()
    {
        string market = _runs.Market("market.dbn", events: 150_000, seed: 5, instruments: 3);
        string unwatched = Backtest(market, "unwatched", null).Fingerprint;
        SnapshotExchange exchange = new();
        Task<List<EngineSnapshot>>[] reading = [.. Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
            () => Read(exchange), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        BacktestResult watched;
        try
        {
            watched = Backtest(market, "watched", exchange);
        }
        finally
        {
            exchange.Close();      // readers end whatever happens
        }
        List<EngineSnapshot>[] seen = await Task.WhenAll(reading);

        Assert.Equal(unwatched, watched.Fingerprint);
        EngineSnapshot[] all = [.. seen.SelectMany(snapshots => snapshots)];
        Assert.True(all.Length > 20 && all.Any(one => one.Orders.Length > 0) && all.Any(one => !one.IsFinal && one.Money[0].RealizedNanos != 0), $"{all.Length} snapshots, orders and money among them");
        Assert.All(seen, snapshots =>
        {
            Assert.All(snapshots, Check);      // long after they were read: what is in them stays
            EngineSnapshot last = snapshots[^1];
            Assert.True(last.IsFinal);
            Assert.Equal((watched.Run.InputCount, watched.Run.Last, watched.Run.Totals!.Value.Equity), (last.InputNumber, last.Clock, last.Totals!.Value.Equity));
        });
    }

    private BacktestResult Backtest(string market, string folder, SnapshotExchange? readers)
    {
        BacktestSettings settings = SmallRuns.Bind("[[strategy]]\nname = \"quoter\"\n[fees]\nper_contract = 0.62\n[risk]\nposition_max = 20\n", market);
        settings = SmallRuns.With(settings, ("quoter", new Quoter()), ("dice", new RandomStrategy(11, takes: true)));
        return BacktestSession.Run(settings, _runs.PathOf(folder), new Screen(TextWriter.Null, TextWriter.Null, isJson: true), readers, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks as fast as it can, by number and without.</summary>
    private static List<EngineSnapshot> Read(SnapshotExchange exchange)
    {
        List<EngineSnapshot> seen = [];
        long newest = -1;
        while (true)
        {
            bool isClosed = exchange.IsClosed;
            long request = exchange.Request(), atRequest = exchange.Newest?.InputNumber ?? -1;
            EngineSnapshot? snapshot;
            while (!exchange.TryRead(request, out snapshot) && !exchange.IsClosed) Thread.SpinWait(50);
            snapshot ??= exchange.Newest;
            if (snapshot is null) return seen;
            Assert.True(snapshot.InputNumber >= newest && snapshot.InputNumber >= atRequest, $"input {snapshot.InputNumber} after {newest} and {atRequest}");
            Check(snapshot);
            if (seen.Count == 0 || !ReferenceEquals(seen[^1], snapshot)) seen.Add(snapshot);
            newest = snapshot.InputNumber;
            if (isClosed) return seen;
        }
    }

    /// <summary>What holds at one moment, and hardly between two.</summary>
    private static void Check(EngineSnapshot told)
    {
        string where = $"input {told.InputNumber}";
        foreach (MoneySnapshot account in told.Money.Where(money => money.Owner is null))
        {
            MoneySnapshot[] owners = [.. told.Money.Where(money => money.Owner is not null && money.Currency == account.Currency)];
            PositionSnapshot[] positions = [.. told.Positions.Where(position => position.Currency == account.Currency)];
            Assert.True(account.StartNanos + Sum(owners, money => money.EquityNanos) == account.EquityNanos, where);
            Assert.True(Sum(positions, position => position.RealizedNanos) == account.RealizedNanos, where);
            Assert.True(Sum(positions, position => position.UnrealizedNanos) == account.UnrealizedNanos, where);
            Assert.True(Sum(positions, position => position.FeesNanos) == account.FeesNanos, where);
        }
        foreach (ExposureSnapshot exposure in told.Risk.Exposures)
        {
            Int128 Leaves(Side side) => Sum(told.Orders.Where(order => order.Instrument == exposure.Instrument && order.Side == side && (exposure.Owner ?? order.Owner) == order.Owner), order => order.WorstLeaves.Nanos);
            Assert.True(Leaves(Side.Buy) == exposure.Buying.Nanos + exposure.ReducingByBuying.Nanos, $"{where}: {exposure}");
            Assert.True(Leaves(Side.Sell) == exposure.Selling.Nanos + exposure.ReducingBySelling.Nanos, $"{where}: {exposure}");
            Assert.True(Sum(told.Positions.Where(position => position.Instrument == exposure.Instrument && (exposure.Owner ?? position.Owner) == position.Owner), position => position.Quantity.Nanos) == exposure.Held.Nanos, where);
        }
        foreach (InstrumentSnapshot market in told.Instruments)
        {
            bool mayCross = market.State != TradingState.Continuous || market.Bid.Quantity.IsZero || market.Ask.Quantity.IsZero;
            Assert.True(market.EventTime <= told.Clock && (mayCross || market.Bid.Price < market.Ask.Price), $"{where}: {market}");
        }
    }

    private static Int128 Sum<T>(IEnumerable<T> all, Func<T, Int128> of) => all.Aggregate((Int128)0, (sum, one) => sum + of(one));
}
