using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Loop;

namespace Fathom.Simulation.Faults;

/// <summary>Where the engine sits: it writes down every input, hashes everything that is put out, and can put a new engine in place of the old one by replay.</summary>
/// <param name="make">Options with new strategies, each time the same.</param>
/// <param name="venue">Where commands go, while it is not a replay.</param>
/// <param name="watcher">Sees everything that is published, while it is not a replay.</param>
internal sealed class EngineSeat(Func<EngineOptions> make, IVenue venue, IRunObserver watcher) : IDisposable
{
    private Sitting _sitting = new(make(), venue, watcher);
    private byte[] _record = new byte[1 << 17];
    private int _length;

    public TradingEngine Engine => _sitting.Engine;

    /// <summary>Of all that came out so far: published events and commands that were sent.</summary>
    public Hash128 OutputHash => _sitting.Hash.Finish();

    public void Step(ReadOnlySpan<byte> message)
    {
        if (_length + message.Length > _record.Length) Array.Resize(ref _record, _record.Length * 2);
        message.CopyTo(_record.AsSpan(_length));
        _length += message.Length;
        _sitting.Engine.Step(message);
    }

    /// <summary>Stops the engine and builds it anew from what it was fed, with the outbox closed.</summary>
    /// <returns>What differs; null when nothing does.</returns>
    public string? Rebuild()
    {
        Sitting old = _sitting, next = new(make(), venue, watcher) { IsReplay = true };
        for (int at = 0; at < _length;)
        {
            int length = Messages.Header(_record.AsSpan(at)).Length;
            next.Engine.Step(_record.AsSpan(at, length));
            at += length;
        }
        next.IsReplay = false;
        _sitting = next;
        string? difference = Difference(old, next);
        old.Engine.Dispose();
        return difference;
    }

    public void Dispose() => _sitting.Engine.Dispose();

    private static string? Difference(Sitting old, Sitting next)
    {
        if (old.Published != next.Published || old.Sent != next.Sent)
            return $"The replay published {next.Published} events and sent {next.Sent} commands; the engine before it had published {old.Published} and sent {old.Sent}.";
        if (old.Engine.Fingerprint.Value != next.Engine.Fingerprint.Value)
            return $"The replay's fingerprint is {next.Engine.Fingerprint}; that of the engine before it was {old.Engine.Fingerprint}.";
        if (old.Hash.Finish() != next.Hash.Finish()) return "The replay has the fingerprint of the engine before it, but what it published beside commands, orders and fills is not the same.";
        return old.Engine.NextWake == next.Engine.NextWake ? null : $"The replay wants to be woken at {next.Engine.NextWake}; the engine before it wanted {old.Engine.NextWake}.";
    }

    private sealed class Sitting : IVenue, IRunObserver
    {
        private readonly IVenue _venue;
        private readonly IRunObserver _watcher;

        public Sitting(EngineOptions options, IVenue venue, IRunObserver watcher)
        {
            _venue = venue;
            _watcher = watcher;
            Engine = new TradingEngine(options, this, this);
        }

        public TradingEngine Engine { get; }
        public Xxh3 Hash { get; } = new();
        public long Published { get; private set; }
        public long Sent { get; private set; }
        public bool IsReplay { get; set; }

        public void Send(in OrderCommand command)
        {
            Sent++;
            Hash.Append(Messages.AsBytes(in command));
            if (!IsReplay) _venue.Send(in command);
        }

        public void OnCommand(in OrderCommand command)
        {
            Note(in command);
            if (!IsReplay) _watcher.OnCommand(in command);
        }

        public void OnOrder(in OrderEvent change)
        {
            Note(in change);
            if (!IsReplay) _watcher.OnOrder(in change);
        }

        public void OnFill(in FillEvent fill)
        {
            Note(in fill);
            if (!IsReplay) _watcher.OnFill(in fill);
        }

        public void OnPosition(in PositionEvent position) => Note(in position);

        public void OnQuote(in QuoteEvent quote) => Note(in quote);

        public void OnEquity(in EquityEvent equity) => Note(in equity);

        public void OnPlot(in PlotEvent plot) => Note(in plot);

        public void OnAnnotation(in AnnotationEvent annotation) => Note(in annotation);

        public void OnLog(in LogEvent entry) => Note(in entry);

        public void OnAnomaly(in AnomalyEvent anomaly)
        {
            Note(in anomaly);
            if (!IsReplay) _watcher.OnAnomaly(in anomaly);
        }

        public void OnReconciliation(in ReconciliationEvent reconciliation)
        {
            Note(in reconciliation);
            if (!IsReplay) _watcher.OnReconciliation(in reconciliation);
        }

        public void OnDifference(in DifferenceEvent difference)
        {
            Note(in difference);
            if (!IsReplay) _watcher.OnDifference(in difference);
        }

        public void OnMode(in ModeEvent mode)
        {
            Note(in mode);
            if (!IsReplay) _watcher.OnMode(in mode);
        }

        public void OnRiskState(in RiskStateEvent change)
        {
            Note(in change);
            if (!IsReplay) _watcher.OnRiskState(in change);
        }

        public void OnAdjustment(in AdjustmentEvent adjustment)
        {
            Note(in adjustment);
            if (!IsReplay) _watcher.OnAdjustment(in adjustment);
        }

        public void OnKill(in KillEvent kill)
        {
            Note(in kill);
            if (!IsReplay) _watcher.OnKill(in kill);
        }

        private void Note<T>(in T published) where T : unmanaged
        {
            Published++;
            Hash.Append(Messages.AsBytes(in published));
        }
    }
}
