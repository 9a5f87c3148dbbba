using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Execution;

/// <summary>What leaves for a ladder, seen at the venue. The tick is 0.01 and the market 10.00 to 10.02 unless a test says otherwise.</summary>
public class LadderReconcilerTests
{
    private readonly ScriptedStrategy _strategy = new();
    private readonly QuoteLadder _ladder = new();

    [Fact]
    public void Bids_are_rounded_down_and_asks_up()
    {
        _ladder.Add(Side.Buy, 1.4, Quantity.Units(1)).Add(Side.Sell, 1.4, Quantity.Units(1));
        _ladder.Add(Side.Buy, Price.From(9.957m), Quantity.Units(1)).Add(Side.Sell, Price.From(10.063m), Quantity.Units(1));
        using EngineRig rig = ARig();
        Assert.Equal([(Side.Buy, 9.99m), (Side.Buy, 9.95m), (Side.Sell, 10.03m), (Side.Sell, 10.07m)], rig.Sent.Select(command => (command.Side, command.Price.ToDecimal())));
        Assert.All(rig.Sent, command => Assert.True(command.IsPostOnly));
    }

    [Fact]
    public void No_quote_is_at_or_through_the_other_sides_best()
    {
        _ladder.Add(Side.Buy, -5, Quantity.Units(1)).Add(Side.Sell, Price.From(9.00m), Quantity.Units(1));
        using EngineRig rig = ARig();
        Assert.Equal([10.01m, 10.01m], Prices(rig));
    }

    [Fact]
    public void Levels_that_meet_at_one_price_become_one_quote()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(2)).Add(Side.Buy, 0.6, Quantity.Units(3)).Add(Side.Buy, Price.From(10.009m), Quantity.Units(4));
        using EngineRig rig = ARig();
        OrderCommand only = Assert.Single(rig.Sent);
        Assert.Equal((10.00m, Quantity.Units(9)), (only.Price.ToDecimal(), only.Quantity));
    }

    [Fact]
    public void Quantities_are_rounded_down_to_the_lot_and_less_than_one_is_refused_aloud()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(5)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig(lot: 2m);
        Assert.Equal(Quantity.Units(4), Assert.Single(rig.Sent).Quantity);
        Assert.Equal(ReasonCode.QuantityOffLot, Assert.Single(_strategy.Changes).Reason);
    }

    [Fact]
    public void The_shift_moves_all_levels_in_ticks_and_no_prices()
    {
        _ladder.ShiftTicks = -2;
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Buy, Price.From(9.50m), Quantity.Units(1)).Add(Side.Sell, 3, Quantity.Units(1));
        using EngineRig rig = ARig();
        Assert.Equal([9.98m, 9.50m, 10.02m], Prices(rig));
    }

    [Fact]
    public void The_weighted_mid_leans_to_the_thinner_side()
    {
        _ladder.Reference = PriceReference.WeightedMid;
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig(ask: 10.10m, askQuantity: 30m);      // (10.00 × 30 + 10.10 × 10) / 40 = 10.025
        Assert.Equal([10.01m, 10.04m], Prices(rig));
        rig.AcceptAll().Quote(10.00m, 10.10m, bidQuantity: 30m);        // 10.075: the same prices, another weight
        Assert.Equal([10.06m, 10.09m], Prices(rig)[2..].Order());
    }

    [Fact]
    public void A_ladder_that_begins_to_follow_the_weighted_mid_knows_the_newest_quantities()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1));
        using EngineRig rig = ARig(ask: 10.10m);
        rig.AcceptAll().Quote(10.00m, 10.10m, askQuantity: 30m);        // the mid does not move
        Assert.Single(rig.Sent);
        _ladder.Reference = PriceReference.WeightedMid;
        _strategy.Book = (context, _) => context.SetTimer(context.Clock, tag: 1);
        _strategy.Timer = (context, _) => context.Quote(EngineRig.Crude, _ladder);      // between the book's events
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        rig.Reach(rig.Now);
        Assert.Equal((2, 10.01m), (rig.Sent.Count, rig.Sent[^1].Price.ToDecimal()));
    }

    [Theory]
    [InlineData(10.00, 10.02, 9.99, 10.03)]              // 10.01 ± 0.01001
    [InlineData(10.00, 10.20, 10.08, 10.12)]             // 10.10 ± 0.0101
    [InlineData(-10.04, -10.00, -10.04, -10.00)]         // of the reference's size: -10.02 ± 0.01002
    public void A_distance_in_basis_points_is_of_the_reference(double bid, double ask, double buy, double sell)
    {
        _ladder.AddBps(Side.Buy, 10, Quantity.Units(1)).AddBps(Side.Sell, 10, Quantity.Units(1));
        using EngineRig rig = ARig(bid: (decimal)bid, ask: (decimal)ask);
        Assert.Equal([(decimal)buy, (decimal)sell], Prices(rig));
    }

    [Fact]
    public void Whole_basis_points_of_a_whole_reference_are_exact()
    {
        _ladder.Reference = PriceReference.FairValue;
        _ladder.FairValue = 70.07;
        _ladder.AddBps(Side.Buy, 100, Quantity.Units(1)).AddBps(Side.Sell, 100, Quantity.Units(1)).Add(Side.Buy, 0, Quantity.Units(1)).Add(Side.Sell, 0, Quantity.Units(1));
        using EngineRig rig = ARig(bid: 60.00m, ask: 80.00m);
        Assert.Equal([70.07m, 69.36m, 70.07m, 70.78m], Prices(rig));      // 70.07 ± 0.7007; at 70.07 itself not a tick is lost
    }

    [Fact]
    public void The_strategys_own_fair_value_is_a_reference_that_the_market_does_not_move_but_bounds()
    {
        _ladder.Reference = PriceReference.FairValue;
        _ladder.FairValue = 10.004;
        _ladder.ShiftTicks = 1;
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        Assert.Equal([10.00m, 10.03m], Prices(rig));                      // 10.004, and 10.024 upward
        rig.AcceptAll().Quote(10.01m, 10.04m);
        Assert.Equal(2, rig.Sent.Count);
        _ladder.FairValue = 11;                                           // far beyond the market: no bid meets the ask
        Hand(rig);
        Assert.Equal([11.02m, 10.03m], rig.Sent[2..].Select(command => command.Price.ToDecimal()));
    }

    [Fact]
    public void A_quote_is_moved_only_by_the_threshold()
    {
        _ladder.RequoteTicks = 3;
        _ladder.Add(Side.Buy, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll().Quote(10.02m, 10.04m);
        Assert.Single(rig.Sent);
        rig.Quote(10.03m, 10.05m);
        Assert.Equal((CommandKind.Replace, 10.03m, rig.Sent[0].ClientOrderId), (rig.Sent[1].Kind, rig.Sent[1].Price.ToDecimal(), rig.Sent[1].ClientOrderId));
    }

    [Fact]
    public void A_threshold_beyond_all_prices_never_moves_a_quote_that_the_other_side_has_not_met()
    {
        _ladder.RequoteTicks = long.MaxValue;
        _ladder.Add(Side.Buy, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll().Quote(500.00m, 500.02m);
        Assert.Single(rig.Sent);
        rig.Quote(9.98m, 10.00m);
        Assert.Equal((CommandKind.Replace, 9.98m), (rig.Sent[^1].Kind, rig.Sent[^1].Price.ToDecimal()));
    }

    [Fact]
    public void Quotes_that_move_up_together_make_room_with_the_asks_and_downward_with_the_bids()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll().Quote(10.05m, 10.07m);
        Assert.Equal([Side.Sell, Side.Buy], rig.Sent[2..].Select(command => command.Side));
        AnswerReplacements(rig);
        rig.Quote(9.00m, 9.02m);
        Assert.Equal([Side.Buy, Side.Sell], rig.Sent[4..].Select(command => command.Side));
    }

    /// <summary>The best bid was filled, the other goes up, and the asks come down to where it stood.</summary>
    [Fact]
    public void A_new_bid_waits_for_an_ask_in_its_way_and_an_ask_for_a_bid()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using (EngineRig rig = ARig())
        {
            rig.AcceptAll();
            rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 1m);
            rig.Answer(ReportKind.Canceled, rig.Sent[2].ClientOrderId);
            rig.Answer(ReportKind.Rejected, rig.Sent[3].ClientOrderId).Quote(10.05m, 10.07m);      // no bid lives, the ask stands at 10.02
            Assert.Equal([(CommandKind.Replace, Side.Sell), (CommandKind.Submit, Side.Buy)], rig.Sent[4..].Select(command => (command.Kind, command.Side)));
        }
        _ladder.Add(Side.Buy, 5, Quantity.Units(1));
        using (EngineRig rig = ARig())
        {
            rig.AcceptAll();                                          // 10.00, 9.96; 10.02
            _ladder.Clear().Add(Side.Buy, 4, Quantity.Units(1)).Add(Side.Buy, 3, Quantity.Units(1)).Add(Side.Sell, -1, Quantity.Units(1));
            Hand(rig);                                                // 9.98, 9.97: the worse one rises; 10.01 would have met 10.00 only from below
            Assert.Equal([Side.Buy, Side.Buy, Side.Sell], rig.Sent[3..].Select(command => command.Side));
        }
    }

    [Fact]
    public void What_is_being_canceled_keeps_its_room_until_it_is_gone()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(5));
        using EngineRig rig = ARig();
        rig.AcceptAll();
        _ladder.Clear();
        Hand(rig);
        _ladder.Add(Side.Buy, 2, Quantity.Units(5));
        Hand(rig);
        Assert.Equal([CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal((CommandKind.Submit, 9.99m), (rig.Sent[2].Kind, rig.Sent[2].Price.ToDecimal()));
    }

    [Fact]
    public void What_is_to_grow_waits_until_what_is_to_shrink_has_done_so()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(10));
        using EngineRig rig = ARig();
        rig.AcceptAll();
        _ladder.Clear().Add(Side.Buy, 1, Quantity.Units(5)).Add(Side.Buy, 2, Quantity.Units(5));
        Hand(rig);
        Assert.Equal((CommandKind.Replace, Quantity.Units(5)), (rig.Sent[^1].Kind, rig.Sent[^1].Quantity));
        Assert.Equal(2, rig.Sent.Count);
        rig.Answer(ReportKind.Replaced, rig.Sent[0].ClientOrderId);
        Assert.Equal((CommandKind.Submit, Quantity.Units(5), 9.99m), (rig.Sent[2].Kind, rig.Sent[2].Quantity, rig.Sent[2].Price.ToDecimal()));
    }

    [Fact]
    public void A_partly_filled_quote_is_left_alone_until_it_has_to_move()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(5));
        using EngineRig rig = ARig();
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 2m);
        Assert.Single(rig.Sent);
        rig.Quote(10.01m, 10.03m);
        Assert.Equal((CommandKind.Replace, Quantity.Units(7)), (rig.Sent[1].Kind, rig.Sent[1].Quantity));      // two filled, and five again
    }

    [Theory]
    [InlineData(10, 5, 0)]
    [InlineData(11, 11, 0)]
    [InlineData(5, 5, 2)]
    [InlineData(5, 8, 3)]
    public void A_quote_grows_at_its_price_only_where_less_than_half_of_what_is_wanted_is_left(int wanted, int whole, int filled)
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(5));
        using EngineRig rig = ARig();
        rig.AcceptAll();
        if (filled > 0) rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, filled);
        _ladder.Clear().Add(Side.Buy, 1, Quantity.Units(wanted));
        Hand(rig);
        Assert.Equal(whole == 5 ? 1 : 2, rig.Sent.Count);
        if (whole != 5) Assert.Equal((CommandKind.Replace, 10.00m, Quantity.Units(whole)), (rig.Sent[1].Kind, rig.Sent[1].Price.ToDecimal(), rig.Sent[1].Quantity));
    }

    [Fact]
    public void Less_than_a_lot_that_is_missing_does_not_send_a_quote_to_the_back()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(100));
        using EngineRig rig = ARig(lot: 100m);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 63m);
        Assert.Single(rig.Sent);
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 37m);
        Assert.Equal((CommandKind.Submit, Quantity.Units(100)), (rig.Sent[1].Kind, rig.Sent[1].Quantity));
    }

    [Fact]
    public void A_quote_that_the_strategy_cancels_comes_back_when_the_market_or_the_ladder_moves()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll();
        _strategy.Book = (context, _) => context.Cancel(rig.Sent[0].ClientOrderId);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        _strategy.Book = null;
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId, ReasonCode.Requested).Quote(10.00m, 10.02m, bidQuantity: 99m);
        Assert.Equal([CommandKind.Submit, CommandKind.Submit, CommandKind.Cancel], rig.Sent.Select(command => command.Kind));
        Hand(rig);
        Assert.Equal((CommandKind.Submit, Side.Buy), (rig.Sent[^1].Kind, rig.Sent[^1].Side));
    }

    [Fact]
    public void A_quote_that_was_filled_by_less_than_a_lot_still_moves()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(200));
        using EngineRig rig = ARig(lot: 100m);
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 37m);
        rig.Quote(9.90m, 9.92m);
        Assert.Equal((CommandKind.Replace, 9.90m, Quantity.Units(200)), (rig.Sent[^1].Kind, rig.Sent[^1].Price.ToDecimal(), rig.Sent[^1].Quantity));
        Assert.DoesNotContain(_strategy.Changes, change => change.Reason == ReasonCode.QuantityOffLot);
    }

    [Fact]
    public void A_filled_quote_is_placed_again()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(5));
        using EngineRig rig = ARig();
        rig.AcceptAll().Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 5m);
        Assert.Equal([CommandKind.Submit, CommandKind.Submit], rig.Sent.Select(command => command.Kind));
    }

    [Theory]
    [InlineData(ReportKind.Rejected)]
    [InlineData(ReportKind.ReplaceRejected)]
    [InlineData(ReportKind.CancelRejected)]
    public void After_a_rejection_the_side_waits_until_the_market_moves(ReportKind rejection)
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1)).Add(Side.Sell, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        if (rejection != ReportKind.Rejected) rig.AcceptAll();
        if (rejection == ReportKind.ReplaceRejected) rig.Quote(9.99m, 10.01m);
        if (rejection == ReportKind.CancelRejected) rig.Quote(10.00m, null);
        int sent = rig.Sent.Count;
        rig.Answer(rejection, rig.Sent[0].ClientOrderId);
        Assert.Equal(sent, rig.Sent.Count);
        rig.Quote(9.00m, 9.02m);
        Assert.Contains(rig.Sent.Skip(sent), command => command.Side == Side.Buy);
    }

    [Fact]
    public void A_refused_side_waits_until_the_ladder_changes()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(3));
        using EngineRig rig = ARig(limits: new RiskLimits { PositionMax = Quantity.Units(2) });
        rig.Quote(10.00m, 10.02m, bidQuantity: 50m);
        Assert.Equal(ReasonCode.PositionLimit, Assert.Single(_strategy.Changes).Reason);
        _ladder.Clear().Add(Side.Buy, 1, Quantity.Units(2));
        Hand(rig);
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void A_halt_pulls_the_quotes_at_once_and_its_end_brings_them_back()
    {
        _ladder.Add(Side.Buy, 1, Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll().State(TradingState.Halted);
        Assert.Equal(CommandKind.Cancel, rig.Sent[^1].Kind);
        rig.Answer(ReportKind.Canceled, rig.Sent[0].ClientOrderId);
        Assert.Equal(2, rig.Sent.Count);
        rig.State(TradingState.Continuous);
        Assert.Equal((3, CommandKind.Submit), (rig.Sent.Count, rig.Sent[^1].Kind));
    }

    [Fact]
    public void Another_tick_moves_the_quotes_onto_it()
    {
        _ladder.Add(Side.Buy, Price.From(9.99m), Quantity.Units(1));
        using EngineRig rig = ARig();
        rig.AcceptAll().Define(tick: 0.05m, isChange: true);
        Assert.Equal((CommandKind.Submit, 9.99m), (rig.Sent[0].Kind, rig.Sent[0].Price.ToDecimal()));
        Assert.Single(rig.Sent);                                     // less than one of the new ticks away: it may stay
        rig.Define(tick: 0.02m, isChange: true);
        _ladder.RequoteTicks = 1;
        _ladder.Clear().Add(Side.Buy, Price.From(9.95m), Quantity.Units(1));
        Hand(rig);
        Assert.Equal((CommandKind.Replace, 9.94m), (rig.Sent[1].Kind, rig.Sent[1].Price.ToDecimal()));
    }

    [Fact]
    public void Keeps_to_the_ladder_over_random_ladders_markets_and_answers_and_comes_to_rest()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            ScriptedStrategy strategy = new();
            using EngineRig rig = new(strategy);
            QuoteLadder ladder = ALadder(random);
            strategy.Book = (context, _) => { context.Quote(EngineRig.Crude, ladder); strategy.Book = null; };
            rig.Define();
            HonestVenue venue = new(rig, random);
            (int bid, int ask) = (1_000, 1_002);
            long[] before = [0, 0];
            for (int step = 0; step < 120; step++)
            {
                int sent = rig.Sent.Count;
                switch (random.Next(6))
                {
                    case 0:
                        bid = random.Next(990, 1_010);
                        ask = bid + random.Next(1, 5);
                        rig.Quote(bid / 100m, ask / 100m);
                        break;
                    case 1 when random.Next(4) == 0:
                        rig.Quote(bid / 100m, null);
                        (bid, ask) = (0, 0);
                        break;
                    case 2 when random.Next(3) == 0:
                        ladder = ALadder(random);
                        strategy.Book = (context, _) => { context.Quote(EngineRig.Crude, ladder); strategy.Book = null; };
                        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
                        break;
                    default:
                        venue.AnswerOne(isKind: false);
                        break;
                }
                foreach (OrderCommand command in rig.Sent.Skip(sent).Where(command => command.Kind != CommandKind.Cancel))
                    Assert.True(command.Side == Side.Buy ? command.Price.ToDecimal() * 100 < ask : command.Price.ToDecimal() * 100 > bid, $"seed {seed}, step {step}: {command.Side} at {command.Price}");
                foreach (Side side in new[] { Side.Buy, Side.Sell })
                {
                    long worst = Live(rig, side).Sum(order => order.WorstLeaves.Nanos), wanted = Wanted(ladder, side);
                    ref long last = ref before[side == Side.Buy ? 0 : 1];
                    Assert.True(worst <= Math.Max(wanted, last), $"seed {seed}, step {step}: {worst} of {wanted} on the {side} side, {last} before");
                    last = worst;
                }
            }

            rig.Quote(9.00m, 9.02m).Quote(10.00m, 10.03m);
            for (int round = 0; venue.AnswerOne(isKind: true); round++) Assert.True(round < 500, $"seed {seed}: no end: {Last(rig)}");
            foreach (Side side in new[] { Side.Buy, Side.Sell })
            {
                List<long> targets = Targets(ladder, side, bid: 1_000, ask: 1_003);
                List<Order> live = [.. Live(rig, side).OrderBy(order => -side.Sign() * order.Price.Nanos)];
                Assert.True(targets.Count == live.Count, $"seed {seed}: {live.Count} quotes for {targets.Count} on the {side} side");
                for (int i = 0; i < live.Count; i++)
                {
                    Assert.True(Math.Abs(live[i].Price.Nanos / 10_000_000 - targets[i]) < ladder.RequoteTicks && live[i].Status is OrderStatus.Open or OrderStatus.PartiallyFilled, $"seed {seed}");
                }
                Assert.True(live.Sum(order => order.Leaves.Nanos) * 2 >= Wanted(ladder, side) - live.Count, $"seed {seed}: {live.Sum(order => order.Leaves.Nanos)} of {Wanted(ladder, side)} are left");
            }
            Assert.Null(rig.Engine.Summarize().Strategies[0].Failure);
            int rest = rig.Sent.Count;
            rig.Quote(10.00m, 10.03m, bidQuantity: 99m).Quote(10.00m, 10.03m);
            Assert.True(rest == rig.Sent.Count, $"seed {seed}: it goes on");
        }
    }

    private static QuoteLadder ALadder(Random random)
    {
        QuoteLadder ladder = new() { ShiftTicks = random.Next(-8, 9) / 4.0, RequoteTicks = random.Next(1, 4), FairValue = random.Next(9_900, 10_100) / 1_000.0 };
        if (random.Next(3) == 0) ladder.Reference = PriceReference.FairValue;
        for (int i = random.Next(0, 7); i > 0; i--)
        {
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            if (random.Next(4) == 0) ladder.Add(side, Price.From(random.Next(985, 1_015) / 100m), Quantity.Units(random.Next(1, 6)));
            else if (random.Next(4) == 0) ladder.AddBps(side, random.Next(-3, 80) / 2.0, Quantity.Units(random.Next(1, 6)));
            else ladder.Add(side, random.Next(-4, 40) / 4.0, Quantity.Units(random.Next(1, 6)));
        }
        return ladder;
    }

    /// <summary>Distinct prices in ticks, best first, in exact arithmetic.</summary>
    private static List<long> Targets(QuoteLadder ladder, Side side, long bid, long ask)
    {
        SortedSet<long> prices = [];
        foreach (QuoteLevel level in ladder.Levels.ToArray().Where(level => level.Side == side))
        {
            decimal reference = ladder.Reference == PriceReference.FairValue ? (decimal)ladder.FairValue * 100 : (bid + ask) / 2m;
            decimal distance = (decimal)level.Ticks + (decimal)level.Bps * reference / 10_000;
            decimal ticks = level.Price.IsNone ? reference + (decimal)ladder.ShiftTicks - side.Sign() * distance : level.Price.ToDecimal() * 100;
            prices.Add(side == Side.Buy ? Math.Min((long)Math.Floor(ticks), ask - 1) : Math.Max((long)Math.Ceiling(ticks), bid + 1));
        }
        return side == Side.Buy ? [.. prices.Reverse()] : [.. prices];
    }

    private static long Wanted(QuoteLadder ladder, Side side) => ladder.Levels.ToArray().Where(level => level.Side == side).Sum(level => level.Quantity.Nanos);

    private static List<Order> Live(EngineRig rig, Side side)
    {
        List<Order> live = [];
        for (Order? order = rig.Engine.Orders.First(EngineRig.Crude); order is not null; order = order.Next)
            if (order.Side == side) live.Add(order);
        return live;
    }

    private EngineRig ARig(decimal bid = 10.00m, decimal ask = 10.02m, decimal askQuantity = 10m, decimal lot = 1m, RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits);
        _strategy.Changes.Clear();
        _strategy.Book = (context, _) => { context.Quote(EngineRig.Crude, _ladder); _strategy.Book = null; };
        return rig.Define(lot: lot).Quote(bid, ask, askQuantity: askQuantity);
    }

    /// <summary>Hands the ladder over again in an event that changes nothing.</summary>
    private void Hand(EngineRig rig)
    {
        _strategy.Book = (context, _) => { context.Quote(EngineRig.Crude, _ladder); _strategy.Book = null; };
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
    }

    private static void AnswerReplacements(EngineRig rig)
    {
        foreach (Side side in new[] { Side.Buy, Side.Sell })
            foreach (Order order in Live(rig, side))
                if (order.IsReplacementSent) rig.Answer(ReportKind.Replaced, order.Id);
    }

    private static string Last(EngineRig rig) =>
        string.Join("; ", rig.Sent.TakeLast(8).Select(command => $"{command.Kind} {command.Side} {command.ClientOrderId.Sequence}: {command.Quantity} at {command.Price}"));

    private static decimal[] Prices(EngineRig rig) => [.. rig.Sent.Select(command => command.Price.ToDecimal())];

    /// <summary>Answers commands in the order in which they came, and fills what it has accepted.</summary>
    private sealed class HonestVenue(EngineRig rig, Random random)
    {
        private int _next;

        /// <param name="isKind">Nothing is rejected or filled any more.</param>
        /// <returns>False when every command is answered.</returns>
        public bool AnswerOne(bool isKind)
        {
            if (!isKind && random.Next(3) == 0) Fill();
            if (_next == rig.Sent.Count) return false;
            OrderCommand command = rig.Sent[_next++];
            if (!rig.Engine.Orders.TryFind(command.ClientOrderId, out _)) return true;
            bool isRejected = !isKind && random.Next(8) == 0;
            ReportKind answer = command.Kind switch
            {
                CommandKind.Submit => isRejected ? ReportKind.Rejected : ReportKind.Accepted,
                CommandKind.Replace => isRejected ? ReportKind.ReplaceRejected : ReportKind.Replaced,
                _ => ReportKind.Canceled,
            };
            rig.Answer(answer, command.ClientOrderId, isRejected ? ReasonCode.WouldCross : ReasonCode.None);
            return true;
        }

        private void Fill()
        {
            List<Order> accepted = [.. Live(rig, random.Next(2) == 0 ? Side.Buy : Side.Sell).Where(order => order.IsAccepted)];
            if (accepted.Count == 0) return;
            Order order = accepted[random.Next(accepted.Count)];
            rig.Fill(order.Id, order.Side, order.Price.ToDecimal(), random.Next(1, (int)order.Leaves.ToDecimal() + 1));
        }
    }
}
