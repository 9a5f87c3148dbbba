using System.Text.Json;
using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Risk;
using Fathom.Market.Books;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Tests.Simulation.Driver;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Engine.Loop.Snapshots;

public class SnapshotTakerTests
{
    [Fact]
    public void Tells_what_there_is()
    {
        ScriptedStrategy strategy = new();
        strategy.Book = (context, _) =>
        {
            strategy.Book = null;
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, 5m));
        };
        using EngineRig rig = new([new NamedStrategy("maker", strategy)], new RiskLimits { PositionMax = Quantity.Units(5), OrderRateMax = new OrderRate(9, Duration.FromMilliseconds(1_000)) });
        rig.Define(multiplier: 10m).State(TradingState.Continuous).Quote(10.00m, 10.02m).AcceptAll();
        ClientOrderId order = rig.Sent[0].ClientOrderId;
        rig.Fill(order, Side.Buy, 10.00m, 2m, fee: 0.25m).Trade(Side.Buy, 10.02m, 1m).Quote(10.04m, 10.06m);

        EngineSnapshot told = rig.Engine.TakeSnapshot();
        Assert.Equal((rig.Engine.InputCount, rig.Engine.Clock, false), (told.InputNumber, told.Clock, told.IsFinal));
        Assert.Equal(new OwnerSnapshot("maker", 1, 0, 1, false, TradingMode.Normal, Timestamp.Earliest), Assert.Single(told.Owners) with { WarmUntil = Timestamp.Earliest });
        InstrumentSnapshot market = Assert.Single(told.Instruments);
        Assert.Equal(("CL", TradingState.Continuous, Price.From(10.02m), false), (market.Symbol, market.State, market.LastTrade, market.IsStale));
        Assert.Equal((Level(10.04m), Level(10.06m)), (market.Bid, market.Ask));

        OrderSnapshot live = Assert.Single(told.Orders);
        Assert.Equal((order, 0, Side.Buy, OrderType.Limit, OrderStatus.PartiallyFilled, OrderFlags.PostOnly), (live.Id, live.Owner, live.Side, live.Type, live.Status, live.Flags));
        Assert.Equal((Price.From(10m), Quantity.Units(5), Quantity.Units(2), Quantity.Units(3), Quantity.Units(3)), (live.Price, live.Quantity, live.Cumulative, live.Leaves, live.WorstLeaves));

        PositionSnapshot position = Assert.Single(told.Positions);
        Assert.Equal((0, Quantity.Units(2), Price.From(10m), Nanos(0m), Nanos(1m), Nanos(0.25m)),
            (position.Owner, position.Quantity, position.AveragePrice, position.RealizedNanos, position.UnrealizedNanos, position.FeesNanos));
        Assert.Equal([(null, 1_000.75m), (0, 0.75m), (EngineSnapshot.External, 0m)], told.Money.Select(money => (money.Owner, money.Equity)));
        Assert.Equal(1_000.75m, told.Totals!.Value.Equity);

        Assert.Equal((false, true, 1, 9), (told.Risk.IsKillSwitchOn, told.Risk.IsReconciled, told.Risk.OrdersInWindow, told.Risk.OrderRateMax));
        Assert.Equal([(null, 2L, 3L), (0, 2L, 3L)], told.Risk.Exposures.Select(exposure => (exposure.Owner, (long)exposure.Held.ToDouble(), (long)exposure.Buying.ToDouble())));
        Assert.All(told.Risk.Exposures, exposure => Assert.Equal((Nanos(201m), EngineRig.Code("USD")), (exposure.NotionalNanos, exposure.Currency)));      // 2 × 10 × 10.05
        Assert.Equal([(ReasonCode.PositionLimit, null, Side.Buy), (ReasonCode.PositionLimit, (int?)0, Side.Buy)], told.Risk.Refusals.Select(refusal => (refusal.Reason, refusal.Owner, refusal.Side)));
    }

    [Fact]
    public void Measures_are_told_of_the_account_and_of_each_owner_and_margin_where_it_is_held_to()
    {
        ScriptedStrategy strategy = new();
        strategy.Book = (context, _) =>
        {
            strategy.Book = null;
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 10.00m, 5m));
        };
        MarginOptions margin = new() { Usual = new MarginTerms { Leverage = 10, Tiers = [new MarginTier(0, 50)] } };
        using EngineRig rig = new([new NamedStrategy("maker", strategy), new NamedStrategy("idle", new ScriptedStrategy())], more: options => options with { Margin = margin });
        rig.Define(multiplier: 10m).State(TradingState.Continuous).Quote(10.00m, 10.02m).AcceptAll();
        rig.Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.00m, 2m).Quote(10.10m, 10.12m).Quote(10.04m, 10.06m);

        RiskSnapshot told = rig.Engine.TakeSnapshot().Risk;
        Assert.Equal([null, 0, 1], told.Measures.Select(measure => measure.Owner));
        Assert.All(told.Measures.Take(2), measure => Assert.Equal((Nanos(1_001m), Nanos(1_002.2m), 1.2 / 1_002.2, Nanos(201m), Nanos(201m), 201.0 / 1_001),
            (measure.EquityNanos, measure.PeakNanos, measure.Drawdown, measure.GrossNanos, measure.NetNanos, measure.Leverage)));
        Assert.Equal(new MeasureSnapshot(1, Nanos(1_000m), Nanos(1_000m), 0, 0, 0, 0, 0, 0), told.Measures[2]);
        Assert.Equal((20.1m, 50.25m, 1.005m, 950.75m, 1_005.0 / 1_001_000), (told.Margin!.Used, told.Margin.Initial, told.Margin.Maintenance, told.Margin.Available, told.Margin.MaintenanceRatio));
        Assert.Empty(told.Margin.Liquidations);      // a price above zero takes less than there is

        using EngineRig without = new(new ScriptedStrategy());
        Assert.Null(without.Define().Quote(10m, 11m).Engine.TakeSnapshot().Risk.Margin);
    }

    [Fact]
    public void The_kill_switch_is_told_with_its_time()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        rig.Define().Quote(10m, 11m).Operate(OperatorAction.Kill);
        RiskSnapshot killed = rig.Engine.TakeSnapshot().Risk;
        Assert.Equal((true, rig.Engine.Clock), (killed.IsKillSwitchOn, killed.KillSwitchSince));
        Assert.Equal(ReasonCode.KillSwitch, Assert.Single(killed.Refusals).Reason);
        RiskSnapshot armed = rig.Operate(OperatorAction.Rearm).Engine.TakeSnapshot().Risk;
        Assert.Equal((false, Timestamp.None, 0), (armed.IsKillSwitchOn, armed.KillSwitchSince, armed.Refusals.Length));
    }

    [Fact]
    public void A_halted_owner_and_one_that_warms_up_are_told()
    {
        ScriptedStrategy wrong = new() { Book = static (_, _) => throw new InvalidOperationException("on purpose") };
        using EngineRig rig = new([new NamedStrategy("wrong", wrong), new NamedStrategy("cold", new ScriptedStrategy()) { Warmup = Duration.FromMilliseconds(5_000) }]);
        rig.Define().Quote(10m, 11m);
        EngineSnapshot told = rig.Engine.TakeSnapshot();
        Assert.Equal([("wrong", true), ("cold", false)], told.Owners.Select(owner => (owner.Name, owner.IsHalted)));
        Assert.True(told.Owners[0].WarmUntil <= told.Clock && told.Owners[1].WarmUntil > told.Clock);
    }

    [Fact]
    public void Before_the_first_input_there_is_nothing_and_after_the_stop_the_final_state()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        EngineSnapshot before = rig.Engine.TakeSnapshot();
        Assert.Equal((0L, Timestamp.Earliest, false, 0), (before.InputNumber, before.Clock, before.IsFinal, before.Instruments.Length));
        rig.Define().Quote(10m, 11m);
        rig.Engine.Stop();
        EngineSnapshot after = rig.Engine.TakeSnapshot();
        Assert.Equal((rig.Engine.InputCount, rig.Engine.Clock, true), (after.InputNumber, after.Clock, after.IsFinal));
    }

    /// <summary>In the middle of an event a book may be crossed: readers see what strategies see.</summary>
    [Fact]
    public void In_the_middle_of_an_event_the_market_is_that_of_the_event_before()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        rig.Define().Quote(10m, 11m);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 12m, isLast: false);
        InstrumentSnapshot market = Assert.Single(rig.Engine.TakeSnapshot().Instruments);
        Assert.Equal((Level(10m), Level(11m)), (market.Bid, market.Ask));
    }

    [Fact]
    public void A_book_of_nobody_s_is_there_with_its_prices_and_without_exposures()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        rig.Define().Define(new InstrumentId(1)).Quote(10m, null);
        EngineSnapshot told = rig.Engine.TakeSnapshot();
        InstrumentSnapshot market = Assert.Single(told.Instruments);
        Assert.Equal((Level(10m), default), (market.Bid, market.Ask));
        Assert.Equal((2, 0), (told.InstrumentCount, told.Risk.Exposures.Length));
    }

    [Fact]
    public void Of_many_books_the_first_are_there_and_all_that_we_have_to_do_with()
    {
        InstrumentId last = new(EngineSnapshot.InstrumentsMax + 5);
        ScriptedStrategy strategy = new() { Order = static (_, _) => { } };
        strategy.Book = (context, book) =>
        {
            if (book.Instrument == last) context.Submit(ScriptedStrategy.Limit(Side.Buy, 10m) with { Instrument = last });
        };
        using EngineRig rig = new(strategy);
        for (int index = 0; index <= last.Index; index++)
        {
            rig.Define(new InstrumentId(index));
            rig.Tape(new InstrumentId(index), BookAction.Add, Side.Buy, 10m, isLast: true);
        }
        EngineSnapshot told = rig.Engine.TakeSnapshot();
        Assert.Equal((EngineSnapshot.InstrumentsMax + 1, last.Index + 1), (told.Instruments.Length, told.InstrumentCount));
        Assert.Equal(last, told.Instruments[^1].Instrument);
        Assert.Equal(last, Assert.Single(told.Orders).Instrument);
    }

    [Fact]
    public void A_symbol_that_changes_changes_in_the_next_snapshot()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        rig.Define().Quote(10m, 11m);
        EngineSnapshot before = rig.Engine.TakeSnapshot();
        Assert.Same(before.Instruments[0].Symbol, rig.Engine.TakeSnapshot().Instruments[0].Symbol);
        InstrumentDefinition other = rig.Engine.Market.Instruments[EngineRig.Crude];
        other.Symbol = SymbolText.From("CLX");
        rig.Step(in other);
        Assert.Equal(("CL", "CLX"), (before.Instruments[0].Symbol, rig.Engine.TakeSnapshot().Instruments[0].Symbol));
    }

    [Fact]
    public void An_old_snapshot_stays_what_it_was()
    {
        List<(EngineSnapshot Snapshot, string Text)> kept = [];
        Run(seed: 3, (engine, _) =>
        {
            EngineSnapshot told = engine.TakeSnapshot();
            if (told.InputNumber % 50 == 0) kept.Add((told, Text(told)));
        });
        Assert.True(kept.Count > 10 && kept.Select(one => one.Text).Distinct().Count() == kept.Count);
        Assert.All(kept, one => Assert.Equal(one.Text, Text(one.Snapshot)));
    }

    [Fact]
    public void In_the_middle_of_a_step_none_is_taken()
    {
        ScriptedStrategy strategy = new();
        using EngineRig rig = new(strategy);
        Exception? caught = null;
        strategy.Book = (_, _) => caught = Record.Exception(() => rig.Engine.TakeSnapshot());
        rig.Define().Quote(10m, 11m);
        Assert.IsType<InvariantException>(caught);
    }

    /// <summary>Law: at any input a snapshot is what a slow reading of the engine's public state says there.</summary>
    [Fact]
    public void Equals_a_slow_reading_at_every_input()
    {
        long orders = 0, positions = 0, held = 0, snapshots = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            Run(seed, (engine, books) =>
            {
                if (random.Next(8) > 0) return;
                EngineSnapshot told = engine.TakeSnapshot();
                string where = $"seed {seed}, input {told.InputNumber}";
                Assert.True((told.InputNumber, told.Clock) == (engine.InputCount, engine.Clock), where);
                CheckMarket(told, engine, books, where);
                CheckOrders(told, engine, where);
                CheckExposures(told, engine, where);
                CheckMoney(told, engine, where);
                CheckSums(told, where);
                orders += told.Orders.Length;
                positions += told.Positions.Length;
                held += told.Orders.Count(order => order.Status == OrderStatus.Held);
                snapshots++;
            });
        }
        Assert.True(snapshots > 2_000 && orders > 2_000 && positions > 2_000 && held > 100, $"{snapshots} snapshots, {orders} orders, {held} held, {positions} positions");
    }

    /// <summary>Who watches does not change what happens.</summary>
    [Fact]
    public void A_run_with_snapshots_is_the_run_without()
    {
        for (int seed = 0; seed < 20; seed++) Assert.Equal(Run(seed, static (_, _) => { }), Run(seed, static (engine, _) => engine.TakeSnapshot()));
    }

    [Fact]
    public void Without_requests_nothing_is_allocated_and_with_them_a_handful_of_objects()
    {
        QuietVenue venue = new();
        EngineOptions options = new() { Currency = EngineRig.Code("USD"), Cash = 1_000_000m, Strategies = [new NamedStrategy("quoter", new Fathom.Strategies.Library.Quoter { Requote = 1 })] };
        using TradingEngine engine = new(options, venue, [venue]);
        SnapshotExchange exchange = new();
        Func<EngineSnapshot> take = engine.TakeSnapshot;
        InstrumentDefinition definition = venue.Definition();
        engine.Step(Messages.AsBytes(in definition));
        TakeMessage step = message =>
        {
            engine.Step(message);
            exchange.Answer(take);
        };
        Play(step, venue);
        Assert.Equal(0, Allocated.AtLeast(() => Play(step, venue)));
        Assert.True(engine.Account.Strategy(0).Fills > 100);

        engine.TakeSnapshot();
        long each = Allocated.AtLeast(() => engine.TakeSnapshot());
        Assert.InRange(each, 200, 3_000);
    }

    // ---- the run

    /// <returns>The fingerprint.</returns>
    /// <param name="look">Called after every input with the books as each instrument's last whole event left them.</param>
    private static string Run(int seed, Action<TradingEngine, Dictionary<InstrumentId, (BookLevel Bid, BookLevel Ask)>> look)
    {
        Random random = new(seed);
        Tape tape = RandomTape.Create(random, events: 300, instruments: 1 + random.Next(3), isHostile: seed % 3 == 0);
        VenueFeatures features = random.Next(2) == 0 ? VenueFeatures.None : VenueFeatures.All;
        EngineOptions options = new()
        {
            Currency = EngineRig.Code("USD"),
            Cash = 1_000_000m,
            Strategies = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(i => new NamedStrategy($"s{i}", LaneMix.Create(random.Next(LaneMix.Kinds), random.Next())))],
            Limits = new RiskLimits { PositionMax = Quantity.Units(1 + random.Next(20)), OrderRateMax = random.Next(2) == 0 ? new OrderRate(5, new Duration(20_000)) : null },
            EquityInterval = new Duration(10_000),
            TradeWindow = new Duration(8_000),
            VenueFeatures = features,
        };
        using SimulatedVenue venue = new(new LatencyModel(new Duration(random.Next(3_000)), new Duration(random.Next(3_000)), Duration.Zero), new FeeBook(new FeeSchedule(0, 0, 0.5m)), features: features);
        using TradingEngine engine = new(options, venue);
        Dictionary<InstrumentId, (BookLevel Bid, BookLevel Ask)> books = [];
        BacktestDriver driver = new(tape.Source(), message =>
        {
            engine.Step(message);
            Note(engine, message, books);
            look(engine, books);
        }, venue, nextWake: () => engine.NextWake);
        driver.RunAll(null, CancellationToken.None);
        engine.Stop();
        return engine.Fingerprint.ToString();
    }

    private static void Note(TradingEngine engine, ReadOnlySpan<byte> message, Dictionary<InstrumentId, (BookLevel Bid, BookLevel Ask)> books)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        if (header.Type != MessageType.MarketByOrder || !Messages.As<MarketByOrder>(message).IsLast) return;
        OrderBook book = engine.Market.Books[header.Instrument];
        book.TryBestBid(out BookLevel bid);
        book.TryBestAsk(out BookLevel ask);
        books[header.Instrument] = (bid, ask);
    }

    private static void Play(TakeMessage step, QuietVenue venue)
    {
        for (int round = 0; round < 2_000; round++)
        {
            venue.NextEvent(step);
            while (venue.TryAnswer(out OrderReport report)) step(Messages.AsBytes(in report));
        }
    }

    // ---- the slow reading

    private static void CheckMarket(EngineSnapshot told, TradingEngine engine, Dictionary<InstrumentId, (BookLevel Bid, BookLevel Ask)> books, string where)
    {
        foreach (InstrumentSnapshot one in told.Instruments)
        {
            OrderBook book = engine.Market.Books[one.Instrument];
            books.TryGetValue(one.Instrument, out var best);
            Assert.True((one.Bid, one.Ask) == best, $"{where}: {one}, found {best}");
            Assert.True((one.State, one.IsStale, one.LastTrade) == (engine.Market.Instruments.StateOf(one.Instrument), book.IsStale, book.LastTrade), where);
            Assert.True(one.Symbol == $"I{one.Instrument.Index}" && (one.EventTime > Timestamp.Earliest) == books.ContainsKey(one.Instrument), where);
        }
        Assert.True(books.Keys.All(instrument => told.Instruments.Any(one => one.Instrument == instrument)), where);
    }

    private static void CheckOrders(EngineSnapshot told, TradingEngine engine, string where)
    {
        List<(ClientOrderId, int, Price, Quantity, Quantity, OrderStatus, Quantity)> slow = [];
        for (int instrument = 0; instrument < told.InstrumentCount; instrument++)
            for (ushort owner = 0; owner < told.Owners.Length; owner++)
                foreach (WorkingOrder order in engine.Orders.Working(owner, new InstrumentId(instrument)))
                    slow.Add((order.Id, owner, order.Price, order.Quantity, order.Leaves, order.Status, order.QueueAhead));
        var found = told.Orders.Select(order => (order.Id, order.Owner, order.Price, order.Quantity, order.Leaves, order.Status, order.QueueAhead));
        Assert.True(slow.OrderBy(order => order.Item1.ToString()).SequenceEqual(found.OrderBy(order => order.Id.ToString())), where);
        Assert.True(told.Orders.Length == engine.Orders.LiveCount && !told.Orders.Any(order => order.Status.IsTerminal()), where);
        foreach (OrderSnapshot order in told.Orders)
        {
            Assert.True(engine.Orders.TryFind(order.Id, out Order? live), where);
            Assert.True((order.Instrument, order.Side, order.Type, order.TimeInForce, order.Flags, order.TriggerPrice) ==
                (live.Instrument, live.Side, live.Type, live.TimeInForce, live.Flags, live.TriggerPrice), where);
            Assert.True((order.Cumulative, order.WorstLeaves, order.DecisionTime, order.DoubtReason) == (live.Cumulative, live.WorstLeaves, live.DecisionTime, live.DoubtReason), where);
        }
    }

    private static void CheckExposures(EngineSnapshot told, TradingEngine engine, string where)
    {
        foreach (ExposureSnapshot one in told.Risk.Exposures)
        {
            Int128 held = one.Owner is { } owner ? engine.Account.Owner(owner).Quantity(one.Instrument).Nanos : engine.Account.Held(one.Instrument);
            Assert.True(one.Held.Nanos == held, $"{where}: {one}");
            Assert.True(Leaves(one, Side.Buy) == one.Buying.Nanos + one.ReducingByBuying.Nanos && Leaves(one, Side.Sell) == one.Selling.Nanos + one.ReducingBySelling.Nanos, $"{where}: {one}");
        }
        foreach (CurrencyCode currency in told.Risk.Exposures.Select(one => one.Currency).Distinct())
        {
            Int128 Notional(int? owner) => Sum(told.Risk.Exposures, one => one.Owner == owner && one.Currency == currency ? one.NotionalNanos : 0);
            Assert.True(Money(Notional(null)) == engine.Account.GrossNotional(currency), where);
            for (int strategy = 0; strategy < told.Owners.Length; strategy++) Assert.True(Money(Notional(strategy)) == engine.Account.GrossNotional(strategy, currency), where);
        }
        foreach (OrderSnapshot order in told.Orders.Where(order => !order.WorstLeaves.IsZero))
            Assert.True(told.Risk.Exposures.Any(one => one.Owner == order.Owner && one.Instrument == order.Instrument), where);

        Int128 Leaves(ExposureSnapshot exposure, Side side)
        {
            Int128 sum = 0;
            foreach (OrderSnapshot order in told.Orders)
                if (order.Instrument == exposure.Instrument && order.Side == side && (exposure.Owner is null || exposure.Owner == order.Owner)) sum += order.WorstLeaves.Nanos;
            return sum;
        }
    }

    private static void CheckMoney(EngineSnapshot told, TradingEngine engine, string where)
    {
        var slow = engine.Account.Positions().Select(one => (one.Strategy, one.Instrument, one.Side, one.Quantity, one.AveragePrice, one.Currency, one.Realized, one.Unrealized, one.Fees));
        var found = told.Positions.Select(one =>
            (one.Owner, one.Instrument, one.Side, one.Quantity, one.AveragePrice, one.Currency, Money(one.RealizedNanos), Money(one.UnrealizedNanos), Money(one.FeesNanos)));
        Assert.True(slow.Select(one => one.ToString()).Order().SequenceEqual(found.Select(one => one.ToString()).Order()), where);

        RunSummary summary = engine.Summarize();
        Assert.True(told.Totals?.Equity == summary.Totals?.Equity && told.Currency == summary.Currency, where);
        for (int i = 0; i < told.Owners.Length; i++)
        {
            (OwnerSnapshot owner, StrategySummary strategy) = (told.Owners[i], summary.Strategies[i]);
            Assert.True((owner.Name, owner.OrderCount, owner.RefusedCount, owner.FillCount, owner.IsHalted) ==
                (strategy.Name, strategy.OrderCount, strategy.RefusedCount, strategy.FillCount, strategy.Failure is not null), $"{where}: {owner}, {strategy}");
        }
        foreach (CurrencySummary currency in summary.ByCurrency)
        {
            MoneySnapshot account = told.Money.Single(one => one.Owner is null && one.Currency == currency.Currency);
            Assert.True((account.Realized, account.Unrealized, account.Fees, account.Equity) == (currency.Totals.Realized, currency.Totals.Unrealized, currency.Totals.Fees, currency.Totals.Equity), where);
        }
    }

    /// <summary>What a torn mixture of two moments would break.</summary>
    private static void CheckSums(EngineSnapshot told, string where)
    {
        foreach (MoneySnapshot account in told.Money.Where(one => one.Owner is null))
        {
            MoneySnapshot[] owners = [.. told.Money.Where(one => one.Owner is not null && one.Currency == account.Currency)];
            PositionSnapshot[] positions = [.. told.Positions.Where(one => one.Currency == account.Currency)];
            Assert.True(Sum(owners, one => one.RealizedNanos) == account.RealizedNanos && Sum(positions, one => one.RealizedNanos) == account.RealizedNanos, where);
            Assert.True(Sum(owners, one => one.UnrealizedNanos) == account.UnrealizedNanos && Sum(positions, one => one.UnrealizedNanos) == account.UnrealizedNanos, where);
            Assert.True(Sum(owners, one => one.FeesNanos) == account.FeesNanos && Sum(positions, one => one.FeesNanos) == account.FeesNanos, where);
            Assert.True(account.StartNanos + Sum(owners, one => one.EquityNanos) == account.EquityNanos, where);
        }
        foreach (ExposureSnapshot account in told.Risk.Exposures.Where(one => one.Owner is null))
        {
            ExposureSnapshot[] owners = [.. told.Risk.Exposures.Where(one => one.Owner is not null && one.Instrument == account.Instrument)];
            Assert.True(Sum(owners, one => one.Held.Nanos) == account.Held.Nanos && Sum(owners, one => one.Buying.Nanos) == account.Buying.Nanos, where);
            Assert.True(Sum(told.Positions, one => one.Instrument == account.Instrument ? one.Quantity.Nanos : 0) == account.Held.Nanos, where);
        }
    }

    private static Int128 Sum<T>(IEnumerable<T> all, Func<T, Int128> of) => all.Aggregate((Int128)0, (sum, one) => sum + of(one));

    private static string Text(EngineSnapshot told) => JsonSerializer.Serialize(told);

    private static BookLevel Level(decimal price) => new(Price.From(price), Quantity.Units(10), 1);

    private static Int128 Nanos(decimal money) => (Int128)(money * Price.Scale);

    private static decimal Money(Int128 nanos) => (decimal)nanos / Price.Scale;
}
