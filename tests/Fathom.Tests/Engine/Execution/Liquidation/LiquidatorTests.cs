using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;

namespace Fathom.Tests.Engine.Execution.Liquidation;

public class LiquidatorTests
{
    private static readonly LiquidationOptions Options = new();

    [Theory]
    [InlineData(100, 100, 100, 25)]         // a quarter of the position
    [InlineData(100, 100, 10, 5)]           // half of what stands there
    [InlineData(100, 100, 1, 1)]            // one lot at least
    [InlineData(100, 3, 100, 3)]            // no more than is left
    [InlineData(-100, -100, 100, 25)]       // to buy
    [InlineData(1, 1, 100, 1)]
    public void An_order_is_a_share_of_the_position_and_of_what_stands_there(int start, int position, int standing, int expected)
    {
        LiquidationPlan plan = APlan(start);
        LiquidationMove move = Decide(plan, AView(position) with { BidQuantity = Quantity.Units(standing), AskQuantity = Quantity.Units(standing) });
        Assert.Equal((LiquidationStep.Send, position > 0 ? Side.Sell : Side.Buy, Quantity.Units(expected)), (move.Step, move.Side, move.Quantity));
    }

    [Theory]
    [InlineData(0, 100, 100, "Finish")]
    [InlineData(0, 0, 100, "Send")]
    [InlineData(1, 0, 100, "Wait")]        // all that is left may still be sold
    [InlineData(2, 0, 100, "Wait")]        // an order of its own lives
    [InlineData(3, 0, 100, "Wait")]        // halted
    [InlineData(4, 0, 100, "Wait")]        // no sound book
    [InlineData(5, 0, 100, "Wait")]        // too soon after the last one
    [InlineData(6, 100, 100, "Wait")]      // flat, but an order of the strategy lives
    public void It_waits_where_it_has_to(int what, int keep, int position, string expected)
    {
        LiquidationPlan plan = APlan(position, keep);
        LiquidationView view = AView(position);
        if (what == 1) view.ReservedNanos = Quantity.Units(position).Nanos;
        if (what == 2) view.HasOwn = true;
        if (what == 3) view.IsTrading = false;
        if (what == 4) view.IsSound = false;
        if (what == 5) plan.NoteSent(view.Clock, Options.Interval);
        if (what == 6) view.HasLive = true;
        Assert.Equal(expected, Decide(plan, in view).Step.ToString());
    }

    [Theory]
    [InlineData(100.00, 100.02, 50, 0, true, 99.51)]       // 100.01 − 0.5 %: 99.50995, and not a tick worse
    [InlineData(100.00, 100.02, 50, 0, false, 100.51)]
    [InlineData(120.00, 120.02, 50, 0, true, 119.41)]      // the market rose: the mid of the moment counts
    [InlineData(90.00, 90.02, 50, 0, true, 99.51)]         // it fell: that of the beginning does
    [InlineData(100.00, 100.02, 50, 20, true, 99.81)]      // no further from the mid than the collar lets pass
    public void The_floor_is_the_stricter_of_the_beginning_and_the_moment(double bid, double ask, int bps, int collar, bool sells, double expected)
    {
        LiquidationPlan plan = APlan(sells ? 10 : -10, bps: bps);
        LiquidationView view = AView(sells ? 10 : -10) with { Bid = Price.From((decimal)bid), Ask = Price.From((decimal)ask) };
        Assert.Equal(Price.From((decimal)expected), Liquidator.Floor(plan, in view, sells ? Side.Sell : Side.Buy, collar));
    }

    [Fact]
    public void Beyond_the_floor_it_waits_then_widens_then_gives_up()
    {
        LiquidationOptions options = new() { FloorBps = 50, WidenBps = 100, FloorMaxBps = 200, Patience = Duration.FromMilliseconds(2_000) };
        LiquidationPlan plan = APlan(10);
        LiquidationView view = AView(10) with { Bid = Price.From(97m), Ask = Price.From(97.02m) };
        List<(LiquidationStep, LiquidationObstacle, int)> told = [];
        for (int second = 0; second < 8; second++)
        {
            view.Clock = At(second);
            LiquidationMove move = Liquidator.Decide(options, plan, in view, collarBps: 0, Quantity.None);
            told.Add((move.Step, move.Obstacle, plan.FloorBps));
            if (move.Step == LiquidationStep.Widen) plan.Widen(options.WidenBps, options.FloorMaxBps, view.Clock);
            if (move.Step == LiquidationStep.GiveUp) break;
        }
        LiquidationObstacle floor = LiquidationObstacle.Floor;
        Assert.Equal(
            [
                (LiquidationStep.Wait, floor, 50), (LiquidationStep.Wait, floor, 50), (LiquidationStep.Widen, floor, 50), (LiquidationStep.Wait, floor, 150), (LiquidationStep.Widen, floor, 150),
                (LiquidationStep.Wait, floor, 200), (LiquidationStep.GiveUp, floor, 200),
            ], told);
    }

    [Fact]
    public void A_halt_is_not_impatience()
    {
        LiquidationPlan plan = APlan(10);
        LiquidationView view = AView(10) with { IsTrading = false, Clock = At(3_600) };
        plan.NoteTrading(false, At(1));
        Assert.Equal((LiquidationStep.Wait, LiquidationObstacle.Halted), (Decide(plan, in view).Step, Decide(plan, in view).Obstacle));
        plan.NoteTrading(true, At(3_600));
        view.IsTrading = true;
        Assert.Equal(LiquidationStep.Send, Decide(plan, in view).Step);
    }

    [Fact]
    public void A_rest_that_is_no_whole_lot_is_closed_at_the_end()
    {
        LiquidationPlan plan = APlan(10);
        LiquidationView view = AView(10) with { Position = Quantity.From(0.4m) };
        Assert.Equal((LiquidationStep.Send, Quantity.From(0.4m)), (Decide(plan, in view).Step, Decide(plan, in view).Quantity));
        LiquidationPlan keeping = APlan(10, keep: 2);
        Assert.Equal(LiquidationStep.Finish, Decide(keeping, view with { Position = Quantity.From(2.4m) }).Step);      // nearer to it no whole lot leads
    }

    [Theory]
    [InlineData(10, 0.5, 0, "OddLot")]          // no order is as large as a lot
    [InlineData(0.4, 0.3, 0, "OddLot")]         // nor all of a rest
    [InlineData(0.4, 0.4, 0, "None")]
    [InlineData(10, 0.5, 1, "Unanswered")]      // what still may be filled is waited for first
    [InlineData(10, 10, 9.5, "Unanswered")]
    public void What_no_order_may_close_is_given_up_and_what_may_still_be_filled_never_is(double position, double quantityMax, double reserved, string expected)
    {
        LiquidationOptions options = new() { FloorBps = 50, FloorMaxBps = 500 };
        LiquidationPlan plan = APlan(10);
        LiquidationView view = AView(10) with { Position = Quantity.From((decimal)position), ReservedNanos = Quantity.From((decimal)reserved).Nanos };
        LiquidationMove Now(in LiquidationView at) => Liquidator.Decide(options, plan, in at, collarBps: 0, Quantity.From((decimal)quantityMax));
        Assert.Equal((expected == "None" ? LiquidationStep.Send : LiquidationStep.Wait, expected), (Now(in view).Step, Now(in view).Obstacle.ToString()));
        view.Clock = At(0) + options.Patience;
        LiquidationStep late = expected switch { "OddLot" => LiquidationStep.GiveUp, "Unanswered" => LiquidationStep.Wait, _ => LiquidationStep.Widen };
        Assert.Equal((late, expected == "None" ? "NoLiquidity" : expected), (Now(in view).Step, Now(in view).Obstacle.ToString()));
    }

    [Fact]
    public void So_many_rejections_in_a_row_end_it()
    {
        LiquidationPlan plan = APlan(10);
        for (int i = 1; i < Options.RejectsMax; i++) plan.NoteReject(ReasonCode.RateLimited, At(i), Options.Interval);
        Assert.NotEqual(LiquidationStep.GiveUp, Decide(plan, AView(10) with { Clock = At(9) }).Step);
        plan.NoteReject(ReasonCode.RateLimited, At(9), Options.Interval);
        Assert.Equal((LiquidationStep.GiveUp, LiquidationObstacle.Rejected), (Decide(plan, AView(10)).Step, Decide(plan, AView(10)).Obstacle));
    }

    /// <summary>Whatever the numbers: no order is larger than its shares (or a lot), than what is left once all that lives is filled, or than the gate lets pass; no price is beyond the floor, and no order
    /// takes what is beyond it.</summary>
    [Fact]
    public void No_order_is_too_large_or_too_cheap()
    {
        int sent = 0, odd = 0;
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            int start = (random.Next(2) == 0 ? 1 : -1) * random.Next(1, 300), lots = random.Next(1, 5);
            int position = Math.Sign(start) * random.Next(1, Math.Abs(start) + 1);
            decimal mid = random.Next(-2_000, 20_000) / 10m, now = mid + random.Next(-300, 300) / 100m, half = random.Next(1, 40) / 100m;
            LiquidationOptions options = new() { Slice = random.Next(1, 101) / 100.0, Share = random.Next(1, 101) / 100.0, FloorBps = random.Next(0, 300), FloorMaxBps = 300 };
            LiquidationPlan plan = new(new InstrumentId(0), Quantity.Units(random.Next(3) == 0 ? random.Next(0, 50) : 0), ReasonCode.KillSwitch, Quantity.Units(start), At(0), options.FloorBps);
            plan.NoteMid(Price.From(mid - 0.01m), Price.From(mid + 0.01m));
            LiquidationView view = AView(position) with
            {
                Bid = Price.From(now - half),
                Ask = Price.From(now + half),
                BidQuantity = Quantity.Units(random.Next(1, 100)),
                AskQuantity = Quantity.Units(random.Next(1, 100)),
                Lot = Quantity.Units(lots),
                ReservedNanos = random.Next(3) == 0 ? Quantity.Units(random.Next(0, 100)).Nanos : 0,
            };
            int collar = random.Next(2) == 0 ? 0 : random.Next(1, 200);
            Quantity most = random.Next(3) == 0 ? Quantity.Units(random.Next(1, 30)) : Quantity.None;
            LiquidationMove move = Liquidator.Decide(options, plan, in view, collar, most);
            string told = $"seed {seed}: {move}";
            long lot = view.Lot.Nanos, room = Math.Abs(view.Position.Nanos) - plan.Keep.Nanos - view.ReservedNanos;
            if (move.Obstacle == LiquidationObstacle.Unanswered) Assert.True(view.ReservedNanos > 0, told);      // nothing else is waited for as if it were an answer
            if (move.Obstacle == LiquidationObstacle.OddLot) Assert.True(view.ReservedNanos == 0 && (room < lot || most.Nanos < lot) && most.Nanos < Math.Max(room, lot), told);
            odd += move.Obstacle == LiquidationObstacle.OddLot ? 1 : 0;
            if (move.Step != LiquidationStep.Send) continue;
            sent++;
            bool sells = move.Side == Side.Sell;
            Assert.True(sells == position > 0, told);
            Assert.True(move.Quantity.Nanos > 0 && move.Quantity.Nanos <= room && move.Quantity <= most, told);
            Assert.True(move.Quantity.Nanos <= Math.Max(lot, Math.Abs(plan.Start.Nanos) * options.Slice + 1), told);
            Assert.True(move.Quantity.Nanos <= Math.Max(lot, (sells ? view.BidQuantity : view.AskQuantity).Nanos * options.Share + 1), told);
            Assert.True(move.Quantity.Nanos % lot == 0 || move.Quantity == new Quantity(Math.Abs(view.Position.Nanos)), told);
            decimal bound = Math.Abs(mid) * options.FloorBps / 10_000m, boundNow = Math.Abs(now) * (collar > 0 ? Math.Min(collar, options.FloorBps) : options.FloorBps) / 10_000m;
            decimal price = move.Price.Nanos / 1e9m, touch = (sells ? view.Bid : view.Ask).Nanos / 1e9m;
            Assert.True(sells ? price >= mid - bound && price >= now - boundNow && touch >= price : price <= mid + bound && price <= now + boundNow && touch <= price, told);
            Assert.True(move.Price.Nanos % view.Tick.Nanos == 0, told);
        }
        Assert.InRange(sent, 3_000, 20_000);
        Assert.InRange(odd, 100, 2_000);
    }

    private static LiquidationMove Decide(LiquidationPlan plan, in LiquidationView view) => Liquidator.Decide(Options, plan, in view, collarBps: 0, Quantity.None);

    private static LiquidationPlan APlan(int start, int keep = 0, int bps = 50)
    {
        LiquidationPlan plan = new(new InstrumentId(0), Quantity.Units(keep), ReasonCode.KillSwitch, Quantity.Units(start), At(0), bps);
        plan.NoteMid(Price.From(100m), Price.From(100.02m));
        return plan;
    }

    private static LiquidationView AView(int position) => new()
    {
        Clock = At(0),
        Position = Quantity.Units(position),
        IsTrading = true,
        IsSound = true,
        Bid = Price.From(100m),
        Ask = Price.From(100.02m),
        BidQuantity = Quantity.Units(100),
        AskQuantity = Quantity.Units(100),
        Tick = Price.From(0.01m),
        Lot = Quantity.Units(1),
    };

    private static Timestamp At(int seconds) => new(seconds * Timestamp.NanosPerSecond);
}
