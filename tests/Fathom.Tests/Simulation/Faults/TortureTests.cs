using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Simulation.Faults;

public class TortureTests
{
    private static readonly TortureSetup s_setup = TortureSetups.Usual();

    [Fact]
    public void Without_faults_all_laws_hold()
    {
        TortureCounts counts = new();
        for (ulong seed = 0; seed < 100; seed++) counts.Add(AssertPassed(s_setup, new FaultSchedule(seed, null, [])).Counts);

        Assert.Equal(100, counts.Runs);
        Assert.Equal(100, counts.Reconciliations);      // the operator's, each without a difference
        foreach (AnomalyKind kind in Enum.GetValues<AnomalyKind>()) Assert.True(counts.Anomalies(kind) == 0, $"{kind}");
        foreach (DifferenceKind kind in Enum.GetValues<DifferenceKind>()) Assert.True(counts.Differences(kind) == 0, $"{kind}");
        Assert.True(counts.Fills > 500 && counts.Commands > 5_000, $"{counts.Fills} fills, {counts.Commands} commands: nothing was at stake");
    }

    [Fact]
    public void Quoter_of_the_library_comes_through_too()
    {
        TortureSetup setup = s_setup with
        {
            Engine = static seed => TortureSetups.UsualEngine(seed) with { Strategies = [new NamedStrategy("quoter", new Quoter()), new NamedStrategy("trader", new RandomTrader { Seed = (long)seed })] },
        };
        FaultOptions options = new() { Kinds = [FaultKind.ReportLost, FaultKind.CommandLost, FaultKind.Disconnect, FaultKind.Restart, FaultKind.VenueCancel, FaultKind.Stall] };
        for (ulong seed = 0; seed < 30; seed++) AssertPassed(setup, FaultSchedule.Of(seed, options));
    }

    [Fact]
    public void Same_schedule_is_the_same_run_watched_or_not()
    {
        HashSet<string> hashes = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            FaultSchedule schedule = FaultSchedule.Of(seed, new FaultOptions());
            Recorder recorder = new();

            TortureOutcome first = Torture.Run(s_setup, schedule), second = Torture.Run(TortureSetups.Usual(), FaultSchedule.Parse(schedule.ToString()), recorder);

            Assert.Equal((first.Hash, first.Step, first.Time, first.Law, first.Detail), (second.Hash, second.Step, second.Time, second.Law, second.Detail));
            Assert.True(hashes.Add(first.Hash));
            Assert.Equal(first.Counts.FaultCount, recorder.Faults);
        }
    }

    [Fact]
    public void Trace_follows_each_message_from_leaving_to_arrival()
    {
        Recorder recorder = new();
        Torture.Run(s_setup, FaultSchedule.Parse("seed=3,command_lost@300:0,report_duplicated@400:20,report_lost@500:0"), recorder);

        Assert.True(recorder.Left > 100);
        Assert.Equal(recorder.Left + 1, recorder.Arrived);      // one report arrived twice, and what was lost never left
        Assert.Equal(2, recorder.Lost);
        Assert.Equal(1, recorder.Duplicated);
    }

    [Fact]
    public void Strategy_that_throws_is_found()
    {
        TortureSetup setup = s_setup with { Engine = static seed => TortureSetups.UsualEngine(seed) with { Strategies = [new NamedStrategy("broken", new Throwing())] } };

        TortureOutcome outcome = Torture.Run(setup, FaultSchedule.Parse("seed=1"));

        Assert.Equal(TortureLaws.NeverThrows, outcome.Law);
        Assert.Contains("broken", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_that_is_another_after_its_restart_is_found()
    {
        long made = 0;
        TortureSetup setup = s_setup with { Engine = _ => TortureSetups.UsualEngine((ulong)++made) };

        TortureOutcome outcome = Torture.Run(setup, FaultSchedule.Parse("seed=1,restart@600:5"));

        Assert.Equal((TortureLaws.Replay, 600L), (outcome.Law, outcome.Step));
    }

    [Fact]
    public void Strategy_that_answers_without_end_is_found()
    {
        TortureSetup setup = s_setup with
        {
            Engine = static seed => TortureSetups.UsualEngine(seed) with { Strategies = [new NamedStrategy("restless", new Restless())], Limits = new() },
            RestMax = Duration.FromMilliseconds(20_000),
        };

        TortureOutcome outcome = Torture.Run(setup, FaultSchedule.Parse("seed=1,messages=50"));

        Assert.Equal(TortureLaws.Rest, outcome.Law);
    }

    [Fact]
    public void Recorded_messages_are_a_market_too()
    {
        TortureTape tape = TortureSetups.Usual().Market.Tape(7);
        TortureSetup setup = s_setup with { Market = TortureMarket.Of(tape.Messages, tape.Start) };

        TortureOutcome whole = AssertPassed(setup, FaultSchedule.Parse("seed=7")), part = AssertPassed(setup, FaultSchedule.Parse("seed=7,messages=100"));

        Assert.Equal(Torture.Run(s_setup, FaultSchedule.Parse("seed=7")).Hash, whole.Hash);
        Assert.InRange(part.MarketMessages, 100, 110);      // up to the end of an event
        Assert.True(whole.MarketMessages > 400);
    }

    [Fact]
    public void Every_kind_of_fault_strikes()
    {
        foreach (FaultKind kind in FaultNames.All)
        {
            TortureCounts counts = new();
            for (ulong seed = 0; seed < 6; seed++) counts.Add(Torture.Run(s_setup, FaultSchedule.Of(seed, OptionsFor(kind))).Counts);

            Assert.True(counts.Faults(kind) > 0, $"{kind} never struck");
        }
    }

    [Fact]
    public void Every_anomaly_and_every_difference_comes_about()
    {
        TortureCounts counts = new();
        FaultOptions external = new() { Kinds = [FaultKind.ExternalOrder, FaultKind.ExternalCancel, FaultKind.ReportLost, FaultKind.Disconnect], CountMin = 15 };
        FaultOptions history = new() { Kinds = [FaultKind.SnapshotForgets, FaultKind.ReportLost, FaultKind.Disconnect, FaultKind.Bust], CountMin = 15 };
        FaultOptions misnamed = new() { Kinds = [FaultKind.FillMisnamed, FaultKind.ReportGarbled], CountMin = 15 };
        FaultOptions unsettled = new() { Kinds = [FaultKind.QueryLost, FaultKind.QueryFailed, FaultKind.CommandLost], CountMin = 24 };
        for (ulong seed = 0; seed < 60; seed++)
            foreach (FaultOptions options in (FaultOptions[])[new FaultOptions(), external, history, misnamed, unsettled]) counts.Add(Torture.Run(s_setup, FaultSchedule.Of(seed, options)).Counts);

        foreach (AnomalyKind kind in Enum.GetValues<AnomalyKind>()) Assert.True(kind == AnomalyKind.None || counts.Anomalies(kind) > 0, $"{kind}");
        foreach (DifferenceKind kind in Enum.GetValues<DifferenceKind>()) Assert.True(kind == DifferenceKind.None || counts.Differences(kind) > 0, $"{kind}");
        Assert.True(counts.Unknowns > 100 && counts.Queries > 100 && counts.Reconciliations > 300 && counts.Replays > 10);
    }

    [Fact]
    public void All_laws_hold_whatever_is_lost_late_doubled_and_out_of_order()
    {
        FaultOptions options = new();
        for (ulong seed = 0; seed < 200; seed++) AssertPassed(s_setup, FaultSchedule.Of(seed, options));
    }

    /// <summary>Questions are asked only where something else went wrong, and somebody else's order can only be canceled where there is one.</summary>
    private static FaultOptions OptionsFor(FaultKind kind) => kind switch
    {
        FaultKind.QueryFailed or FaultKind.QueryLost or FaultKind.QueryStale => new FaultOptions { Kinds = [kind, FaultKind.CommandLost], CountMin = 20 },
        FaultKind.SnapshotStale or FaultKind.SnapshotForgets => new FaultOptions { Kinds = [kind, FaultKind.Reconcile], CountMin = 20 },
        FaultKind.ExternalCancel => new FaultOptions { Kinds = [kind, FaultKind.ExternalOrder], CountMin = 20 },
        _ => new FaultOptions { Kinds = [kind], CountMin = 10 },
    };

    private static TortureOutcome AssertPassed(TortureSetup setup, FaultSchedule schedule)
    {
        TortureOutcome outcome = Torture.Run(setup, schedule);
        Assert.True(outcome.Passed, $"{outcome.Law} at {outcome.Step}: {outcome.Detail}\n{schedule}");
        return outcome;
    }

    private sealed class Throwing : Strategy
    {
        public override void OnQuote(StrategyContext context, in BestPrices prices) => throw new InvalidOperationException("broken");
    }

    /// <summary>Answers the end of each order with another order.</summary>
    private sealed class Restless : Strategy
    {
        private bool _isOn;

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            if (!_isOn) Submit(context, prices.Instrument);
            _isOn = true;
        }

        public override void OnOrder(StrategyContext context, in OrderEvent change)
        {
            if (change.To.IsTerminal() && change.To != OrderStatus.Refused) Submit(context, change.Header.Instrument);
        }

        private static void Submit(StrategyContext context, InstrumentId instrument) =>
            context.Submit(new OrderIntent(instrument, Side.Buy, Quantity.Units(1), new Price(context.Instrument(instrument).Tick.Nanos)) { TimeInForce = TimeInForce.ImmediateOrCancel });
    }

    private sealed class Recorder : ITortureTrace
    {
        public long Left { get; private set; }
        public long Arrived { get; private set; }
        public long Lost { get; private set; }
        public long Duplicated { get; private set; }
        public long Faults { get; private set; }

        public void OnMessage(in TraceEntry entry, ReadOnlySpan<byte> message)
        {
            if (Messages.Header(message).Type is not (MessageType.OrderCommand or MessageType.OrderReport) || entry.Flight == 0) return;
            switch (entry.Fate)
            {
                case TraceFate.Left: Left++; break;
                case TraceFate.Arrived: Arrived++; break;
                case TraceFate.Lost: Lost++; break;
                case TraceFate.Duplicated: Duplicated++; break;
            }
        }

        public void OnFault(long step, Timestamp time, in Fault fault) => Faults++;
    }
}
