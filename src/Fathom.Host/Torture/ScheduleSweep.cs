using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>Runs the schedules of many seeds on several threads. They come back in any order and are taken in the order of their seeds, so that the result is the same whatever the number of threads.</summary>
/// <param name="run">What comes of a seed; called on any thread.</param>
internal sealed class ScheduleSweep(SeedRange seeds, int threads, bool stopAtFirst, Func<ulong, TortureOutcome> run)
{
    private readonly BlockingCollection<TortureOutcome> _done = [];
    private readonly TortureCounts _counts = new();
    private readonly SortedDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private TortureOutcome? _first;
    private ExceptionDispatchInfo? _fault;
    private long _started;
    private long _count = seeds.Count;      // fewer once a failure is to end it

    /// <param name="progress">Takes how many schedules and events are done, on the calling thread.</param>
    /// <exception cref="OperationCanceledException">Stopped; no thread is left running.</exception>
    public SweepResult Run(Action<long, long> progress, CancellationToken stop)
    {
        Thread[] workers = [.. Enumerable.Range(0, (int)Math.Min(threads, seeds.Count)).Select(_ => new Thread(() => Work(stop)) { IsBackground = true })];
        foreach (Thread worker in workers) worker.Start();
        try
        {
            Collect(progress, stop);
        }
        finally
        {
            Interlocked.Exchange(ref _count, 0);
            foreach (Thread worker in workers) worker.Join();
        }
        _fault?.Throw();
        return new SweepResult(_counts.Runs, _counts, _first, _failures);
    }

    private void Work(CancellationToken stop)
    {
        try
        {
            for (long i = Interlocked.Increment(ref _started) - 1; i < Interlocked.Read(ref _count) && !stop.IsCancellationRequested; i = Interlocked.Increment(ref _started) - 1)
                _done.Add(run(seeds.First + (ulong)i), stop);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception fault)
        {
            _fault ??= ExceptionDispatchInfo.Capture(fault);
            _done.CompleteAdding();
        }
    }

    private void Collect(Action<long, long> progress, CancellationToken stop)
    {
        Dictionary<ulong, TortureOutcome> waiting = [];
        long arrived = 0, events = 0;
        for (long next = 0; next < Interlocked.Read(ref _count);)
        {
            if (!TryTake(stop, out TortureOutcome? outcome)) return;
            waiting.Add(outcome.Seed, outcome);
            events += outcome.Counts.Steps;
            progress(++arrived, events);
            for (; next < seeds.Count && (!stopAtFirst || _first is null) && waiting.Remove(seeds.First + (ulong)next, out TortureOutcome? due); next++) Take(due);
            if (stopAtFirst && _first is not null) return;
        }
    }

    /// <returns>False when a thread failed and nothing more is to come.</returns>
    private bool TryTake(CancellationToken stop, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TortureOutcome? outcome)
    {
        try
        {
            outcome = _done.Take(stop);
            return true;
        }
        catch (InvalidOperationException)
        {
            outcome = null;
            return false;
        }
    }

    private void Take(TortureOutcome outcome)
    {
        _counts.Add(outcome.Counts);
        if (outcome.Passed) return;
        _first ??= outcome;
        _failures[outcome.Law!] = _failures.GetValueOrDefault(outcome.Law!) + 1;
    }
}
