using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;
using Fathom.Strategies.CSharp;
using Fathom.Strategies.Library;

namespace Fathom.Scenarios.Pages;

/// <summary>The strategy that docs/reference/strategies.md shows, and what the page says of the library.</summary>
public class StrategiesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Places.Root, "docs", "reference", "strategies.md"));

    [Fact]
    public void The_page_shows_the_strategy_that_is_compiled_here()
    {
        string source = File.ReadAllText(Path.Combine(Places.Root, "tests", "Fathom.Scenarios", "Pages", "JoinBest.cs"));
        string shown = Between(Page, "```csharp\n", "```");
        Assert.Equal(ClassOf(source), ClassOf(shown));
    }

    [Fact]
    public void It_trades_on_a_generated_market_and_is_not_halted()
    {
        using MarketGenerator market = new(new GeneratorOptions { Preset = "demo", Events = 60_000, Seed = 7 });
        using SimulatedVenue venue = new(new LatencyModel(Duration.FromMilliseconds(1), Duration.FromMilliseconds(1), Duration.Zero), FeeSchedule.None);
        Assert.True(CurrencyCode.TryParse("USD", out CurrencyCode usd));
        JoinBest strategy = new() { Patience = Duration.FromMilliseconds(2_000) };
        using TradingEngine engine = new(new EngineOptions { Currency = usd, Cash = 100_000m, Strategies = [new NamedStrategy("join-best", strategy)] }, venue);
        BacktestDriver.Run(market, engine, venue, cancellation: TestContext.Current.CancellationToken);

        StrategySummary summary = Assert.Single(engine.Summarize().Strategies);
        Assert.Null(summary.Failure);
        Assert.True(summary.FillCount >= 20, $"only {summary.FillCount} fills");
    }

    [Fact]
    public void Every_strategy_of_the_library_is_there_with_its_parameters_and_defaults()
    {
        foreach (string name in StrategyLibrary.Names)
        {
            Strategy strategy = StrategyLibrary.Create(name);
            string part = Between(Page + "\n**", $"**`{name}`**", "\n**");
            foreach (StrategyParameter parameter in StrategyParameter.Of(strategy.GetType()))
            {
                string key = parameter.Key, value = parameter.Read(strategy)!.ToString()!;
                Assert.Contains($"`{key}`", part, StringComparison.Ordinal);
                string shown = parameter.Type == typeof(string) || parameter.Type == typeof(bool) ? $"`{value.ToLowerInvariant()}`" : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture).ToString("#,##0.###", System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(part.Contains($"| {shown} |", StringComparison.Ordinal) || part.Contains($"default {shown})", StringComparison.Ordinal), $"{name}: the default of {key} is {shown}");
            }
        }
    }

    private static string ClassOf(string source) => source[source.IndexOf("/// <summary>", StringComparison.Ordinal)..].Trim();

    private static string Between(string text, string from, string to)
    {
        int begin = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        Assert.True(begin >= from.Length, $"the page has no {from}");
        return text[begin..text.IndexOf(to, begin, StringComparison.Ordinal)];
    }
}
