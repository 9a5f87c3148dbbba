using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>What strategies store in one run and take on in the next.</summary>
public sealed class CarriedContextTests : IDisposable
{
    private const string Toml = """
        [[strategy]]
        name = "quoter"
        id = "counter"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Two_half_days_count_what_the_whole_day_counts()
    {
        string market = _runs.Market("market.dbn", 20_000);
        BacktestResult whole = Run(market, "day");
        Timestamp noon = new(whole.Run.First.Nanos + (whole.Run.Last.Nanos - whole.Run.First.Nanos) / 2);
        Run(market, "morning", $"data.end={noon}");
        BacktestResult carried = Run(market, "afternoon", $"data.start={noon}", $"strategy.context={_runs.PathOf("morning", "context.csv")}");
        BacktestResult alone = Run(market, "alone", $"data.start={noon}");

        (long Day, long Morning, long Afternoon, long Alone) trades = (Trades("day"), Trades("morning"), Trades("afternoon"), Trades("alone"));
        Assert.True(trades.Morning > 0 && trades.Alone > 0);
        Assert.Equal(trades.Day, trades.Morning + trades.Alone);
        Assert.Equal(trades.Day, trades.Afternoon);
        Assert.Equal(["2", "1"], new[] { "afternoon", "alone" }.Select(folder => Row(folder, "sessions")["value"]));
        Assert.NotEqual(carried.Fingerprint, alone.Fingerprint);

        File.Copy(_runs.PathOf("morning", "context.csv"), _runs.PathOf("elsewhere.csv"));
        Assert.Equal(carried.Fingerprint, Run(market, "moved", $"data.start={noon}", $"strategy.context={_runs.PathOf("elsewhere.csv")}").Fingerprint);
    }

    [Fact]
    public void A_run_that_stores_nothing_writes_no_file_and_another_strategys_context_is_refused()
    {
        string market = _runs.Market("market.dbn", 500);
        _runs.Run(SmallRuns.Bind(Toml, market), "quoter");
        Assert.False(File.Exists(_runs.PathOf("quoter", "context.csv")));
        Run(market, "counter");
        InputException wrong = Assert.Throws<InputException>(() => Run(market, "other", "strategy.id=other", $"strategy.context={_runs.PathOf("counter", "context.csv")}"));
        Assert.Equal(("nothing of a strategy 'other'", "one of counter"), (wrong.Found, wrong.Expected));
        Assert.Throws<InputException>(() => Run(market, "counter", $"strategy.context={_runs.PathOf("counter", "context.csv")}"));      // it would overwrite what it reads
    }

    private BacktestResult Run(string market, string folder, params string[] sets)
    {
        BacktestSettings settings = SmallRuns.Bind(Toml, market, sets);
        return _runs.Run(SmallRuns.With(settings, (settings.Strategies, new Counter())), folder);
    }

    private long Trades(string folder) => long.Parse(Row(folder, "trades")["value"]);

    private Dictionary<string, string> Row(string folder, string key)
    {
        Dictionary<string, string> row = _runs.Rows(folder, "context.csv").Single(row => row["key"] == key);
        Assert.Equal(("counter", "long"), (row["strategy"], row["kind"]));
        return row;
    }

    private sealed class Counter : Strategy
    {
        public override void OnStart(StrategyContext context) => Add(context, "sessions");

        public override void OnTrade(StrategyContext context, in MarketByOrder trade) => Add(context, "trades");

        private static void Add(StrategyContext context, string key) => context.Store.Set(key, (context.Store.TryGet(key, out long count) ? count : 0) + 1);
    }
}
