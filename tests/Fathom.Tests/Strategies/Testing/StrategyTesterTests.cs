using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Strategies.Library;
using Fathom.Strategies.Testing;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Testing;

public class StrategyTesterTests
{
    [Fact]
    public void A_quoter_is_driven_by_a_book_and_by_fills()
    {
        using StrategyTester test = new(new Quoter { HalfSpread = 2, Skew = 1 });
        test.Quote(bid: 99.99m, ask: 100.01m);
        Assert.Equal([(Side.Buy, 99.98m, OrderStatus.Open), (Side.Sell, 100.02m, OrderStatus.Open)], test.Orders.Select(order => (order.Side, order.Price.ToDecimal(), order.Status)));
        test.Fill(Side.Buy, price: 99.97m);
        Assert.Equal(Quantity.Units(1), test.Position);
        Assert.Contains(test.Orders, order => order.Side == Side.Buy && order.Price == Price.From(99.97m));
        test.Quote(bid: 99.99m, ask: null);
        Assert.Empty(test.Orders);      // pulled and answered
    }

    [Fact]
    public void A_taker_waits_for_its_fill_and_its_timer_comes_when_time_passes()
    {
        using StrategyTester test = new(new ImbalanceTaker { HoldMs = 100 });
        test.Quote(99.99m, 100.01m, bidQuantity: 90).Trade(Side.Buy, 100.01m, 5).Quote(99.99m, 100.01m, bidQuantity: 90);
        Assert.Equal((Side.Buy, TimeInForce.ImmediateOrCancel), (test.Sent[0].Side, test.Sent[0].TimeInForce));
        test.Fill(Side.Buy, quantity: 1).Wait(Duration.FromMilliseconds(99));
        Assert.Single(test.Sent);
        test.Wait(Duration.FromMilliseconds(1));
        Assert.Equal(OrderType.Market, test.Sent[1].Type);
        Assert.Throws<InvalidOperationException>(() => test.Fill(Side.Sell));      // at which price?
        test.Cancel(Side.Sell, ReasonCode.NoLiquidity);
        Assert.Empty(test.Orders);
    }

    [Fact]
    public void A_book_of_several_levels_is_one_event()
    {
        int books = 0;
        ScriptedStrategy strategy = new() { Book = (_, book) => { books++; Assert.Equal(2, book.LevelCount(Side.Buy)); } };
        using StrategyTester test = new(strategy);
        test.Book([(99m, 1), (98m, 2)], [(101m, 1)]).Stop();
        Assert.Equal(1, books);
        Assert.Equal(["OnStart", "OnBook", "OnStop"], strategy.Calls);
    }

    [Fact]
    public void What_the_strategy_throws_fails_the_test_with_its_place()
    {
        using StrategyTester test = new(new ScriptedStrategy { Book = (_, _) => throw new FormatException("no such luck") });
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => test.Quote(1m, 2m));
        Assert.Contains("OnBook", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such luck", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(What_the_strategy_throws_fails_the_test_with_its_place), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_never_comes_to_rest_is_told_so()
    {
        ScriptedStrategy restless = new() { Order = (context, change) => { if (change.To == OrderStatus.Open) context.Submit(ScriptedStrategy.Limit(Side.Buy, 1m)); } };
        restless.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 1m));
        using StrategyTester test = new(restless);
        Assert.Contains("does not come to rest", Assert.Throws<InvalidOperationException>(() => test.Quote(1m, 2m)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_fill_without_an_order()
    {
        using StrategyTester test = new(new ScriptedStrategy());
        Assert.Throws<InvalidOperationException>(() => test.Quote(1m, 2m).Fill(Side.Buy));
    }
}
