using System.Diagnostics.CodeAnalysis;

namespace Fathom.Domain.Snapshots;

/// <summary>
/// Where threads that want to see an engine and the thread that runs it meet. A reader asks and goes on; whoever leads the engine looks here between inputs and, when somebody has asked since,
/// leaves a new snapshot. Nobody waits for anybody: there is no lock.
/// </summary>
/// <remarks>
/// The naive way, a snapshot every so often, costs a run that nobody watches as much as one that is watched, and shows the watcher something old. Here a look without a request is one comparison.
/// However many ask in between, one snapshot answers all of them.
/// <code>
///   readers   Request → 7      Request → 8                    TryRead(7), TryRead(8): true
///   asked   6        7                 8
///   engine  ─ inputs ──────────────────────── Answer: 8 ──── inputs ─────
/// </code>
/// </remarks>
public sealed class SnapshotExchange
{
    private EngineSnapshot? _newest;
    private long _asked;
    private long _answered;      // requests up to this one; written after the snapshot that answers them

    /// <summary>The newest snapshot; null before the first. From any thread; its input number never goes back.</summary>
    public EngineSnapshot? Newest => Volatile.Read(ref _newest);

    /// <summary>Asks for a snapshot that is taken after this call. From any thread; returns at once.</summary>
    /// <returns>Number of the request, for <see cref="TryRead"/>.</returns>
    public long Request() => Interlocked.Increment(ref _asked);

    /// <summary>The newest snapshot, once there is one that was taken after the request; also the one before, where the run ended without another. From any thread.</summary>
    /// <returns>False while the request waits.</returns>
    public bool TryRead(long request, [MaybeNullWhen(false)] out EngineSnapshot snapshot)
    {
        bool isAnswered = Volatile.Read(ref _answered) >= request;
        snapshot = isAnswered ? Volatile.Read(ref _newest) : null;
        return snapshot is not null;
    }

    /// <summary>The run is over: every request is answered, as far as it ever will be.</summary>
    public bool IsClosed => Volatile.Read(ref _answered) == long.MaxValue;

    /// <summary>Leaves a snapshot if somebody has asked since the last one. On the engine's thread, between inputs.</summary>
    /// <param name="take">Takes it; made once, for this is called often.</param>
    public void Answer(Func<EngineSnapshot> take)
    {
        long asked = Volatile.Read(ref _asked);
        if (asked <= _answered) return;
        Volatile.Write(ref _newest, take());
        Volatile.Write(ref _answered, asked);
    }

    /// <summary>Leaves the last snapshot. On the engine's thread, after the engine was stopped.</summary>
    public void Conclude(EngineSnapshot last)
    {
        Volatile.Write(ref _newest, last);
        Close();
    }

    /// <summary>Says that no further snapshot comes, so that nobody goes on asking for one.</summary>
    public void Close() => Volatile.Write(ref _answered, long.MaxValue);
}
