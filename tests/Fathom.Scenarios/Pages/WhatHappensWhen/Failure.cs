using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Host.Torture;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Faults;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>One failure of the page: what is done, what strikes, and what is said about it.</summary>
/// <param name="Name">Of its picture.</param>
/// <param name="Text">What happens, in a few sentences.</param>
/// <param name="Settings">The keys that matter.</param>
internal sealed record Failure(string Name, string Title, string Text, params string[] Settings)
{
    private const int Seed = 1;

    public required IReadOnlyList<ScriptLine> Script { get; init; }

    /// <summary>What strikes, and from when on, in milliseconds after the start.</summary>
    public required IReadOnlyList<(int Milliseconds, FaultKind Kind, long Amount)> Faults { get; init; }

    /// <summary>When somebody sells into the market, and how much.</summary>
    public IReadOnlyList<(int Milliseconds, int Quantity)> Sells { get; init; } = [];

    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>Of the market, in milliseconds after the start.</summary>
    public required int End { get; init; }

    /// <summary>Runs it.</summary>
    public (TortureOutcome Outcome, TraceRecorder Trace) Run()
    {
        TortureSetup setup = Setup();
        FaultSchedule schedule = new(Seed, null, []);
        foreach ((int milliseconds, FaultKind kind, long amount) in Faults) schedule = new FaultSchedule(Seed, null, [.. schedule.Faults, new Fault(StepAt(setup, schedule, milliseconds), kind, amount)]);
        TraceRecorder trace = new();
        return (Torture.Run(setup, schedule, trace), trace);
    }

    /// <summary>What the page draws and tells: not what comes when the market is over and the laws are checked.</summary>
    public Timestamp Until => HandTape.At(End);

    private TortureSetup Setup()
    {
        HandTape tape = new(Sells, End);
        CurrencyCode.TryParse("USD", out CurrencyCode currency);
        int[] wakes = [.. Faults.Select(fault => fault.Milliseconds)];
        return new TortureSetup
        {
            Engine = _ => new EngineOptions { Currency = currency, Cash = 100_000, Strategies = [new NamedStrategy("scripted", new ScriptedStrategy(Script, wakes))], Recovery = Recovery },
            Market = TortureMarket.Of(tape.Messages, HandTape.Start),
            Latency = new LatencyModel(Duration.FromMilliseconds(5), Duration.FromMilliseconds(5), Duration.Zero),
        };
    }

    /// <summary>The first event at that time, of a run in which what is scheduled so far strikes.</summary>
    private static long StepAt(TortureSetup setup, FaultSchedule schedule, int milliseconds)
    {
        Clock clock = new(HandTape.At(milliseconds));
        Torture.Run(setup, schedule, clock);
        return clock.Step ?? throw new InvalidOperationException($"nothing happens {milliseconds} ms after the start");
    }

    private sealed class Clock(Timestamp time) : ITortureTrace
    {
        public long? Step { get; private set; }

        public void OnMessage(in TraceEntry entry, ReadOnlySpan<byte> message)
        {
            if (entry.Time >= time) Step ??= entry.Step;
        }
    }
}
