using System.Runtime.InteropServices;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Simulation.Venue;
using static Fathom.Domain.Messages.Messages;

namespace Fathom.Tests.Engine.Loop.CarryOver;

/// <summary>
/// An engine that goes on with a carry-over is the engine that wrote it. A whole run is recorded; at any of its inputs the engine is rolled into a new one, which is shown the market so far and then
/// everything that comes, next to the old one. The strategies hold nothing themselves: what they do follows from the clock, the market and their orders.
/// </summary>
public class CarryOverReaderTests
{
    private const long Step = 1_000_000;
    private const int Events = 300;
    private const long Midnight = 86_400L * 1_000_000_000 * 20_000;
    private const long First = Midnight - Events / 2 * Step;      // a day ends in the middle

    private static readonly VenueFeatures[] Features =
        [VenueFeatures.All, default, VenueFeatures.All & ~VenueFeatures.Lists, VenueFeatures.All & ~VenueFeatures.Stops, VenueFeatures.All & ~VenueFeatures.ReduceOnly, VenueFeatures.All & ~VenueFeatures.Expiry];

    [Fact]
    public void After_a_roll_the_next_engine_is_the_old_one()
    {
        Counts counts = new();
        for (int seed = 0; seed < Fuzz.Seeds(16); seed++)
        {
            List<byte[]> inputs = Record(seed, out List<int> rare);
            Random random = new(seed);
            for (int roll = 0; roll < 2; roll++) Compare(seed, inputs, random.Next(20, inputs.Count - 20), counts);
            for (int roll = 0; roll < 2 && rare.Count > 0; roll++) Compare(seed, inputs, rare[random.Next(rare.Count)], counts);
        }
        Assert.True(counts is { Orders: > 100, Held: > 30, Lists: > 10, Lines: > 5, Touched: > 2, Outputs: > 2_000, Fills: > 300, Watched: > 10, Repeated: > 10, Killed: > 0, States: > 5, Calm: > 0, Tight: > 0, Times: > 3, Refused: > 100, Short: > 10, Bases: > 0 }, counts.ToString());
    }

    private static void Compare(int seed, List<byte[]> inputs, int at, Counts counts)
    {
        Outputs oldOutputs = new(), newOutputs = new();
        using TradingEngine old = NewEngine(seed, oldOutputs), next = NewEngine(seed, newOutputs);
        int step = 0;
        for (; step < at || (step < inputs.Count && !IsLater(inputs[step], old.Clock)); step++) old.Step(inputs[step]);
        if (step == inputs.Count) return;
        string where = $"seed {seed}, rolled after input {step} of {inputs.Count}";

        Roll roll = Roll.Of(old);
        roll.StepInto(next);
        Roll again = Roll.Of(next);
        Assert.True(roll.Bytes.AsSpan().SequenceEqual(again.Bytes), $"{where}: {Roll.Difference(roll, again)}");
        Note(roll, counts);

        for (int i = 0; i < step; i++)
            if (Header(inputs[i]).Type < MessageType.SeriesDefined) next.Step(inputs[i]);
        roll = Roll.Of(next);
        Assert.True(roll.Bytes.AsSpan().SequenceEqual(again.Bytes), $"{where}: the market so far changed {Roll.Difference(again, roll)}");
        Assert.Empty(newOutputs.Lines);
        oldOutputs.Lines.Clear();
        for (; step < inputs.Count; step++)
        {
            old.Step(inputs[step]);
            next.Step(inputs[step]);
            int same = oldOutputs.Lines.Zip(newOutputs.Lines).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(same == oldOutputs.Lines.Count && same == newOutputs.Lines.Count,
                $"{where}: at input {step}, {Header(inputs[step]).Type}, the old engine says '{oldOutputs.Lines.ElementAtOrDefault(same)}' and the new one '{newOutputs.Lines.ElementAtOrDefault(same)}'");
            Assert.True(old.NextWake == next.NextWake || IsNoMatter(old, old.NextWake), $"{where}: at input {step} the old engine wants {old.NextWake} and the new one {next.NextWake}");
        }
        RequireSame(old, next, where);
        counts.Outputs += oldOutputs.Lines.Count;
        counts.Fills += oldOutputs.Fills;
        counts.Refused += oldOutputs.Refused;
        counts.Repeated += next.Orders.Anomalies.RepeatedExecution;
    }

    private static void RequireSame(TradingEngine old, TradingEngine next, string where)
    {
        Roll left = Roll.Of(old), right = Roll.Of(next);
        Assert.True(left.Essence().AsSpan().SequenceEqual(right.Essence()), $"{where}: at the end {Roll.Difference(left, right)}");
        Assert.Equal(old.Account.Totals, next.Account.Totals);
        Assert.Equal(old.Account.Positions(), next.Account.Positions());
        for (int instrument = 0; instrument < 2; instrument++)
        {
            InstrumentId id = new(instrument);
            Assert.Equal((old.Orders.Exposure[id, Side.Buy], old.Orders.Exposure[id, Side.Sell]), (next.Orders.Exposure[id, Side.Buy], next.Orders.Exposure[id, Side.Sell]));
            for (ushort strategy = 0; strategy < 2; strategy++) Assert.Equal(Orders(old, strategy, id), Orders(next, strategy, id));
        }
        Assert.Equal(old.Account.Curve.DrawdownMax, next.Account.Curve.DrawdownMax);
        Assert.Equal(old.KillSwitch.Since, next.KillSwitch.Since);
        Assert.Equal(old.KillSwitch.Active, next.KillSwitch.Active);
        Assert.Equal((1, 2), (old.Session, next.Session));
    }

    /// <summary>The end of an order that is over, or that the venue sees to: the old engine still has the time noted.</summary>
    private static bool IsNoMatter(TradingEngine engine, Timestamp wake)
    {
        for (int instrument = 0; instrument < 2; instrument++)
            for (Order? order = engine.Orders.First(new InstrumentId(instrument)); order is not null; order = order.Next)
                if ((order.IsLeaving && wake.Nanos <= engine.Clock.Nanos + 1) || (!order.Deadline.IsNone && order.Deadline.Nanos + 1 == wake.Nanos)) return false;
        return true;
    }

    private static List<WorkingOrder> Orders(TradingEngine engine, ushort strategy, InstrumentId instrument)
    {
        List<WorkingOrder> orders = [];
        foreach (WorkingOrder order in engine.Orders.Working(strategy, instrument)) orders.Add(order);
        return orders;
    }

    private static bool IsLater(byte[] input, Timestamp clock) => !Header(input).ReceiveTime.IsNone && Header(input).ReceiveTime > clock;

    private static void Note(Roll roll, Counts counts)
    {
        foreach (CarriedOrder order in roll.All<CarriedOrder>(MessageType.CarriedOrder))
        {
            counts.Orders++;
            if ((order.Facts & CarriedOrderFacts.Here) != 0) counts.Held++;
            if ((order.Facts & CarriedOrderFacts.Watched) != 0) counts.Watched++;
            if (order.LinePlace > 1) counts.Lines++;
        }
        counts.Touched += roll.All<CarriedOrderList>(MessageType.CarriedOrderList).Count(list => list.Place > 0);
        counts.Lists += roll.All<CarriedOrderList>(MessageType.CarriedOrderList).Count();
        counts.States += roll.All<CarriedRiskState>(MessageType.CarriedRiskState).Count(state => state.State != PositionState.Normal);
        counts.Calm += roll.All<CarriedRiskState>(MessageType.CarriedRiskState).Count(state => !state.CalmSince.IsNone);
        counts.Tight += roll.All<CarriedRiskState>(MessageType.CarriedRiskState).Count(state => state.FactorNanos < 1_000_000_000);
        counts.Killed += roll.All<CarriedKill>(MessageType.CarriedKill).Count();
        counts.Bases += roll.All<CarriedKillBase>(MessageType.CarriedKillBase).Count(from => from is { HasPeak: 1, HasLoss: 1 });
        counts.Times += roll.All<CarriedOrderTimes>(MessageType.CarriedOrderTimes).Sum(times => times.Count);
        counts.Short += roll.All<CarriedHolding>(MessageType.CarriedHolding).Count(holding => holding.Quantity.Nanos < 0);
    }

    // ---- a run

    /// <summary>All inputs of a run against the simulated venue, and among them what a worse world would bring: executions twice, the kill switch.</summary>
    /// <param name="rare">After how many inputs orders stood in line behind each other, or children were to be told of their parent.</param>
    private static List<byte[]> Record(int seed, out List<int> rare)
    {
        List<int> found = rare = [];
        List<byte[]> inputs = [], fills = [];
        Random random = new(seed);
        using SimulatedVenue venue = new(new LatencyModel(new Duration(700_000), new Duration(seed % 3 == 0 ? 6_100_000 : 900_000), new Duration(seed % 2 * 2_300_000)), new FeeSchedule(makerBps: -0.1m, takerBps: 0.3m, perContract: 0.25m), features: Features[seed % Features.Length]);
        using TradingEngine engine = new(Options(seed), venue, []);
        BacktestDriver driver = new(ATape(random).Source(), message => Spoil(random, message.ToArray(), fills, Take), venue, nextWake: () => engine.NextWake);
        driver.RunAll(null, CancellationToken.None);
        Assert.All(engine.Summarize().Strategies, strategy => Assert.Null(strategy.Failure));
        return inputs;

        void Take(byte[] input)
        {
            inputs.Add(input);
            engine.Step(input);
            if (!MayBeRare(engine)) return;
            Roll roll = Roll.Of(engine);
            if (roll.All<CarriedOrder>(MessageType.CarriedOrder).Any(order => order.LinePlace > 1) || roll.All<CarriedOrderList>(MessageType.CarriedOrderList).Any(list => list.Place > 0))
                found.Add(inputs.Count);
        }
    }

    private static bool MayBeRare(TradingEngine engine)
    {
        int leaving = 0;
        for (int instrument = 0; instrument < 2; instrument++)
        {
            for (Order? order = engine.Orders.First(new InstrumentId(instrument)); order is not null; order = order.Next)
            {
                if (order.IsLeaving) leaving++;
                if (order.List is { IsTouched: true }) return true;
            }
        }
        return leaving > 1;
    }

    private static void Spoil(Random random, byte[] input, List<byte[]> fills, Action<byte[]> step)
    {
        step(input);
        Timestamp time = Header(input).ReceiveTime;
        bool isFill = Header(input).Type == MessageType.OrderReport && As<OrderReport>(input).Kind == ReportKind.Filled;
        if (isFill) fills.Add(input);
        if (fills.Count > 0 && random.Next(60) == 0) step(At(fills[random.Next(fills.Count)], time));
        if (time.Nanos > First && random.Next(900) == 0) step(Bytes(Operator(OperatorAction.Kill, time)));
        if (time.Nanos > First && random.Next(150) == 0) step(Bytes(Operator(OperatorAction.Rearm, time)));
    }

    private static byte[] At(byte[] report, Timestamp time)
    {
        byte[] copy = [.. report];
        MemoryMarshal.AsRef<OrderReport>(copy.AsSpan()).Header.ReceiveTime = time;
        return copy;
    }

    private static OperatorCommand Operator(OperatorAction action, Timestamp time) =>
        new() { Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, 0, InstrumentId.None, time, time), Action = action, Strategy = OperatorCommand.AllStrategies, Reason = NoteText.Cut("so it goes") };

    private static byte[] Bytes<T>(T message) where T : unmanaged => AsBytes(in message).ToArray();

    private static TradingEngine NewEngine(int seed, Outputs outputs) => new(Options(seed), outputs, [outputs]);

    private static EngineOptions Options(int seed) => new()
    {
        Currency = EngineRig.Code("USD"),
        Cash = 100_000m,
        Strategies = [new NamedStrategy("one", new Whim((ulong)seed * 2)), new NamedStrategy("two", new Whim((ulong)seed * 2 + 1))],
        VenueFeatures = Features[seed % Features.Length],
        Rates = seed % 3 == 0 ? [] : [new CurrencyRate(EngineRig.Code("EUR"), 1.1m)],
        Limits = new RiskLimits
        {
            PositionMax = seed % 2 == 0 ? Quantity.None : Quantity.Units(25),
            OrderRateMax = seed % 4 == 1 ? new OrderRate(6, new Duration(30 * Step)) : null,
            DailyLossMax = seed % 5 == 0 && seed % 3 != 0 ? 60m : null,
            PriceCollarBps = seed % 2 == 0 ? 400 : null,
            SelfMatch = seed % 2 == 0 ? SelfMatch.Refuse : SelfMatch.CancelResting,
        },
        States = seed % 3 == 0 ? null : new StateOptions
        {
            Position = new StateThresholds(300_000_000, 800_000_000, 1_000_000_000),
            Drawdown = new StateThresholds(200_000, 2_000_000, 20_000_000),
            DayDrawdown = new StateThresholds(100_000, 1_000_000, 10_000_000),
            Hold = new Duration(20 * Step),
        },
        KillRules = seed % 4 == 2 ? [new KillRule(KillCause.Drawdown, KillScope.Account, 200_000), new KillRule(KillCause.DailyLoss, KillScope.Account, 20 * Price.Scale)] : [],
        Adaptive = seed % 4 == 1 ? new AdaptiveOptions { LossFull = 0.002m, Recovery = new Duration(100 * Step) } : null,
    };

    private static Tape ATape(Random random)
    {
        Tape tape = new() { Time = First - 2 * Step };
        tape.Define().Define(instrument: 1, multiplier: 5m);
        tape.Messages[1] = InEuro(tape.Messages[1]);
        ulong ids = 100;
        for (int instrument = 0; instrument < 2; instrument++)
        {
            for (int i = 0; i < 12; i++)
            {
                tape.Record(BookAction.Add, ++ids, Side.Buy, 98 - i, 40, BookFlags.None, instrument);
                tape.Record(BookAction.Add, ++ids, Side.Sell, 102 + i, 40, i == 11 ? BookFlags.Last : BookFlags.None, instrument);
            }
        }
        List<(ulong Id, Side Side, long Price, long Quantity, int Instrument)> live = [];
        for (int i = 0; i < Events; i++)
        {
            tape.Time = First + i * Step;
            int records = random.Next(1, 5), instrument = random.Next(2);
            Side aggressor = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            for (int record = 0; record < records; record++) AddRecord(tape, random, live, ref ids, aggressor, record == records - 1 ? BookFlags.Last : BookFlags.None, instrument);
        }
        return tape;
    }

    private static byte[] InEuro(byte[] definition)
    {
        byte[] copy = [.. definition];
        MemoryMarshal.AsRef<InstrumentDefinition>(copy.AsSpan()).Currency = EngineRig.Code("EUR");
        return copy;
    }

    private static void AddRecord(Tape tape, Random random, List<(ulong Id, Side Side, long Price, long Quantity, int Instrument)> live, ref ulong ids, Side aggressor, BookFlags flags, int instrument)
    {
        int at = live.FindIndex(order => order.Instrument == instrument);
        switch (random.Next(10))
        {
            case < 3 when at >= 0:
                tape.Record(BookAction.Cancel, live[at].Id, live[at].Side, live[at].Price, live[at].Quantity, flags, instrument);
                live.RemoveAt(at);
                break;
            case < 6:
                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                live.Add((++ids, side, side == Side.Buy ? 97 + random.Next(3) : 101 + random.Next(3), random.Next(1, 5), instrument));
                tape.Record(BookAction.Add, ids, side, live[^1].Price, live[^1].Quantity, flags, instrument);
                break;
            default:
                tape.Record(BookAction.Trade, 0, aggressor, 94 + random.Next(13), random.Next(1, 9), flags, instrument);
                break;
        }
    }

    /// <summary>Wants whatever the moment says: it remembers nothing.</summary>
    private sealed class Whim(ulong seed) : Strategy
    {
        public override void OnBook(StrategyContext context, IBookView book)
        {
            SplitMix64 dice = new(seed ^ (ulong)context.Clock.Nanos * 0x9E3779B97F4A7C15);
            InstrumentId instrument = book.Instrument;
            context.Store.Set("last", context.Clock.Nanos);
            foreach (WorkingOrder order in context.WorkingOrders(instrument))
            {
                if (dice.NextBelow(12) == 0) context.Cancel(order.Id);
                else if (dice.NextBelow(10) == 0) context.Replace(order.Id, new OrderChange { Price = order.Price.IsNone ? Price.None : APrice(ref dice), Quantity = order.Quantity + Quantity.Units(dice.NextBelow(3)) });
            }
            switch (dice.NextBelow(14))
            {
                case 0: context.Submit(AnIntent(ref dice, instrument, OrderType.Market, context.Clock)); break;
                case <= 2: context.Submit(AnIntent(ref dice, instrument, OrderType.Limit, context.Clock)); break;
                case <= 4: context.Submit(AnIntent(ref dice, instrument, (OrderType)(3 + dice.NextBelow(3)), context.Clock)); break;
                case 5: SubmitBracket(context, ref dice, instrument); break;
                case 6:
                    context.SubmitOneCancelsOther(AnIntent(ref dice, instrument, OrderType.Stop, context.Clock), AnIntent(ref dice, instrument, OrderType.Limit, context.Clock));
                    break;
            }
        }

        private static void SubmitBracket(StrategyContext context, ref SplitMix64 dice, InstrumentId instrument)
        {
            OrderIntent entry = AnIntent(ref dice, instrument, OrderType.Limit, context.Clock) with { PostOnly = false, ReduceOnly = false };
            long sign = entry.Side.Sign();
            context.SubmitBracket(new Bracket(entry)
            {
                StopTrigger = Units(100 - sign * (2 + dice.NextBelow(4))),
                TakeProfit = dice.NextBelow(3) == 0 ? Price.None : entry.Price + Units(sign * (1 + dice.NextBelow(5))),
            });
        }

        private static OrderIntent AnIntent(ref SplitMix64 dice, InstrumentId instrument, OrderType type, Timestamp now)
        {
            TimeInForce time = (TimeInForce)(1 + dice.NextBelow(5));
            bool canRest = type is OrderType.Limit or OrderType.StopLimit && time <= TimeInForce.GoodTillDate;
            return new OrderIntent(instrument, dice.NextBelow(2) == 0 ? Side.Buy : Side.Sell, Quantity.Units(1 + dice.NextBelow(5)), type is OrderType.Limit or OrderType.StopLimit ? APrice(ref dice) : Price.None)
            {
                Type = type,
                TimeInForce = time,
                ExpireTime = time == TimeInForce.GoodTillDate ? new Timestamp(now.Nanos + Step * dice.NextBelow(30) + 333_333) : Timestamp.None,
                PostOnly = canRest && dice.NextBelow(5) == 0,
                ReduceOnly = dice.NextBelow(4) == 0,
                TriggerPrice = type.HasTrigger() && (type != OrderType.Trailing || dice.NextBelow(2) == 0) ? Units(95 + dice.NextBelow(11)) : Price.None,
                TriggerSource = dice.NextBelow(2) == 0 ? TriggerSource.Last : TriggerSource.BidAsk,
                TrailOffset = type == OrderType.Trailing ? Units(1 + dice.NextBelow(4)) : Price.None,
                UserTag = dice.NextUInt64(),
            };
        }

        private static Price APrice(ref SplitMix64 dice) => Units(95 + dice.NextBelow(11));

        private static Price Units(long units) => Price.From(units);
    }

    /// <summary>Commands, changes of orders and fills as text; the number of the input, which begins anew, apart.</summary>
    private sealed class Outputs : IVenue, IRunObserver
    {
        public List<string> Lines { get; } = [];
        public long Fills { get; private set; }
        public long Refused { get; private set; }

        public void Send(in OrderCommand command) { }

        public void OnCommand(in OrderCommand command)
        {
            OrderCommand copy = command;
            copy.Output.Cause = 0;
            Lines.Add($"{command.Kind} {command.ClientOrderId} {Convert.ToHexString(AsBytes(in copy))}");
        }

        public void OnOrder(in OrderEvent change)
        {
            if (change.To == OrderStatus.Refused) Refused++;
            OrderEvent copy = change;
            copy.Output.Cause = 0;
            Lines.Add($"{change.ClientOrderId} {change.From} {change.To} {change.Reason} {Convert.ToHexString(AsBytes(in copy))}");
        }

        public void OnRiskState(in RiskStateEvent change) =>
            Lines.Add($"state of {change.Output.Strategy} in {change.Header.Instrument}: {change.From} {change.To} {change.Measure} {change.Found} {change.Threshold} at {change.Header.ReceiveTime}");

        public void OnFill(in FillEvent fill)
        {
            Fills++;
            FillEvent copy = fill;
            copy.Output.Cause = 0;
            Lines.Add($"fill {fill.ClientOrderId} {Convert.ToHexString(AsBytes(in copy))}");
        }

        public void OnPosition(in PositionEvent position)
        {
            PositionEvent copy = position;
            (copy.Output.Cause, copy.Output.Sequence, copy.Output.IndexInStep) = (0, 0, 0);
            Lines.Add($"position {Convert.ToHexString(AsBytes(in copy))}");
        }
    }

    /// <summary>How much of what can be carried was: a law about nothing holds always.</summary>
    private sealed record Counts
    {
        public long Orders { get; set; }
        public long Held { get; set; }
        public long Watched { get; set; }
        public long Lines { get; set; }
        public long Touched { get; set; }
        public long Lists { get; set; }
        public long Outputs { get; set; }
        public long Fills { get; set; }
        public long Refused { get; set; }
        public long Repeated { get; set; }
        public long Killed { get; set; }
        public long States { get; set; }
        public long Calm { get; set; }
        public long Tight { get; set; }
        public long Times { get; set; }
        public long Short { get; set; }
        public long Bases { get; set; }
    }
}
