using Fathom.Data;
using Fathom.Data.Markets;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Length costs time and nothing else: four times the messages take no more managed memory than one.</summary>
[Collection(Alone)]
public sealed class MemoryTests : IDisposable
{
    /// <summary>The runtime counts what everybody holds: nothing else runs meanwhile.</summary>
    private const string Alone = "alone";

    private const string Toml = """
        fees = { per_contract = 0.62 }
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0 }
        [[strategy]]
        name = "imbalance-taker"
        params = { imbalance = 0.2, trade_imbalance = 0.1, hold_ms = 500, pause_ms = 100 }
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>Engine and venue alone: what a run allocates, it allocates in its beginning. The shorter one is long enough for the venue's memory of past orders and executions to have its full size.</summary>
    [Fact]
    public void A_run_four_times_as_long_allocates_as_much()
    {
        string shorter = _runs.Market("short.dbn", events: 240_000), longer = _runs.Market("long.dbn", events: 960_000);
        _ = Allocated(shorter, out _);      // whatever is made once
        long few = Allocated(shorter, out long fewFills), many = Allocated(longer, out long manyFills);
        TestContext.Current.SendDiagnosticMessage($"{few} bytes for {fewFills} fills, {many} for {manyFills}");
        Assert.True(manyFills > 2 * fewFills && fewFills > 50, $"{fewFills} and {manyFills} fills");
        Assert.True(many - few < 256 << 10, $"{few} bytes, then {many}");
    }

    /// <summary>With everything that watches it and writes its files: what is alive when the run is over.</summary>
    [Fact]
    public void A_session_four_times_as_long_holds_no_more()
    {
        string shorter = _runs.Market("short.dbn", events: 100_000), longer = _runs.Market("long.dbn", events: 400_000);
        _ = Held(shorter, "warm");
        long few = Held(shorter, "short"), many = Held(longer, "long");
        TestContext.Current.SendDiagnosticMessage($"{few} bytes, then {many}");
        Assert.True(many - few < 4 << 20, $"{few} bytes, then {many}");
    }

    private static long Allocated(string market, out long fills)
    {
        BacktestSettings settings = SmallRuns.Bind(Toml, market);
        using IMarketSource source = MarketFiles.Open(settings.Market, new InstrumentRegistry(settings.Instruments));
        using SimulatedVenue venue = new(settings.Latency, settings.Fees);
        using TradingEngine engine = new(settings.Engine, venue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BacktestDriver.Run(source, engine, venue, cancellation: TestContext.Current.CancellationToken);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        fills = engine.Summarize().FillCount;
        return allocated;
    }

    private long Held(string market, string folder)
    {
        long held = 0;
        BacktestSettings settings = SmallRuns.Bind(Toml, market);
        LastLook look = new(() => held = GC.GetTotalMemory(forceFullCollection: true));
        _runs.Run(settings with { Engine = settings.Engine with { Strategies = [.. settings.Engine.Strategies, new NamedStrategy("look", look)] } }, folder);
        return held;
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;

    /// <summary>Looks when the run is over and everything of it is still there.</summary>
    private sealed class LastLook(Action look) : Fathom.Engine.Decisions.Strategy
    {
        public override void OnStop(Fathom.Engine.Decisions.StrategyContext context) => look();
    }
}
