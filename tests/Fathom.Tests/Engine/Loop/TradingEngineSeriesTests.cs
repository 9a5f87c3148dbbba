using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using static Fathom.Tests.Engine.Features.SeriesStoreTests;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Numbers from elsewhere, and what strategies keep beyond the session.</summary>
public class TradingEngineSeriesTests
{
    private readonly SeriesReader _reader = new();

    [Fact]
    public void Every_strategy_that_listens_is_told_of_every_point_and_may_act_on_it()
    {
        SeriesReader other = new();
        ScriptedStrategy deaf = new();
        using EngineRig rig = new([new NamedStrategy("reader", _reader), new NamedStrategy("deaf", deaf), new NamedStrategy("other", other)]);
        _reader.Series = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        rig.Step(Definition(0, "sentiment"));
        rig.Define().Quote(10.00m, 10.02m);
        Point(rig, "CL", 0.5);
        Point(rig, "NG", -0.5);
        Assert.Equal([("sentiment", "CL", 0.5), ("sentiment", "NG", -0.5)], _reader.Seen.Select(seen => (seen.Name, seen.Key, seen.Score)));
        Assert.Equal(_reader.Seen, other.Seen);
        Assert.Equal(["OnStart", "OnBook"], deaf.Calls);
        Assert.Equal([6L, 7], rig.Commands.Select(command => command.Output.Cause));
        Assert.All(_reader.Seen, seen => Assert.Equal(seen.AvailableAt, seen.Clock));
        Assert.Equal(3, rig.Engine.MarketDataCount);
    }

    [Fact]
    public void What_was_known_before_the_run_begins_is_there_at_the_start_and_does_not_begin_it()
    {
        double atStart = 0;
        _reader.Start = context => atStart = context.HasSeries("sentiment") && context.TrySeries("sentiment", "CL", out SeriesUpdate known) ? known["score"] : double.NaN;
        using EngineRig rig = new(_reader);
        rig.Step(Definition(0, "sentiment"));
        rig.Step(Features.SeriesStoreTests.Point(0, "CL", 1, 0.25, available: 5));
        Assert.Equal((Timestamp.Earliest, 0), (rig.Engine.Clock, _reader.Calls.Count));
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal((0.25, 0), (atStart, _reader.Seen.Count));
        rig.Engine.Stop();
        Assert.Equal((1_001_000_000, 1), (rig.Engine.Summarize().First.Nanos, rig.Engine.Summarize().Days.Count));
    }

    [Fact]
    public void Before_the_stated_start_a_point_wakes_nobody()
    {
        using EngineRig rig = new([new NamedStrategy("reader", _reader)], start: new Timestamp(1_010_000_000));
        rig.Step(Definition(0, "sentiment"));
        rig.Define().Quote(10.00m, 10.02m);
        Point(rig, "CL", 1);
        rig.Now = new Timestamp(1_011_000_000);
        Point(rig, "CL", 2);
        Assert.Empty(_reader.Calls);
        rig.Quote(10.00m, 10.02m);
        Point(rig, "CL", 3);
        Assert.Equal([3d], _reader.Seen.Select(seen => seen.Score));
    }

    [Fact]
    public void A_mistake_in_OnSeries_halts_the_strategy()
    {
        _reader.Series = (context, _) => context.TrySeries("sentment", "", out SeriesUpdate _);
        using EngineRig rig = new(_reader);
        rig.Step(Definition(0, "sentiment"));
        rig.Define().Quote(10.00m, 10.02m);
        Point(rig, "CL", 1);
        StrategyFailure failure = rig.Engine.Summarize().Strategies[0].Failure!;
        Assert.Equal((StrategyCallback.OnSeries, MessageType.SeriesPoint), (failure.Callback, failure.InputType));
        Assert.Contains("there are: sentiment", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_and_stored_values_are_part_of_the_fingerprint()
    {
        string[] prints = [Print(1, 1), Print(2, 1), Print(1, 2), Print(1, 1)];
        Assert.Equal(3, prints.Distinct().Count());
        Assert.Equal(prints[0], prints[3]);

        string Print(double score, long stored)
        {
            using EngineRig rig = new(new SeriesReader());
            rig.Step(Stored("count", 0, stored));
            rig.Step(Definition(0, "sentiment"));
            rig.Define().Quote(10.00m, 10.02m);
            Point(rig, "CL", score);
            return rig.Engine.Fingerprint.ToString();
        }
    }

    [Fact]
    public void What_a_strategy_stored_is_in_the_next_engine_before_its_start()
    {
        Carried carried = new();
        ScriptedStrategy first = new(), second = new();
        first.Book = (context, _) => context.Store.Set("seen", (context.Store.TryGet("seen", out long seen) ? seen : 0) + 1);
        second.Stop = context => context.Store.Set("word", "last");
        using (EngineRig monday = new([new NamedStrategy("first", first), new NamedStrategy("second", second)]))
        {
            monday.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.03m);
            monday.Engine.Stop();
            monday.Engine.WriteCarryOver(carried);
        }
        Assert.Equal([(0, "seen"), (1, "word")], carried.Values.Select(value => ((int)value.Strategy, value.Key.ToString())));

        List<string> found = [];
        first.Start = context => found.Add(context.Store.TryGet("seen", out long seen) ? $"{seen}" : "nothing");
        second.Start = context => found.Add(context.Store.TryGet("word", out string word) ? word : "nothing");
        using EngineRig tuesday = new([new NamedStrategy("first", first), new NamedStrategy("second", second)]);
        foreach (ContextValue value in carried.Values) tuesday.Step(in value);
        tuesday.Define().Quote(10.00m, 10.02m);
        Assert.Equal(["2", "last"], found);
        Carried again = new();
        tuesday.Engine.WriteCarryOver(again);
        Assert.Equal(3, again.Values[0].Bits);
    }

    [Fact]
    public void What_is_carried_over_is_a_strategys_and_comes_before_the_run_begins()
    {
        using EngineRig rig = new(_reader);
        Assert.Throws<InvariantException>(() => rig.Step(Stored("a", 1, 1)));
        using EngineRig late = new(_reader);
        late.Define().Quote(10.00m, 10.02m);
        Assert.Throws<InvariantException>(() => late.Step(Stored("a", 0, 1)));
    }

    private static void Point(EngineRig rig, string key, double score)
    {
        rig.Now = new Timestamp(rig.Now.Nanos + 1_000_000);
        rig.Step(Features.SeriesStoreTests.Point(0, key, 7, score, available: rig.Now.Nanos));
    }

    private static ContextValue Stored(string key, ushort strategy, long value) =>
        new() { Header = ContextValue.NewHeader(), Strategy = strategy, Kind = ContextValueKind.Long, Key = NameText.From(key), Bits = value };

    private sealed class SeriesReader : ScriptedStrategy
    {
        public List<(string Name, string Key, double Score, Timestamp AvailableAt, Timestamp Clock)> Seen { get; } = [];

        public Action<StrategyContext, string>? Series { get; set; }

        public override void OnSeries(StrategyContext context, in SeriesUpdate update)
        {
            Seen.Add((update.Name, update.Key, update["score"], update.AvailableAt, context.Clock));
            Series?.Invoke(context, update.Key);
        }
    }

    private sealed class Carried : IMessageSink
    {
        public List<ContextValue> Values { get; } = [];

        public void Write(ReadOnlySpan<byte> messages)
        {
            if (Messages.Header(messages).Type == MessageType.ContextValue) Values.Add(Messages.As<ContextValue>(messages));
        }
    }
}
