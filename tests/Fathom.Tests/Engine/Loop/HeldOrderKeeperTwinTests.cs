using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Engine.Loop;

/// <summary>What the engine does in the venue's place against the venue's own doing: without latency, on a tape whose events have times of their own, the fills are the same.</summary>
public class HeldOrderKeeperTwinTests
{
    private const int Events = 160;
    private const long First = 1_000_000, Step = 1_000;

    /// <summary>All that one event triggers waits on one side of the line between us and the venue: then its order is the same, and everything may be drawn.</summary>
    [Fact]
    public void Without_latency_held_and_native_orders_give_the_same_fills()
    {
        int fills = 0;
        for (int seed = 0; seed < Fuzz.Seeds(60); seed++)
        {
            VenueFeatures rest = (VenueFeatures)(seed % 8 * (int)VenueFeatures.Expiry);      // expiry, reduce-only and lists
            fills += Compare(seed, Kinds.All, [VenueFeatures.None, rest, VenueFeatures.All & ~VenueFeatures.Expiry]);
        }
        Assert.True(fills > 1_000, $"only {fills} fills were compared");
    }

    /// <summary>Where a part of the stops waits here and a part there, one event could trigger both, and ours come second. So these draw stops of one kind.</summary>
    [Fact]
    public void So_they_do_for_every_set_of_features_that_a_venue_may_have()
    {
        int fills = 0;
        Kinds[] families =
        [
            Kinds.Stops, Kinds.Trailing, Kinds.Stops | Kinds.ReduceOnly, Kinds.Trailing | Kinds.ReduceOnly,
            Kinds.Brackets | Kinds.Stops | Kinds.InLists, Kinds.Brackets | Kinds.Trailing | Kinds.InLists, Kinds.Pairs | Kinds.Stops | Kinds.InLists,
        ];
        for (int seed = 0; seed < Fuzz.Seeds(70); seed++)
            fills += Compare(seed, families[seed % families.Length], [(VenueFeatures)(seed * 5 % 32), (VenueFeatures)(seed * 7 % 32), (VenueFeatures)((seed + 16) % 32)]);
        Assert.True(fills > 1_000, $"only {fills} fills were compared");
    }

    private static int Compare(int seed, Kinds kinds, VenueFeatures[] features)
    {
        Tape tape = ATape(new Random(seed));
        SessionHours hours = seed % 2 == 0 ? SessionHours.EveryDay : SessionHours.EveryDay with { Close = new Duration(First + Events / 2 * Step) };
        List<string> all = Run(tape, seed, kinds, VenueFeatures.All, hours, out Record nativeRecord);
        int compared = 0;
        foreach (VenueFeatures has in features)
        {
            List<string> native = all, held = Run(tape, seed, kinds, has, hours, out Record heldRecord);
            int end = has == (VenueFeatures.All & ~VenueFeatures.Expiry) ? int.MaxValue : Math.Min(nativeRecord.FirstTwofold, heldRecord.FirstTwofold);
            if (end < int.MaxValue) (native, held) = (native[..Math.Min(end, native.Count)], held[..Math.Min(end, held.Count)]);
            compared += native.Count;
            int same = native.Zip(held).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(same == native.Count && same == held.Count,
                $"seed {seed}, kinds {kinds}, features {has}: after {same} fills native has '{native.ElementAtOrDefault(same)}', held '{held.ElementAtOrDefault(same)}'\n" +
                $"native:\n{nativeRecord.Story(same)}\nheld:\n{heldRecord.Story(same)}");
        }
        return compared;
    }

    private static List<string> Run(Tape tape, int seed, Kinds kinds, VenueFeatures features, SessionHours hours, out Record record)
    {
        using SimulatedVenue venue = new(LatencyModel.Zero, FeeSchedule.None, features: features, hours: hours);
        Dice dice = new(seed, kinds);
        record = new Record(dice);
        EngineOptions options = new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 1_000_000m,
            Strategies = [new NamedStrategy("dice", dice)],
            VenueFeatures = features,
            Session = hours,
        };
        using TradingEngine engine = new(options, venue, [record]);
        BacktestDriver.Run(tape.Source(), engine, venue, cancellation: TestContext.Current.CancellationToken);
        Assert.True(engine.Summarize().Strategies[0].Failure is null, $"seed {seed}, features {features}: {engine.Summarize().Strategies[0].Failure}");
        Assert.True(engine.Summarize().Anomalies.Total == 0, $"seed {seed}, features {features}: {engine.Summarize().Anomalies}");
        return record.Fills();
    }

    /// <summary>Deep sides that stay, small orders that come and go between them, and trades at all prices; an event's trades are of one side.</summary>
    private static Tape ATape(Random random)
    {
        Tape tape = new Tape().Define();
        ulong ids = 100;
        tape.Time = First - 2 * Step;
        for (int i = 0; i < 12; i++)
        {
            At(tape, () => tape.Record(BookAction.Add, ++ids, Side.Buy, 98 - i, 40, BookFlags.None));
            At(tape, () => tape.Record(BookAction.Add, ++ids, Side.Sell, 102 + i, 40, i == 11 ? BookFlags.Last : BookFlags.None));
        }
        List<(ulong Id, Side Side, long Price, long Quantity)> live = [];
        for (int i = 0; i < Events; i++)
        {
            tape.Time = First + i * Step;
            int records = random.Next(1, 5);
            Side aggressor = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            for (int record = 0; record < records; record++) At(tape, () => AddRecord(tape, random, live, ref ids, aggressor, record == records - 1 ? BookFlags.Last : BookFlags.None));
        }
        return tape;
    }

    private static void At(Tape tape, Action record)
    {
        long time = tape.Time;
        record();
        tape.Time = time;
    }

    private static void AddRecord(Tape tape, Random random, List<(ulong Id, Side Side, long Price, long Quantity)> live, ref ulong ids, Side aggressor, BookFlags flags)
    {
        int at = live.Count == 0 ? -1 : random.Next(live.Count);
        switch (random.Next(10))
        {
            case < 3 when at >= 0:
                tape.Record(BookAction.Cancel, live[at].Id, live[at].Side, live[at].Price, live[at].Quantity, flags);
                live.RemoveAt(at);
                break;
            case < 6:
                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                live.Add((++ids, side, side == Side.Buy ? 97 + random.Next(3) : 101 + random.Next(3), random.Next(1, 5)));
                tape.Record(BookAction.Add, ids, side, live[^1].Price, live[^1].Quantity, flags);
                break;
            default:
                tape.Record(BookAction.Trade, 0, aggressor, 94 + random.Next(13), random.Next(1, 9), flags);
                break;
        }
    }

    /// <summary>What is drawn besides market and limit orders.</summary>
    [Flags]
    private enum Kinds
    {
        Stops = 1,
        Trailing = 2,
        ReduceOnly = 4,
        Brackets = 8,
        Pairs = 16,
        /// <summary>Stops only as members of lists.</summary>
        InLists = 32,
        All = 63,
    }

    /// <summary>Asks for one thing at a time, halfway between events: what it asks for depends on nothing but its dice.</summary>
    private sealed class Dice(int seed, Kinds kinds) : Strategy
    {
        private readonly Random _random = new(seed);
        private readonly List<ClientOrderId> _asked = [];
        private readonly HashSet<ClientOrderId> _members = [];

        public Dictionary<ClientOrderId, int> Names { get; } = [];

        public override void OnStart(StrategyContext context) => context.SetTimer(new Timestamp(First + Step / 2), 0);

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            context.SetTimer(context.Clock + new Duration(Step * _random.Next(1, 4)), 0);
            switch (_random.Next(13))
            {
                case 0: Name(context.Submit(AnIntent(OrderType.Market, Price.None, context.Clock))); break;
                case <= 3: Name(context.Submit(AnIntent(OrderType.Limit, APrice(), context.Clock))); break;
                case <= 6 when !Has(Kinds.InLists): Name(context.Submit(AStop(context.Clock))); break;
                case <= 8 when Has(Kinds.Brackets): SubmitBracket(context); break;
                case <= 9 when Has(Kinds.Pairs): SubmitOneCancelsOther(context); break;
                case 10 when _asked.Count > 0: context.Cancel(Recent()); break;
                case <= 12 when _asked.Count > 0: Replace(context); break;
            }
        }

        private void SubmitBracket(StrategyContext context)
        {
            Side side = ASide();
            long sign = side.Sign();
            OrderIntent entry = AnIntent(_random.Next(3) == 0 ? OrderType.Market : OrderType.Limit, Units(100 - sign * _random.Next(-2, 4)), context.Clock) with { Side = side, PostOnly = false, ReduceOnly = false };
            long profit = entry.Price.Nanos / Price.Scale + sign * _random.Next(1, 6);      // at the entry's own price it could meet what of the entry we do not know to be filled
            if (entry.Type == OrderType.Market) entry = entry with { Price = Price.None };
            int exits = _random.Next(3);
            bool trails = Has(Kinds.Trailing) && (!Has(Kinds.Stops) || _random.Next(3) == 0);
            BracketIds ids = context.SubmitBracket(new Bracket(entry)
            {
                StopTrigger = exits == 0 || trails ? Price.None : Units(100 - sign * _random.Next(2, 6)),
                TrailOffset = exits != 0 && trails ? Units(_random.Next(1, 5)) : Price.None,
                TriggerSource = ASource(),
                TakeProfit = exits == 1 ? Price.None : Units(profit),
            });
            foreach (ClientOrderId id in new[] { ids.Entry, ids.StopLoss, ids.TakeProfit })
            {
                if (id.IsNone) continue;
                Name(id);
                _members.Add(id);
            }
        }

        /// <summary>A stop and a limit, or two stops, that take any price: two that rest can both be filled by one event before anybody here knows.</summary>
        private void SubmitOneCancelsOther(StrategyContext context)
        {
            OrderIntent other = _random.Next(2) == 0 ? AStop(context.Clock, isLimited: false) : AnIntent(OrderType.Limit, Price.None, context.Clock);
            if (other.Type == OrderType.Limit) other = other with { Price = Units(other.Side == Side.Buy ? 94 : 106) };      // meets no order of ours
            (ClientOrderId first, ClientOrderId second) = context.SubmitOneCancelsOther(AStop(context.Clock, isLimited: false), other);
            Name(first);
            Name(second);
            _members.UnionWith([first, second]);
        }

        private void Replace(StrategyContext context)
        {
            ClientOrderId id = Recent();
            context.Replace(id, new OrderChange
            {
                Price = _random.Next(2) == 0 ? APrice() : Price.None,
                Quantity = _random.Next(2) == 0 && !_members.Contains(id) ? Quantity.Units(_random.Next(1, 7)) : Quantity.None,
                TriggerPrice = _random.Next(3) == 0 ? Units(95 + _random.Next(11)) : Price.None,
                TrailOffset = _random.Next(6) == 0 ? Units(_random.Next(1, 5)) : Price.None,
            });
        }

        private OrderIntent AStop(Timestamp now, bool isLimited = true)
        {
            bool trails = Has(Kinds.Trailing) && (!Has(Kinds.Stops) || _random.Next(3) == 0);
            OrderType type = trails ? OrderType.Trailing : isLimited && _random.Next(2) == 0 ? OrderType.StopLimit : OrderType.Stop;
            OrderIntent intent = AnIntent(type, type == OrderType.StopLimit ? APrice() : Price.None, now) with
            {
                TriggerPrice = type == OrderType.Trailing && _random.Next(2) == 0 ? Price.None : Units(95 + _random.Next(11)),
                TriggerSource = ASource(),
                TrailOffset = type == OrderType.Trailing ? Units(_random.Next(1, 5)) : Price.None,
                ReduceOnly = kinds == Kinds.All ? _random.Next(3) == 0 : Has(Kinds.ReduceOnly),
            };
            return type == OrderType.StopLimit ? intent : intent with { PostOnly = false };
        }

        private OrderIntent AnIntent(OrderType type, Price price, Timestamp now)
        {
            TimeInForce time = (TimeInForce)_random.Next(1, 6);
            bool isDated = time == TimeInForce.GoodTillDate, canRest = type is OrderType.Limit or OrderType.StopLimit && time <= TimeInForce.GoodTillDate;
            long expiry = now.Nanos + Step * _random.Next(30) + Step / 4 * _random.Next(1, 3);      // between events or at one, never when something is asked for
            return new OrderIntent(Tape.Instrument, ASide(), Quantity.Units(_random.Next(1, 6)), price)
            {
                Type = type,
                TimeInForce = time,
                ExpireTime = isDated ? new Timestamp(expiry) : Timestamp.None,
                PostOnly = canRest && _random.Next(6) == 0,
                ReduceOnly = Has(Kinds.ReduceOnly) && _random.Next(3) == 0,
            };
        }

        private bool Has(Kinds kind) => kinds == Kinds.All ? kind != Kinds.InLists : (kinds & kind) != 0;

        private void Name(ClientOrderId id)
        {
            Names.Add(id, _asked.Count);
            _asked.Add(id);
        }

        private ClientOrderId Recent() => _asked[Math.Max(0, _asked.Count - 1 - _random.Next(10))];

        private Side ASide() => _random.Next(2) == 0 ? Side.Buy : Side.Sell;

        private TriggerSource ASource() => _random.Next(2) == 0 ? TriggerSource.Last : TriggerSource.BidAsk;

        private Price APrice() => Units(95 + _random.Next(11));

        private static Price Units(long units) => Price.From(units);
    }

    /// <summary>The fills, each under the number of the want that it comes from. What an order takes at one price at one moment is one fill, however often it asked.</summary>
    private sealed class Record(Dice dice) : IRunObserver
    {
        private readonly List<(int Fills, string Text)> _story = [];
        private (Timestamp Time, int Name, int Fills) _maker = (Timestamp.None, -1, 0);
        private readonly List<(int Name, Timestamp Time, Price Price, Side Side, long Nanos)> _fills = [];

        public void OnCommand(in OrderCommand command)
        {
            if (command.Kind == CommandKind.Submit && !dice.Names.ContainsKey(command.ClientOrderId)) dice.Names.Add(command.ClientOrderId, dice.Names[command.Output.Parent]);
        }

        public void OnFill(in FillEvent fill)
        {
            int name = dice.Names[fill.ClientOrderId];
            Timestamp time = new(fill.Header.EventTime.Nanos / (Step / 4) * (Step / 4));      // what had to wait for an acceptance's fills leaves a nanosecond later
            bool isMore = _fills.Count > 0 && (_fills[^1].Name, _fills[^1].Time, _fills[^1].Price) == (name, time, fill.Price);
            long before = isMore ? _fills[^1].Nanos : 0;
            if (isMore) _fills.RemoveAt(_fills.Count - 1);
            if (fill.Liquidity == Liquidity.Maker)
            {
                if (_maker.Time == time && _maker.Name != name) FirstTwofold = Math.Min(FirstTwofold, _maker.Fills);
                else if (_maker.Time != time) _maker = (time, name, _fills.Count);
            }
            _fills.Add((name, time, fill.Price, fill.Side, before + fill.Quantity.Nanos));
        }

        /// <summary>How many fills come before the first event that filled two resting orders of ours: what the first does to the second comes too late from here. A venue does it in between.</summary>
        public int FirstTwofold { get; private set; } = int.MaxValue;

        public void OnOrder(in OrderEvent change)
        {
            if (dice.Names.TryGetValue(change.ClientOrderId, out int name) || dice.Names.TryGetValue(change.Output.Parent, out name))
                _story.Add((_fills.Count, $"{change.Header.ReceiveTime.Nanos} #{name} {change.Side} {change.Type} {change.TimeInForce} {change.Flags} {change.Quantity}@{change.Price} " +
                    $"trigger {change.TriggerPrice} {change.From} → {change.To} {change.Reason}, leaves {change.Leaves}"));
        }

        /// <summary>What happened around a fill.</summary>
        public string Story(int fill) => string.Join('\n', _story.Where(line => line.Fills >= fill - 2 && line.Fills <= fill + 1).Select(line => line.Text));

        public List<string> Fills() => [.. _fills.Select(fill => $"#{fill.Name} {fill.Side} {new Quantity(fill.Nanos)}@{fill.Price} at {fill.Time.Nanos}")];
    }
}
