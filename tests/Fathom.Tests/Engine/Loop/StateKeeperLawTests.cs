using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Strategies that want anything, on a market that goes anywhere, at a venue that answers whenever it likes: what states promise holds all the same.</summary>
public class StateKeeperLawTests
{
    private const int Strategies = 2;
    private static readonly Duration Hold = Duration.FromMilliseconds(40);

    [Fact]
    public void From_critical_on_nothing_enlarges_no_state_flaps_and_nothing_that_is_adjusted_grows()
    {
        Counts counts = new();
        for (int seed = 0; seed < Fuzz.Seeds(150); seed++)
        {
            using Walk walk = new(seed, counts);
            walk.Run();
        }
        Assert.True(counts is { Critical: > 80, ByMark: > 10, Back: > 200, Reducing: > 300, Adjusted: > 1_500, StateRefusals: > 80, Liquidated: > 3, LimitCuts: > 50, Fills: > 3_000, Tightened: > 5_000 }, counts.ToString());
    }

    private sealed class Walk : IDisposable
    {
        private readonly Random _random;
        private readonly EngineRig _rig;
        private readonly Counts _counts;
        private readonly int _seed;
        private readonly Dictionary<(ushort, InstrumentId), (PositionState State, Timestamp Changed)> _states = [];
        private int _price = 1_000, _step, _commands, _changes, _adjustments;

        public Walk(int seed, Counts counts)
        {
            (_seed, _random, _counts) = (seed, new Random(seed), counts);
            NamedStrategy[] strategies = [.. Enumerable.Range(0, Strategies).Select(i => new NamedStrategy($"s{i}", new Restless(_random)))];
            StateOptions states = new()
            {
                Position = _random.Next(4) == 0 ? null : new StateThresholds(400_000_000, 700_000_000, 1_000_000_000),
                Drawdown = _random.Next(2) == 0 ? null : new StateThresholds(10_000_000, 30_000_000, 90_000_000),
                DayDrawdown = new StateThresholds(10_000_000, 20_000_000, 50_000_000),
                Hold = Hold,
                Release = 0.2m,
                OverLimit = (OverLimitAction)_random.Next(2),
                WarningSize = 0.5m,
                WarningWiden = _random.Next(4),
            };
            _rig = new EngineRig(strategies, new RiskLimits { PositionMax = Quantity.Units(20), SelfMatch = SelfMatch.CancelResting }, cash: 500m,
                liquidation: new LiquidationOptions { Interval = Duration.FromMilliseconds(5) },
                more: options => options with
                {
                    States = states,
                    CutsToLimits = _random.Next(2) == 0,
                    Adaptive = _random.Next(2) == 0 ? null : new AdaptiveOptions { Floor = 0.3m, LossFull = 0.1m, Recovery = Duration.FromMilliseconds(200) },
                });
        }

        private TradingEngine Engine => _rig.Engine;

        public void Dispose() => _rig.Dispose();

        public void Run()
        {
            EngineRig rig = _rig;
            rig.Define();
            for (_step = 0; _step < 250; _step++)
            {
                _price = Math.Max(_price + (_random.Next(12) == 0 ? _random.Next(-60, 61) : _random.Next(-2, 3)), 500);
                int critical = _counts.Critical;
                rig.Quote(_price / 100m, (_price + 2) / 100m);
                Check();
                if (_counts.Critical > critical) _counts.ByMark++;
                for (int i = _random.Next(4); i > 0; i--)
                {
                    Answer();
                    Check();
                }
                while (!Engine.NextWake.IsNone && Engine.NextWake <= rig.Now)
                {
                    rig.Reach(rig.Now);
                    Check();
                }
            }
            rig.Engine.Stop();
        }

        // ---- the venue

        private void Answer()
        {
            List<Order> live = [];
            for (Order? order = Engine.Orders.First(EngineRig.Crude); order is not null; order = order.Next) live.Add(order);
            if (live.Count == 0) return;
            Order chosen = live[_random.Next(live.Count)];
            if (chosen.IsHere || chosen.IsInDoubt) return;
            if (chosen.Status == OrderStatus.PendingNew && _random.Next(8) == 0) _rig.Answer(ReportKind.Rejected, chosen.Id, ReasonCode.Unsupported);
            else if (chosen.Status == OrderStatus.PendingNew && !chosen.IsAccepted) _rig.Answer(ReportKind.Accepted, chosen.Id);
            else if (chosen.IsCancelSent && _random.Next(3) > 0) _rig.Answer(ReportKind.Canceled, chosen.Id);
            else if (chosen.IsReplacementSent && _random.Next(3) > 0) _rig.Answer(ReportKind.Replaced, chosen.Id);
            else if (chosen.Leaves.IsPositive) Fill(chosen);
        }

        private void Fill(Order order)
        {
            _counts.Fills++;
            decimal quantity = _random.Next(1, (int)order.Leaves.ToDecimal() + 1);
            decimal price = order.Price.IsNone ? _price / 100m : order.Price.ToDecimal();
            _rig.Fill(order.Id, order.Side, price, quantity, fee: 0.01m);
        }

        // ---- the laws

        private void Check()
        {
            CheckChanges();
            CheckCommands();
            CheckAdjustments();
            for (ushort strategy = 0; strategy < Strategies; strategy++)
            {
                if (Engine.States!.Of(strategy, EngineRig.Crude) < PositionState.Critical) continue;
                CheckLive(strategy, Side.Buy);
                CheckLive(strategy, Side.Sell);
            }
            if (Engine.Adaptive is { } adaptive && adaptive.FactorNanos(EngineRig.Crude) < 1_000_000_000) _counts.Tightened++;
        }

        private string Where => $"seed {_seed}, step {_step}, input {Engine.InputCount}";

        private void CheckChanges()
        {
            for (; _changes < _rig.RiskStates.Count; _changes++)
            {
                RiskStateEvent change = _rig.RiskStates[_changes];
                (ushort, InstrumentId) key = (change.Output.Strategy, change.Header.Instrument);
                (PositionState state, Timestamp changed) = _states.GetValueOrDefault(key, (PositionState.Normal, new Timestamp(0)));
                Assert.True(change.From == state && change.To != state, $"{Where}: from {change.From} where it was {state}");
                if (change.To < change.From)
                {
                    _counts.Back++;
                    Assert.True(change.From - change.To == 1 && Engine.Clock - changed >= Hold && change.Found <= change.Threshold, $"{Where}: back after {(Engine.Clock - changed).Nanos}");
                }
                else Assert.True(change.Found >= change.Threshold, $"{Where}: worse at {change.Found} of {change.Threshold}");
                if (change.To == PositionState.Critical) _counts.Critical++;
                _states[key] = (change.To, Engine.Clock);
            }
        }

        private void CheckCommands()
        {
            for (; _commands < _rig.Commands.Count; _commands++)
            {
                OrderCommand command = _rig.Commands[_commands];
                if (command.Kind is not (CommandKind.Submit or CommandKind.Replace) || Engine.States!.Of(command.Output.Strategy, EngineRig.Crude) < PositionState.Critical) continue;
                if (!Engine.Orders.TryFind(command.ClientOrderId, out Order? order)) continue;
                _counts.Reducing++;
                if (order.Origin == OrderOrigin.Liquidation) _counts.Liquidated++;
                Int128 room = Room(order.Strategy, order.Side), live = Engine.Orders.Exposure[order.Strategy, EngineRig.Crude, order.Side].Nanos;
                bool isSmaller = command.Kind == CommandKind.Replace && command.Quantity <= order.Quantity;
                bool isReducing = order.IsReduceOnly ? order.WorstLeaves.Nanos <= room : live <= room;
                Assert.True(isReducing || isSmaller, $"{Where}: {command.Kind} {order.Side} {command.Quantity} of {order.Origin} while {live} are live and {room} reduce");
            }
        }

        /// <summary>What could make the position larger is on its way to its end.</summary>
        private void CheckLive(ushort strategy, Side side)
        {
            Int128 staying = 0;
            for (Order? order = Engine.Orders.First(EngineRig.Crude); order is not null; order = order.Next)
                if (order.Strategy == strategy && order.Side == side && !order.IsReduceOnly && !order.IsCancelSent && !order.IsHere) staying += order.WorstLeaves.Nanos;
            Assert.True(staying <= Int128.Max(Room(strategy, side), 0), $"{Where}: {side} orders of {strategy} for {staying} stay where {Room(strategy, side)} reduce");
        }

        private void CheckAdjustments()
        {
            for (; _adjustments < _rig.Adjustments.Count; _adjustments++)
            {
                AdjustmentEvent change = _rig.Adjustments[_adjustments];
                _counts.Adjusted++;
                if (change.Reason is not (ReasonCode.StateWarning or ReasonCode.StateReducesOnly)) _counts.LimitCuts++;
                long asked = Math.Abs(change.Asked.Nanos), granted = Math.Abs(change.Granted.Nanos);
                // A target is never more than was asked, nor on the other side of flat.
                Assert.True(granted <= asked && (granted == 0 || change.Asked.IsPositive == change.Granted.IsPositive || change.Want != AdjustedWant.Target), $"{Where}: {change.Want} {change.Asked} became {change.Granted}");
                Assert.True(change.AskedPrice == change.GrantedPrice && change.Reason != ReasonCode.None, Where);
            }
            _counts.StateRefusals += _rig.Changes.Count(order => order.Reason == ReasonCode.StateReducesOnly && order.To == OrderStatus.Refused);
            _rig.Changes.Clear();
        }

        private Int128 Room(int strategy, Side side) => -side.Sign() * (Int128)Engine.Account.Strategy(strategy).Quantity(EngineRig.Crude).Nanos;
    }

    /// <summary>Wants something else all the time.</summary>
    private sealed class Restless(Random random) : Strategy
    {
        private readonly QuoteLadder _ladder = new();
        private int _form = random.Next(3);

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            if (random.Next(3) > 0) return;
            if (random.Next(60) == 0) Change(context);
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            Quantity quantity = Quantity.Units(random.Next(1, random.Next(10) == 0 ? 40 : 8));
            if (_form == 0) Order(context, side, quantity, in prices);
            else if (_form == 1) Quote(context, quantity);
            else context.Target(EngineRig.Crude, side == Side.Buy ? quantity : -quantity, (TargetUrgency)random.Next(3));
        }

        private void Change(StrategyContext context)
        {
            if (_form == 1) context.WithdrawQuotes(EngineRig.Crude);
            if (_form == 2) context.WithdrawTarget(EngineRig.Crude);
            _form = random.Next(3);
        }

        private void Order(StrategyContext context, Side side, Quantity quantity, in BestPrices prices)
        {
            long price = (side == Side.Buy ? prices.Bid.Price : prices.Ask.Price).Nanos - side.Sign() * random.Next(4) * 10_000_000L;
            OrderIntent intent = new(EngineRig.Crude, side, quantity, new Price(price)) { ReduceOnly = random.Next(4) == 0 };
            ClientOrderId id = context.Submit(intent);
            if (random.Next(3) == 0) context.Replace(id, new Price(price), Quantity.Units(random.Next(1, 12)));
            if (random.Next(6) == 0) context.Cancel(id);
        }

        private void Quote(StrategyContext context, Quantity quantity)
        {
            _ladder.Clear();
            for (int level = 1; level < 4; level++) _ladder.Add(Side.Buy, level, quantity).Add(Side.Sell, level, quantity);
            context.Quote(EngineRig.Crude, _ladder);
        }
    }

    private sealed class Counts
    {
        public int Critical, ByMark, Back, Reducing, Adjusted, StateRefusals, Liquidated, LimitCuts, Fills, Tightened;

        public override string ToString() =>
            $"{Critical} critical ({ByMark} times by a mark), {Back} back, {Reducing} reducing commands, {Adjusted} adjusted, {StateRefusals} refused, {Liquidated} liquidated, {LimitCuts} cut to limits, {Fills} fills, {Tightened} tightened";
    }
}
