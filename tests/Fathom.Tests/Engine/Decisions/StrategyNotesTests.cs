using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Decisions;

/// <summary>What a strategy writes: at once, from any callback, without harm.</summary>
public class StrategyNotesTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void It_takes_effect_at_once_under_the_strategys_number_at_the_clock()
    {
        ScriptedStrategy other = new();
        using EngineRig rig = new([new NamedStrategy("other", other), new NamedStrategy("writer", _strategy)]);
        _strategy.Book = (context, _) =>
        {
            context.Plot("signal", 0.25);
            Assert.Single(rig.Plots);
            context.Annotate(EngineRig.Crude, "here");
            Assert.Single(rig.Annotations);
            context.Log(LogLevel.Warning, "entered", ("spread", 2.5), ("side", "buy"));
            Assert.Single(rig.Entries);
        };
        rig.Define().Quote(10.00m, 10.03m);

        Assert.Null(rig.Engine.Summarize().Strategies[1].Failure);
        (PlotEvent plot, AnnotationEvent annotation, LogEvent entry) = (rig.Plots[0], rig.Annotations[0], rig.Entries[0]);
        Assert.Equal(("signal", 0.25), (plot.Name.ToString(), plot.Value));
        Assert.Equal((EngineRig.Crude, Price.From(10.015m), "here"), (annotation.Header.Instrument, annotation.Mid, annotation.Text.ToString()));
        Assert.Equal((LogLevel.Warning, "entered"), (entry.Level, entry.Message));
        Assert.Equal(["spread=2.5", "side=buy"], entry.Fields().Select(field => field.ToString()));
        foreach ((MessageHeader header, OutputHeader output) in new[] { (plot.Header, plot.Output), (annotation.Header, annotation.Output), (entry.Header, entry.Output) })
            Assert.Equal((rig.Now, rig.Now, (ushort)1, rig.Engine.InputCount), (header.EventTime, header.ReceiveTime, output.Strategy, output.Cause));
        Assert.Equal([-1, -2, -3], rig.Outputs.Select(output => output.IndexInStep));
        Assert.Equal((InstrumentId.None, InstrumentId.None), (plot.Header.Instrument, entry.Header.Instrument));
        Assert.True(rig.Engine.History.TryLast(MessageType.LogEvent, 0, out LogEvent _));
        Assert.Equal(new NoteCounts(1, 1, 0, 0, 1, 0, 0, 0, 0), rig.Engine.Summarize().Strategies[1].Notes);
        Assert.Equal(default, rig.Engine.Summarize().Strategies[0].Notes);
    }

    [Fact]
    public void Every_callback_may_write()
    {
        AttentiveStrategy strategy = new();
        using EngineRig rig = new(strategy);
        ClientOrderId order = default;
        strategy.Start = context => { context.Log(LogLevel.Info, "start"); context.SetTimer(new Timestamp(2_000_000_000), 1); };
        strategy.Book = (context, _) => { context.Log(LogLevel.Info, "book"); order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m)); strategy.Book = null; };
        strategy.Quote = (context, _) => context.Log(LogLevel.Info, "quote");
        strategy.Features = (context, _) => context.Log(LogLevel.Info, "features");
        strategy.Trade = (context, _) => context.Log(LogLevel.Info, "trade");
        strategy.Order = (context, _) => context.Log(LogLevel.Info, "order");
        strategy.Fill = (context, _) => context.Log(LogLevel.Info, "fill");
        strategy.Timer = (context, _) => context.Log(LogLevel.Info, "timer");
        strategy.Stop = context => context.Log(LogLevel.Info, "stop");
        rig.Define().Quote(10.00m, 10.02m).Fill(order, Side.Buy, 9.99m, 1m).Trade(Side.Buy, 10.02m, 1m).Reach(new Timestamp(2_000_000_000));
        rig.Engine.Stop();
        Assert.Equal(["start", "quote", "book", "features", "fill", "order", "trade", "features", "timer", "stop"], rig.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void No_content_stops_a_strategy()
    {
        using EngineRig rig = new(_strategy);
        string huge = new('x', 100_000);
        _strategy.Book = (context, _) =>
        {
            foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }) context.Plot("skipped", value);
            context.Plot(null!, 1);
            context.Plot(huge, double.MaxValue);
            context.Plot("a\0b", -0.0);
            context.Annotate(null!);
            context.Annotate(huge);
            foreach (InstrumentId unknown in new[] { InstrumentId.None, new InstrumentId(9), new InstrumentId(int.MaxValue), new InstrumentId(int.MinValue) }) context.Annotate(unknown, "unknown");
            context.Log((LogLevel)200, null!, new LogField(null!, (string)null!), default);
            context.Log(LogLevel.None, huge, ("nan", double.NaN), ("none", Price.None), new LogField(huge, huge));
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Null(rig.Engine.Summarize().Strategies[0].Failure);
        Assert.Equal(["", new string('x', 29) + "…", "a b"], rig.Plots.Select(plot => plot.Name.ToString()));
        Assert.All(rig.Annotations, annotation => Assert.Equal((InstrumentId.None, Price.None), (annotation.Header.Instrument, annotation.Mid)));
        Assert.Equal([LogLevel.Error, LogLevel.Debug], rig.Entries.Select(entry => entry.Level));
        Assert.Equal((1, 1), (rig.Entries[0].FieldCount, rig.Entries[0].FieldsLeftOut));      // one that was never given
        Assert.Equal(["nan=NaN", "none="], rig.Entries[1].Fields()[..2].Select(field => field.ToString()));
    }

    [Theory]
    [InlineData(10.00, 10.03, 10.015)]
    [InlineData(10.00, 10.00, 10.00)]
    [InlineData(10.01, 10.00, null)]
    [InlineData(10.00, null, null)]
    [InlineData(null, null, null)]
    public void An_annotation_stands_at_the_mid_where_there_is_one(double? bid, double? ask, double? mid)
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) => context.Annotate(EngineRig.Crude, "here");
        rig.Define().Quote((decimal?)bid, (decimal?)ask);
        Assert.Equal(mid is { } known ? Price.From((decimal)known) : Price.None, Assert.Single(rig.Annotations).Mid);
    }

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(2, 3, 2)]
    [InlineData(-1, 0, 0)]
    [InlineData(-2, -1, -2)]
    public void A_mid_between_two_prices_is_rounded_half_to_even(long bid, long ask, long mid)
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) => context.Annotate(EngineRig.Crude, "here");
        rig.Define().Quote(bid / 1_000_000_000m, ask / 1_000_000_000m);
        Assert.Equal(mid, Assert.Single(rig.Annotations).Mid.Nanos);
    }

    [Fact]
    public void Curves_beyond_the_bound_are_counted_left_out_and_told_once()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) =>
        {
            for (int i = 0; i < StrategyNotes.CurvesMax + 5; i++) context.Plot($"curve {i}", i);
        };
        rig.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.02m);
        Assert.Equal(2 * StrategyNotes.CurvesMax, rig.Plots.Count);      // those that are known go on
        Assert.DoesNotContain(rig.Plots, plot => plot.Name.ToString() == "curve 64");
        LogEvent told = Assert.Single(rig.Entries);
        Assert.Equal((LogLevel.Warning, "a strategy has at most 64 curves: points of further ones are left out"), (told.Level, told.Message));
        Assert.Equal("curve=curve 64", Assert.Single(told.Fields()).ToString());
        Assert.Equal(new NoteCounts(128, 0, 0, 0, 1, 0, 10, 0, 0), rig.Engine.Summarize().Strategies[0].Notes);
    }

    [Fact]
    public void Records_and_annotations_beyond_the_bound_are_counted_left_out_and_told_once()
    {
        CountingVenue counted = new();
        using TradingEngine engine = new(
            new EngineOptions { Currency = EngineRig.Code("USD"), Cash = 1m, Strategies = [new NamedStrategy("writer", _strategy)] }, counted, [counted]);
        _strategy.Start = context =>
        {
            for (int i = 0; i < 50_010; i++) { context.Annotate("a"); context.Annotate("b"); }
            for (int i = 0; i < 50_003; i++) { context.Log(LogLevel.Info, "i"); context.Log(LogLevel.Error, "e"); }
            context.Plot("still plots", 1);
        };
        TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, new Timestamp(1), new Timestamp(1)) };
        engine.Step(Messages.AsBytes(in reached));
        NoteCounts notes = engine.Summarize().Strategies[0].Notes;
        Assert.Equal(new NoteCounts(1, 100_000, 0, 50_003, 2, 50_003, 0, 20, 7), notes);      // one record told of the annotations
        Assert.Equal((1, 100_000, 100_001, 2), (counted.Plots, counted.Annotations, counted.Entries, counted.Warnings));
        Assert.Equal(counted.Entries, notes.Infos + notes.Warnings + notes.Errors - notes.RecordsLeftOut);
    }

    [Fact]
    public void What_a_callback_wrote_stays_when_it_fails_and_what_it_wanted_does_not()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) =>
        {
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
            context.Log(LogLevel.Error, "last words");
            throw new InvalidOperationException("no idea");
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal("InvalidOperationException: no idea", rig.Engine.Summarize().Strategies[0].Failure?.Message);
        Assert.Equal(["last words", "halted in OnBook: InvalidOperationException: no idea"], rig.Entries.Select(entry => entry.Message));
        Assert.Empty(rig.Sent);
    }

    [Fact]
    public void An_exception_that_fails_to_say_what_it_is_halts_the_strategy_all_the_same()
    {
        using EngineRig rig = new(_strategy);
        _strategy.Book = (_, _) => throw new Speechless();
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal("Speechless: it does not say why (NotSupportedException)", rig.Engine.Summarize().Strategies[0].Failure?.Message);
    }

    private sealed class Speechless : Exception
    {
        public override string Message => throw new NotSupportedException();
        public override string ToString() => throw new NotSupportedException();
    }

    [Fact]
    public void An_observer_that_fails_ends_the_run_and_is_not_taken_for_the_strategys_failure()
    {
        CountingVenue broken = new() { IsBroken = true };
        using TradingEngine engine = Started(broken, out TimeReached reached);
        _strategy.Start = context => context.Log(LogLevel.Info, "x");
        Assert.Equal("disk full", Assert.Throws<InputException>(() => engine.Step(Messages.AsBytes(in reached))).Found);
        Assert.Null(engine.Summarize().Strategies[0].Failure);
    }

    [Fact]
    public void An_observer_that_fails_ends_the_run_though_the_strategy_catches_everything()
    {
        CountingVenue broken = new() { IsBroken = true };
        using TradingEngine engine = Started(broken, out TimeReached reached);
        _strategy.Start = context =>
        {
            for (int i = 0; i < 3; i++)
            {
                try { context.Plot("x", 1); }
                catch (Exception) { broken.IsBroken = false; }
            }
        };
        Assert.Throws<InvariantException>(() => engine.Step(Messages.AsBytes(in reached)));
        Assert.Equal(0, broken.Plots);
    }

    [Fact]
    public void Writing_allocates_nothing_after_warm_up()
    {
        Writer writer = new();
        CountingVenue counted = new();
        using TradingEngine engine = new(new EngineOptions { Currency = EngineRig.Code("USD"), Cash = 1m, Strategies = [new NamedStrategy("writer", writer)] }, counted, [counted]);
        long time = 0;
        void Play()
        {
            for (int i = 0; i < 2_000; i++)
            {
                TimeReached reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, new Timestamp(++time), new Timestamp(time)) };
                engine.Step(Messages.AsBytes(in reached));
            }
        }
        Play();
        Assert.Equal(0, Allocated.AtLeast(Play));
        Assert.True(counted.Plots >= 10_000 && counted.Annotations >= 10_000 && counted.Entries >= 10_000, $"{counted.Plots}, {counted.Annotations}, {counted.Entries}");
    }

    private TradingEngine Started(CountingVenue venue, out TimeReached reached)
    {
        reached = new() { Header = MessageHeader.Create<TimeReached>(MessageType.TimeReached, 0, InstrumentId.None, new Timestamp(1), new Timestamp(1)) };
        return new TradingEngine(new EngineOptions { Currency = EngineRig.Code("USD"), Cash = 1m, Strategies = [new NamedStrategy("writer", _strategy)] }, venue, [venue]);
    }

    private sealed class Writer : Strategy
    {
        public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(new Duration(1), 1);

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            context.Plot("signal", context.Clock.Nanos);
            context.Plot("half spread", 1.5);
            context.Annotate("here");
            context.Log(LogLevel.Info, "entered", ("spread", 2.5), ("side", "buy"), ("count", 3), ("price", new Price(5)), ("open", true));
        }
    }

    private sealed class CountingVenue : IVenue, IRunObserver
    {
        public bool IsBroken { get; set; }
        public int Plots { get; private set; }
        public int Annotations { get; private set; }
        public int Entries { get; private set; }
        public int Warnings { get; private set; }

        public void Send(in OrderCommand command) { }

        public void OnPlot(in PlotEvent plot)
        {
            ThrowIfBroken();
            Plots++;
        }

        public void OnAnnotation(in AnnotationEvent annotation) => Annotations++;

        public void OnLog(in LogEvent entry)
        {
            ThrowIfBroken();
            Entries++;
            if (entry.Level == LogLevel.Warning) Warnings++;
        }

        private void ThrowIfBroken()
        {
            if (IsBroken) throw new InputException("log.jsonl", "disk full", "room", "Make room.");
        }
    }
}
