using Fathom.Domain;
using Fathom.Engine.Decisions;
using Fathom.Strategies.CSharp;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class StrategyLibraryTests
{
    [Fact]
    public void Every_strategy_has_parameters_within_their_ranges_each_with_a_description()
    {
        foreach (string name in StrategyLibrary.Names)
        {
            Strategy strategy = StrategyLibrary.Create(name);
            IReadOnlyList<StrategyParameter> parameters = StrategyParameter.Of(strategy.GetType());
            Assert.NotEmpty(parameters);
            foreach (StrategyParameter parameter in parameters)
            {
                parameter.Set(strategy, parameter.Read(strategy));
                Assert.NotEmpty(parameter.Description);
            }
        }
    }

    [Fact]
    public void An_unknown_strategy_is_refused_and_the_known_ones_are_listed()
    {
        InputException error = Assert.Throws<InputException>(() => StrategyLibrary.Create("qouter"));
        Assert.Equal(("'qouter'", "one of band-reversion, breakout, buy-and-hold, imbalance-taker, ofi-scalper, quoter, rsi-reversion, sma-cross"), (error.Found, error.Expected));
    }
}
