using Fathom.Domain.Books;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;

namespace Fathom.Tests.Engine.Loop;

public class OverriddenCallbacksTests
{
    [Fact]
    public void What_a_strategy_or_its_base_overrides_is_called_and_nothing_else()
    {
        OverriddenCallbacks none = new(new Idle()), some = new(new ScriptedStrategy()), all = new(new AttentiveStrategy());
        Assert.Equal((false, false, false, false, false), (none.OnBook, none.OnTrade, none.OnQuote, none.OnBar, none.OnFeatures));
        Assert.Equal((true, false, false, false, false), (some.OnBook, some.OnTrade, some.OnQuote, some.OnBar, some.OnFeatures));
        Assert.Equal((true, true, true, true, true), (all.OnBook, all.OnTrade, all.OnQuote, all.OnBar, all.OnFeatures));
        Assert.Equal((false, false, true), (none.OnSeries, all.OnSeries, new OverriddenCallbacks(new Listener()).OnSeries));
    }

    [Fact]
    public void Another_method_of_the_same_name_is_no_callback()
    {
        OverriddenCallbacks found = new(new Namesake());
        Assert.Equal((true, false), (found.OnBook, found.OnQuote));
    }

    private sealed class Idle : Strategy;

    private sealed class Listener : Strategy
    {
        public override void OnSeries(StrategyContext context, in SeriesUpdate update) { }
    }

    private sealed class Namesake : Strategy
    {
        public int Books { get; private set; }

        public override void OnBook(StrategyContext context, IBookView book) => OnBook(1);

        public void OnBook(int count) => Books += count;

        public void OnQuote(int count) => Books -= count;
    }
}
