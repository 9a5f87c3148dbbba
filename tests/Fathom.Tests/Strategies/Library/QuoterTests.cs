using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Strategies.Library;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Library;

public class QuoterTests
{
    [Fact]
    public void Quotes_both_sides_around_the_mid()
    {
        using EngineRig rig = ARig(new Quoter { HalfSpread = 2, Size = Quantity.Units(3) });
        rig.Quote(10.00m, 10.02m);
        Assert.Equal([(Side.Buy, 9.99m), (Side.Sell, 10.03m)], Submitted(rig));
        Assert.All(rig.Sent, command => Assert.True(command.IsPostOnly && command.Quantity == Quantity.Units(3)));
    }

    [Fact]
    public void Quotes_once_it_has_warmed_up()
    {
        using EngineRig rig = new([new NamedStrategy("quoter", new Quoter()) { Warmup = Duration.FromMilliseconds(10) }]);
        rig.Define().Quote(10.00m, 10.02m).Quote(10.01m, 10.03m);
        Assert.Empty(rig.Sent);
        rig.Now += Duration.FromMilliseconds(10);
        rig.Quote(10.02m, 10.04m);
        Assert.Equal((2, 0L), (rig.Sent.Count, rig.Engine.Summarize().RefusedCount));
    }

    [Fact]
    public void Never_quotes_at_or_through_the_other_side()
    {
        using EngineRig rig = ARig(new Quoter { HalfSpread = 0 });
        rig.Quote(10.00m, 10.01m);
        Assert.Equal([(Side.Buy, 10.00m), (Side.Sell, 10.01m)], Submitted(rig));
    }

    [Fact]
    public void Leans_against_its_inventory()
    {
        using EngineRig rig = ARig(new Quoter { HalfSpread = 1, Skew = 2 });
        rig.Quote(10.00m, 10.04m);                          // 10.01 and 10.03
        ClientOrderId buy = rig.Sent[0].ClientOrderId, sell = rig.Sent[1].ClientOrderId;
        Accept(rig);
        rig.Sent.Clear();
        rig.Fill(buy, Side.Buy, 10.01m, 1m);                // two ticks lower, but never through the bid
        Assert.Equal([(CommandKind.Submit, Side.Buy, 9.99m), (CommandKind.Replace, Side.Sell, 10.01m)], rig.Sent.Select(command => (command.Kind, command.Side, command.Price.ToDecimal())));
        Assert.Equal(sell, rig.Sent[1].ClientOrderId);
    }

    [Fact]
    public void Moves_a_quote_only_by_the_threshold_and_in_one_command()
    {
        using EngineRig rig = ARig(new Quoter { HalfSpread = 1, Requote = 2 });
        rig.Quote(10.00m, 10.02m);
        Accept(rig);
        rig.Quote(10.01m, 10.03m);
        Assert.Equal(2, rig.Sent.Count);                    // one tick off: left alone
        rig.Quote(10.02m, 10.04m).Quote(10.05m, 10.07m);
        // Upward: the ask makes room first. What is not answered is not asked again.
        Assert.Equal([(CommandKind.Replace, Side.Sell, 10.04m), (CommandKind.Replace, Side.Buy, 10.02m)],
            rig.Sent.Skip(2).Select(command => (command.Kind, command.Side, command.Price.ToDecimal())));
        rig.Answer(ReportKind.Replaced, rig.Sent[0].ClientOrderId);
        Assert.Equal((CommandKind.Replace, Side.Buy, 10.05m), (rig.Sent[4].Kind, rig.Sent[4].Side, rig.Sent[4].Price.ToDecimal()));
        Assert.Equal(5, rig.Sent.Count);                    // the sell side still waits for its answer
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("crossed")]
    [InlineData("locked")]
    [InlineData("stale")]
    [InlineData("halted")]
    public void Pulls_its_quotes_when_the_book_cannot_be_trusted(string trouble)
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        Accept(rig);
        switch (trouble)
        {
            case "empty": rig.Quote(10.00m, null); break;
            case "crossed": rig.Quote(10.05m, 10.02m); break;
            case "locked": rig.Quote(10.02m, 10.02m); break;
            case "stale": rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true, BookFlags.MaybeBadBook); break;
            case "halted": rig.State(TradingState.Halted).Quote(10.00m, 10.02m); break;
        }
        // An event of one message after another may show a half-built book; what counts is that both are pulled, once.
        Assert.Equal([CommandKind.Cancel, CommandKind.Cancel], rig.Sent.Skip(2).Select(command => command.Kind));
    }

    [Fact]
    public void After_a_rejection_it_tries_again_when_the_market_has_moved()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.Rejected, rig.Sent[0].ClientOrderId, ReasonCode.WouldCross);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(2, rig.Sent.Count);
        rig.Quote(10.01m, 10.02m);
        Assert.Equal(Side.Buy, rig.Sent[2].Side);
        Assert.Equal(3, rig.Sent.Count);
    }

    [Fact]
    public void Does_not_quote_the_side_that_would_take_it_beyond_its_inventory()
    {
        using EngineRig rig = ARig(new Quoter { InventoryMax = Quantity.Units(1) });
        rig.Quote(10.00m, 10.02m);
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 1m).Quote(10.00m, 10.02m).Quote(9.90m, 9.92m);
        Assert.DoesNotContain(rig.Sent.Skip(2), command => command.Side == Side.Buy);
    }

    [Fact]
    public void Never_has_two_live_orders_a_side_over_random_markets_and_answers()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            using EngineRig rig = ARig(new Quoter { HalfSpread = 1, InventoryMax = Quantity.Units(3) });
            for (int step = 0; step < 120; step++)
            {
                int bid = random.Next(990, 1010);
                if (rig.Sent.Count == 0 || random.Next(2) == 0) rig.Quote(bid / 100m, random.Next(8) == 0 ? null : (bid + random.Next(-1, 4)) / 100m);
                else AnswerOne(rig, random);
                foreach (Side side in new[] { Side.Buy, Side.Sell })
                {
                    int live = 0;
                    foreach (Fathom.Engine.Orders.WorkingOrder order in rig.Engine.Orders.Working(0, EngineRig.Crude)) live += order.Side == side ? 1 : 0;
                    Assert.True(live <= 1, $"seed {seed}, step {step}: {live} live orders on the {side} side");
                }
                Assert.True(Math.Abs(rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude).Nanos) <= Quantity.Units(3).Nanos, $"seed {seed}, step {step}");
            }
        }
    }

    private static void AnswerOne(EngineRig rig, Random random)
    {
        OrderCommand order = rig.Sent[random.Next(rig.Sent.Count)];
        if (!rig.Engine.Orders.TryFind(order.ClientOrderId, out Fathom.Engine.Orders.Order? live)) return;
        if (random.Next(2) == 0) rig.Fill(live.Id, live.Side, live.Price.ToDecimal(), live.Leaves.ToDecimal());
        else rig.Answer(random.Next(2) == 0 ? ReportKind.Accepted : ReportKind.Canceled, live.Id);
    }

    private static void Accept(EngineRig rig)
    {
        foreach (OrderCommand order in rig.Sent.ToArray()) rig.Answer(ReportKind.Accepted, order.ClientOrderId);
    }

    private static IEnumerable<(Side, decimal)> Submitted(EngineRig rig) => rig.Sent.Select(command => (command.Side, command.Price.ToDecimal()));

    private static EngineRig ARig(Quoter? quoter = null) => new EngineRig(quoter ?? new Quoter()).Define();
}
