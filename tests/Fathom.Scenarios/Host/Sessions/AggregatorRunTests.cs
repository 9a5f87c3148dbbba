using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>An aggregator through the whole program: what a run writes knows it as an owner like a strategy.</summary>
public sealed class AggregatorRunTests : IDisposable
{
    private const string Toml = """
        [[strategy]]
        name = "quoter"
        id = "first"
        [[strategy]]
        name = "quoter"
        id = "second"
        [[aggregator]]
        id = "blend"
        method = "vote"
        strategies = ["first", "second"]
        threshold = 0.6
        urgency = "normal"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Orders_fills_and_money_stand_under_the_aggregators_name()
    {
        BacktestSettings settings = SmallRuns.With(SmallRuns.Bind(Toml, _runs.Market("market.dbn", events: 20_000)), ("first", new Flipper(300)), ("second", new Flipper(500)));
        _runs.Run(settings, "run");
        JsonElement owners = _runs.Summary("run").GetProperty("by_strategy"), blend = owners.GetProperty("blend");
        Assert.Equal(["first", "second", "blend"], owners.EnumerateObject().Select(owner => owner.Name));
        Assert.Equal(0, owners.GetProperty("first").GetProperty("orders").GetInt64());
        Assert.True(blend.GetProperty("fills").GetInt64() > 10 && blend.GetProperty("fill_rate").GetDouble() > 0.5, blend.ToString());
        foreach (string file in new[] { "orders.csv", "fills.csv", "positions.csv" }) Assert.All(_runs.Rows("run", file), row => Assert.Equal("blend", row["strategy"]));

        _runs.Run(SmallRuns.With(settings, ("first", new Flipper(300)), ("second", new Flipper(500))), "again");
        Assert.Equal(File.ReadAllText(_runs.PathOf("run", "fingerprint.txt")), File.ReadAllText(_runs.PathOf("again", "fingerprint.txt")));
    }

    /// <summary>Changes its mind every so many events.</summary>
    private sealed class Flipper(int period) : Strategy
    {
        private int _events;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (++_events % period == 1) context.Signal(book.Instrument, _events / period % 2 == 0 ? Side.Buy : Side.Sell, Quantity.Units(2), confidence: 0.8);
        }
    }
}
