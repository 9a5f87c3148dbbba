using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Each begins with a position of ten, bought at 10.02 in a market of 10.00 to 10.02 with ten on each side.</summary>
public class LiquidationKeeperTests
{
    private const string Silence = "liquidation waits: an order is not answered";

    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void A_position_is_closed_by_paced_orders_that_only_reduce()
    {
        using EngineRig rig = ALongOfTen();
        rig.Operate(OperatorAction.Kill, flattens: true, reason: "enough");
        List<OrderCommand> sent = [];
        for (int i = 0; i < 40 && rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude) != Quantity.Zero; i++)
        {
            foreach (OrderCommand order in rig.Sent.Where(command => command.Kind == CommandKind.Submit).Skip(sent.Count).ToArray())
            {
                sent.Add(order);
                rig.Answer(ReportKind.Accepted, order.ClientOrderId).Fill(order.ClientOrderId, Side.Sell, 10.00m, order.Quantity.Nanos / 1e9m, liquidity: Liquidity.Taker);
            }
            rig.Now += Duration.FromMilliseconds(250);
            rig.Quote(10.00m, 10.02m);
        }
        Assert.Equal([2m, 2m, 2m, 2m, 2m], sent.Select(order => order.Quantity.Nanos / 1e9m));      // a quarter of ten is two lots and a half
        Assert.All(sent, order => Assert.Equal((Side.Sell, OrderType.Limit, TimeInForce.ImmediateOrCancel, ReasonCode.Liquidation, Price.From(9.96m)), (order.Side, order.Type, order.TimeInForce, order.Reason, order.Price)));
        Assert.All(sent, order => Assert.True(order.IsReduceOnly));
        for (int i = 1; i < sent.Count; i++) Assert.True(sent[i].Header.EventTime >= sent[i - 1].Header.EventTime + new LiquidationOptions().Interval);
        LiquidationSummary told = Assert.Single(rig.Engine.Summarize().Liquidations);
        Assert.Equal((Quantity.Units(10), Quantity.Zero, 5, LiquidationObstacle.None, ReasonCode.KillSwitch), (told.Start, told.Left, told.Orders, told.Obstacle, told.Reason));
        Assert.False(told.Ended.IsNone);
        Assert.Equal(["liquidation begins", "liquidation is done"], rig.Entries.Select(entry => entry.Message));
        Assert.Equal(Timestamp.None, rig.Engine.NextWake);
    }

    [Fact]
    public void While_it_is_at_work_nothing_else_of_the_strategy_leaves_there()
    {
        using EngineRig rig = ALongOfTen();
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m, 4m)));
        rig.AcceptAll();
        Session(rig).Liquidate(EngineRig.Crude, Quantity.Units(3), ReasonCode.StateReducesOnly);
        rig.Sent.Clear();
        Ask(rig, context =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Target(EngineRig.Crude, Quantity.Units(20));
        });
        Assert.Equal([ReasonCode.Liquidation, ReasonCode.Liquidation], _strategy.Changes.Where(change => change.To == OrderStatus.Refused).Select(change => change.Reason));
        Assert.Equal([CommandKind.Cancel, CommandKind.Submit], rig.Sent.Select(command => command.Kind));
        Assert.Equal(Quantity.Units(2), rig.Sent[1].Quantity);      // of the seven that are to go four may still be sold by the order that is being canceled
    }

    [Fact]
    public void What_would_be_held_here_is_not_taken_either_and_it_ends()
    {
        using EngineRig rig = ALongOfTen(features: VenueFeatures.All & ~VenueFeatures.Stops);
        Session(rig).Liquidate(EngineRig.Crude, Quantity.Zero, ReasonCode.StateReducesOnly);
        rig.Quote(10.00m, 10.02m);
        Ask(rig, context =>
        {
            OrderIntent stop = new(EngineRig.Crude, Side.Sell, Quantity.Units(10), Price.None) { Type = OrderType.Stop, TriggerPrice = Price.From(9.00m), ReduceOnly = true };
            context.Submit(stop);
            context.SubmitOneCancelsOther(ScriptedStrategy.Limit(Side.Sell, 10.50m, 10m) with { ReduceOnly = true }, stop);
        });
        OrderEvent[] refused = [.. _strategy.Changes.Where(change => change.To == OrderStatus.Refused)];
        Assert.Equal([(ReasonCode.Liquidation, RiskScope.StrategyInstrument), (ReasonCode.Liquidation, RiskScope.StrategyInstrument), (ReasonCode.Liquidation, RiskScope.StrategyInstrument)],
            refused.Select(change => (change.Reason, change.Scope)));
        FillAll(rig, 40);
        Assert.Equal(LiquidationObstacle.None, Assert.Single(rig.Engine.Summarize().Liquidations).Obstacle);
        Assert.False(rig.Engine.Summarize().Liquidations[0].Ended.IsNone);
    }

    [Fact]
    public void It_keeps_what_it_is_told_to_keep()
    {
        using EngineRig rig = ALongOfTen();
        Session(rig).Liquidate(EngineRig.Crude, Quantity.Units(7), ReasonCode.StateReducesOnly);
        FillAll(rig, 40);
        Assert.Equal(Quantity.Units(7), rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude));
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)));
        Assert.NotEqual(OrderStatus.Refused, _strategy.Changes[^1].To);      // it is over
    }

    [Fact]
    public void Where_the_venue_rejects_again_and_again_it_says_so_and_ends()
    {
        using EngineRig rig = ALongOfTen();
        rig.Operate(OperatorAction.Kill, flattens: true);
        int answered = 0;
        for (int i = 0; i < 200; i++)
        {
            foreach (OrderCommand order in rig.Sent.Where(command => command.Kind == CommandKind.Submit).Skip(answered).ToArray())
            {
                answered++;
                rig.Answer(ReportKind.Rejected, order.ClientOrderId, ReasonCode.RateLimited);
            }
            rig.Now += Duration.FromMilliseconds(250);
            rig.Quote(10.00m, 10.02m);
        }
        LiquidationSummary told = Assert.Single(rig.Engine.Summarize().Liquidations);
        Assert.Equal((5, LiquidationObstacle.Rejected, ReasonCode.RateLimited, Quantity.Units(10)), (answered, told.Obstacle, told.RejectReason, told.Left));
        Assert.Equal(LogLevel.Error, rig.Entries[^1].Level);
        rig.Operate(OperatorAction.Kill, flattens: true);      // an operator may try again
        Assert.Equal(2, rig.Engine.Summarize().Liquidations.Count);
    }

    [Fact]
    public void A_kill_that_does_not_close_positions_stops_one_that_does()
    {
        using EngineRig rig = ALongOfTen();
        rig.Operate(OperatorAction.Kill);
        Session(rig).Liquidate(EngineRig.Crude, Quantity.Zero, ReasonCode.StateReducesOnly);
        rig.Quote(10.00m, 10.02m);
        LiquidationSummary told = Assert.Single(rig.Engine.Summarize().Liquidations);
        Assert.Equal((LiquidationObstacle.Rejected, ReasonCode.KillSwitch), (told.Obstacle, told.RejectReason));
    }

    [Fact]
    public void Beyond_the_floor_it_waits_widens_and_gives_up_and_says_each()
    {
        using EngineRig rig = ALongOfTen(new LiquidationOptions { FloorBps = 50, WidenBps = 50, FloorMaxBps = 100, Patience = Duration.FromMilliseconds(2_000) });
        rig.Quote(9.50m, 9.52m);
        rig.Operate(OperatorAction.Kill, flattens: true);      // its reference is 9.51
        rig.AcceptAll().Answer(ReportKind.Canceled, rig.Sent[^1].ClientOrderId, ReasonCode.NoLiquidity);
        rig.Sent.Clear();
        rig.Quote(9.00m, 9.02m);
        for (int i = 0; i < 10 && !rig.Engine.NextWake.IsNone; i++) rig.Reach(rig.Engine.NextWake);
        Assert.DoesNotContain(rig.Sent, command => command.Kind == CommandKind.Submit);
        Assert.Equal(["liquidation waits: the other side is beyond the floor", "liquidation widens its floor: the other side is beyond the floor", "liquidation is given up: the other side is beyond the floor"],
            rig.Entries.Skip(1).Select(entry => entry.Message));
        Assert.Equal(LiquidationObstacle.Floor, rig.Engine.Summarize().Liquidations[0].Obstacle);
    }

    [Fact]
    public void A_halt_is_waited_for_however_long_it_lasts()
    {
        using EngineRig rig = ALongOfTen();
        rig.State(TradingState.Halted);
        rig.Operate(OperatorAction.Kill, flattens: true);
        rig.Sent.Clear();
        Assert.Equal((Timestamp.None, "liquidation waits: the instrument does not trade"), (rig.Engine.NextWake, rig.Entries[^1].Message));
        rig.Now += Duration.FromMilliseconds(3_600_000);
        rig.State(TradingState.Continuous);
        Assert.Equal(Quantity.Units(2), Assert.Single(rig.Sent).Quantity);
    }

    [Fact]
    public void An_answer_that_does_not_come_is_waited_for_and_said_once()
    {
        LiquidationOptions options = new() { Patience = Duration.FromMilliseconds(3_000) };
        using EngineRig rig = ALongOfTen(options);
        rig.Operate(OperatorAction.Kill, flattens: true);
        OrderCommand silent = rig.Sent[^1];
        Assert.Equal(LiquidationObstacle.Unanswered, Obstacle(rig));      // a run that ends here did not end for pacing
        LetTimePass(rig, 2_900);
        Assert.DoesNotContain(rig.Entries, entry => entry.Message == Silence);
        Assert.True(rig.Engine.NextWake <= silent.Header.EventTime + options.Patience, "nobody wakes it");
        LetTimePass(rig, 60_000);
        Assert.Equal((LiquidationObstacle.Unanswered, Quantity.Units(10)), (Obstacle(rig), rig.Engine.Summarize().Liquidations[0].Left));
        Assert.Single(rig.Entries, entry => entry.Message == Silence);
        Assert.Single(rig.Sent);      // what became of the first is not assumed

        rig.Quote(10.00m, 10.02m);
        rig.Answer(ReportKind.Canceled, silent.ClientOrderId, ReasonCode.NoLiquidity).Quote(10.00m, 10.02m);
        LetTimePass(rig, 60_000);
        Assert.Equal(2, rig.Sent.Count);
        Assert.Equal(2, rig.Entries.Count(entry => entry.Message == Silence));      // of the next one that is not answered
        rig.Fill(rig.Sent[1].ClientOrderId, Side.Sell, 10.00m, 2m);
        FillAll(rig, 40);
        Assert.Equal((LiquidationObstacle.None, Quantity.Zero), (Obstacle(rig), rig.Engine.Summarize().Liquidations[0].Left));
    }

    [Fact]
    public void Another_order_that_is_not_answered_is_waited_for_too()
    {
        using EngineRig rig = ALongOfTen();
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Sell, 10.05m, 10m)));
        rig.AcceptAll();
        rig.Sent.Clear();
        rig.Operate(OperatorAction.Kill, flattens: true);
        LetTimePass(rig, 60_000);
        Assert.DoesNotContain(rig.Sent, command => command.Kind == CommandKind.Submit);
        Assert.Single(rig.Entries, entry => entry.Message == Silence);
        Assert.Equal(LiquidationObstacle.Unanswered, Obstacle(rig));
    }

    [Fact]
    public void What_is_within_no_limit_of_an_order_is_given_up_by_its_name()
    {
        using EngineRig rig = ALongOfTen(limits: new RiskLimits { QuantityMax = Quantity.Units(10) });
        Ask(rig, context => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(10), Price.From(10.02m))));
        rig.AcceptAll();
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 10m, liquidity: Liquidity.Taker);
        rig.Define(lot: 20m, isChange: true);
        rig.Sent.Clear();
        rig.Operate(OperatorAction.Kill, flattens: true);
        LetTimePass(rig, 60_000);
        Assert.Empty(rig.Sent);
        Assert.Equal(["liquidation waits: nothing of what is left is within quantity_max", "liquidation is given up: nothing of what is left is within quantity_max"], rig.Entries.Skip(1).Select(entry => entry.Message));
        Assert.Equal((LiquidationObstacle.OddLot, Quantity.Units(20)), (Obstacle(rig), rig.Engine.Summarize().Liquidations[0].Left));
    }

    [Fact]
    public void What_is_filled_behind_it_is_closed_too()
    {
        using EngineRig rig = ALongOfTen();
        Ask(rig, context => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 3m)));
        rig.AcceptAll();
        OrderCommand late = rig.Sent[^1];
        rig.Operate(OperatorAction.Kill, flattens: true);
        FillAll(rig, 40);
        Assert.Equal(Quantity.Zero, rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude));
        rig.Fill(late.ClientOrderId, Side.Buy, 9.99m, 3m);      // the cancel came too late
        FillAll(rig, 40);
        Assert.Equal(Quantity.Zero, rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude));
        Assert.Equal(Quantity.Units(3), rig.Fills.Where(fill => fill.Side == Side.Sell).Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity) - Quantity.Units(10));
    }

    [Fact]
    public void Turned_off_again_the_kill_closes_nothing_more()
    {
        using EngineRig rig = ALongOfTen();
        rig.Operate(OperatorAction.Kill, flattens: true);
        rig.Operate(OperatorAction.Rearm);
        Assert.Equal(LiquidationObstacle.Rearmed, Assert.Single(rig.Engine.Summarize().Liquidations).Obstacle);
    }

    /// <summary>Over random books, gaps, halts, partial fills, late and lost answers and rejections: the position only ever shrinks and never turns around, no order is larger than its shares allow or leaves before the one
    /// before it is known to be over, none is at a price beyond the floor in force; each answer that is missing is said once; and in the end the position is closed, or a reason is stated.</summary>
    [Fact]
    public void It_always_ends_closed_or_with_a_reason()
    {
        int closed = 0, given = 0, silences = 0;
        Dictionary<LiquidationObstacle, int> reasons = [];
        for (int seed = 0; seed < 600; seed++)
        {
            using RandomVenue venue = new(seed);
            LiquidationSummary told = venue.Run();
            silences += venue.Silences;
            if (told.Obstacle == LiquidationObstacle.None) closed++;
            else given++;
            reasons[told.Obstacle] = reasons.GetValueOrDefault(told.Obstacle) + 1;
        }
        string found = string.Join(", ", reasons);
        Assert.InRange(silences, 50, 5_000);
        Assert.True(closed > 200 && given > 50 && reasons.ContainsKey(LiquidationObstacle.Rejected) && reasons.ContainsKey(LiquidationObstacle.Floor) && reasons.ContainsKey(LiquidationObstacle.NoMarket), found);
    }

    private static StrategySession Session(EngineRig rig) => rig.Engine.SessionOf(0);

    [Fact]
    public void Orders_of_other_strategies_in_its_way_are_canceled()
    {
        ScriptedStrategy other = new();
        using EngineRig rig = new([new NamedStrategy("strategy", _strategy), new NamedStrategy("other", other)]);      // which refuses orders that would meet one of the account
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(10), Price.From(10.02m))));
        rig.AcceptAll();
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 10m, liquidity: Liquidity.Taker);
        other.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m));
        rig.Quote(10.00m, 10.02m);
        other.Book = null;
        rig.AcceptAll();
        rig.Sent.Clear();

        rig.Operate(OperatorAction.Kill, strategy: 0, flattens: true);

        Assert.Equal([(CommandKind.Cancel, (ushort)1), (CommandKind.Submit, (ushort)0)], rig.Sent.Select(command => (command.Kind, command.ClientOrderId.Strategy)));
    }

    private EngineRig ALongOfTen(LiquidationOptions? options = null, VenueFeatures features = VenueFeatures.All, RiskLimits? limits = null)
    {
        EngineRig rig = new(_strategy, limits, liquidation: options, features: features);
        rig.Define().Quote(10.00m, 10.02m);
        Ask(rig, context => context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(10), Price.From(10.02m))));
        rig.AcceptAll();
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 10m, liquidity: Liquidity.Taker);
        _strategy.Changes.Clear();
        rig.Sent.Clear();
        return rig;
    }

    private void Ask(EngineRig rig, Action<StrategyContext> ask)
    {
        _strategy.Book = (context, _) => ask(context);
        rig.Quote(10.00m, 10.02m);
        _strategy.Book = null;
    }

    private static LiquidationObstacle Obstacle(EngineRig rig) => Assert.Single(rig.Engine.Summarize().Liquidations).Obstacle;

    /// <summary>Without any other input.</summary>
    private static void LetTimePass(EngineRig rig, double milliseconds)
    {
        Timestamp until = rig.Now + Duration.FromMilliseconds((long)milliseconds);
        while (rig.Engine.NextWake <= until) rig.Reach(rig.Engine.NextWake);
        rig.Now = Timestamp.Max(rig.Now, until);
    }

    private static void FillAll(EngineRig rig, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            foreach (OrderCommand order in rig.Sent.Where(command => command is { Kind: CommandKind.Submit, Reason: ReasonCode.Liquidation }).ToArray())
                rig.Answer(ReportKind.Accepted, order.ClientOrderId).Fill(order.ClientOrderId, order.Side, 10.00m, order.Quantity.Nanos / 1e9m, liquidity: Liquidity.Taker);
            foreach (OrderCommand order in rig.Sent.Where(command => command.Kind == CommandKind.Cancel).ToArray()) rig.Answer(ReportKind.Canceled, order.ClientOrderId);
            rig.Sent.Clear();
            rig.Now += Duration.FromMilliseconds(500);
            rig.Quote(10.00m, 10.02m);
        }
    }

    /// <summary>A venue that answers as dice say, and watches what it is sent.</summary>
    private sealed class RandomVenue : IDisposable
    {
        private readonly Random _random;
        private readonly int _seed;
        private readonly EngineRig _rig;
        private readonly ScriptedStrategy _strategy = new();
        private readonly LiquidationOptions _options;
        private readonly Quantity _keep;
        private readonly bool _isFrail;
        private readonly int _start;
        private OrderCommand? _open;
        private readonly int _answersOneIn;
        private Timestamp _lastSent = Timestamp.Earliest;
        private decimal _mid, _reference;
        private int _seen;
        private bool _isSilent;

        public RandomVenue(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _options = new LiquidationOptions
            {
                Slice = _random.Next(5, 101) / 100.0,
                Share = _random.Next(10, 101) / 100.0,
                Interval = Duration.FromMilliseconds(_random.Next(100, 2_000)),
                FloorBps = _random.Next(0, 200),
                FloorMaxBps = 300,
                WidenBps = _random.Next(20, 200),
                Patience = Duration.FromMilliseconds(_random.Next(2_000, 8_000)),
                RejectsMax = _random.Next(1, 6),
            };
            _isFrail = _random.Next(4) == 0;
            _answersOneIn = _random.Next(6) == 0 ? 30 : 1;
            _keep = Quantity.Units(_random.Next(3) == 0 ? _random.Next(1, 10) : 0);
            _start = (_random.Next(2) == 0 ? 1 : -1) * _random.Next(10, 60);
            _mid = 100m;
            _rig = new EngineRig(_strategy, cash: 1_000_000m, liquidation: _options);
            _rig.Define();
            Quote();
            Side side = _start > 0 ? Side.Buy : Side.Sell;
            _strategy.Book = (context, _) => context.Submit(new OrderIntent(EngineRig.Crude, side, Quantity.Units(Math.Abs(_start)), Price.From(_start > 0 ? 101m : 99m)));
            Quote();
            _strategy.Book = null;
            _rig.AcceptAll().Fill(_rig.Sent[0].ClientOrderId, side, 100m, Math.Abs(_start));
            _seen = _rig.Sent.Count;
        }

        /// <summary>Orders that were not answered within patience.</summary>
        public int Silences { get; private set; }

        private Quantity Position => _rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude);

        public LiquidationSummary Run()
        {
            _reference = _mid;
            _rig.Engine.SessionOf(0).Liquidate(EngineRig.Crude, _keep, ReasonCode.StateReducesOnly);
            for (int step = 0; step < 5_000; step++)
            {
                Quantity before = Position;
                Move();
                Assert.True(Math.Abs(Position.Nanos) <= Math.Abs(before.Nanos) && Math.Sign(Position.Nanos) * _start >= 0, $"seed {_seed}, step {step}: from {before} to {Position}");
                Assert.True(Math.Abs(Position.Nanos) >= _keep.Nanos, $"seed {_seed}, step {step}: {Position} is less than is to be kept");
                LiquidationSummary told = Assert.Single(_rig.Engine.Summarize().Liquidations);
                if (told.Ended.IsNone && _open is not null) Assert.Equal(LiquidationObstacle.Unanswered, told.Obstacle);
                if (told is { Ended.IsNone: false } over)
                {
                    Assert.Equal(Silences, _rig.Entries.Count(entry => entry.Message == Silence));
                    Assert.Equal(over.Obstacle == LiquidationObstacle.None, Math.Abs(over.Left.Nanos) == _keep.Nanos);
                    return over;
                }
            }
            Assert.Fail($"seed {_seed}: no end");
            return null!;
        }

        public void Dispose() => _rig.Dispose();

        private void Move()
        {
            _rig.Now += Duration.FromMilliseconds(_random.Next(1, 400));
            while (_rig.Engine.NextWake <= _rig.Now) _rig.Reach(_rig.Engine.NextWake);
            if (_open is { } asked && !_isSilent && asked.Header.EventTime + _options.Patience <= _rig.Now) (_isSilent, Silences) = (true, Silences + 1);
            switch (_random.Next(40))
            {
                case 0: _mid += _random.Next(-200, 201) / 100m; break;                       // a gap
                case 1: _rig.State(TradingState.Halted); break;
                case 2 or 3: _rig.State(TradingState.Continuous); break;
                case 4: _rig.Quote(_random.Next(2) == 0 ? null : _mid - 0.01m, null); break;      // a side without anybody
                case 5 when _seed % 3 == 0: _mid -= Math.Sign(_start) * 5m; break;              // a crash
                default: _mid += _random.Next(-2, 3) / 100m; break;
            }
            if (_seed % 7 == 1) _rig.Quote(null, null);
            else Quote();
            Watch();
            if (_open is { } order && _random.Next(4) != 0 && _random.Next(_answersOneIn) == 0) Answer(order);
            Watch();
        }

        private void Quote() => _rig.Quote(_mid - 0.01m, _mid + 0.01m, bidQuantity: _random.Next(1, 30), askQuantity: _random.Next(1, 30));

        private void Watch()
        {
            for (; _seen < _rig.Sent.Count; _seen++)
            {
                OrderCommand sent = _rig.Sent[_seen];
                string told = $"seed {_seed}: {sent.Side} {sent.Quantity} at {sent.Price}";
                Assert.True(_open is null, told);
                Assert.True(sent.IsReduceOnly && sent.Header.EventTime >= _lastSent + _options.Interval, told);
                Assert.True(sent.Quantity.Nanos <= Math.Max(Quantity.Units(1).Nanos, Math.Abs(_start) * 1e9 * _options.Slice + 1), told);
                decimal price = sent.Price.Nanos / 1e9m, floor = _reference * _options.FloorMaxBps / 10_000m;
                Assert.True(_start > 0 ? price >= _reference - floor : price <= _reference + floor, told);
                (_open, _lastSent, _isSilent) = (sent, sent.Header.EventTime, false);
            }
        }

        private void Answer(OrderCommand order)
        {
            _open = null;
            if (_isFrail || _random.Next(12) == 0)
            {
                _rig.Answer(ReportKind.Rejected, order.ClientOrderId, ReasonCode.RateLimited);
                return;
            }
            _rig.Answer(ReportKind.Accepted, order.ClientOrderId);
            long lots = order.Quantity.Nanos / 1_000_000_000, filled = _random.Next(3) == 0 ? _random.NextInt64(lots + 1) : lots;
            if (filled > 0) _rig.Fill(order.ClientOrderId, order.Side, _mid, filled, liquidity: Liquidity.Taker);
            if (filled < lots) _rig.Answer(ReportKind.Canceled, order.ClientOrderId, ReasonCode.NoLiquidity);
        }
    }
}
