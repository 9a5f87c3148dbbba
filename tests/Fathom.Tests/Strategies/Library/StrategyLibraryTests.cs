using Fathom.Domain;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class StrategyLibraryTests
{
    [Fact]
    public void Every_strategy_runs_on_its_defaults()
    {
        foreach (string name in StrategyLibrary.Names)
        {
            StrategyParameters parameters = new(new Dictionary<string, string>());
            Assert.NotNull(StrategyLibrary.Create(name, parameters));
            Assert.NotEmpty(parameters.Effective);
        }
    }

    [Fact]
    public void An_unknown_strategy_is_refused_and_the_known_ones_are_listed()
    {
        InputException error = Assert.Throws<InputException>(() => StrategyLibrary.Create("qouter", new Dictionary<string, string>()));
        Assert.Equal(("'qouter'", "one of buy-and-hold, imbalance-taker, quoter"), (error.Found, error.Expected));
    }

    [Fact]
    public void An_unknown_parameter_is_refused_and_the_known_ones_are_listed()
    {
        InputException error = Assert.Throws<InputException>(() => StrategyLibrary.Create("quoter", new Dictionary<string, string> { ["sise"] = "1", ["skew"] = "1" }));
        Assert.Equal("unknown sise", error.Found);
        Assert.Equal("only half_spread, inventory_max, requote, size, skew", error.Expected);
    }
}
