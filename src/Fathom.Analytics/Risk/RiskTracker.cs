using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Risk;

/// <summary>Keeps what risk did, in bounded memory: the first of what is listed, counts of all, and when the worst state of all was which.</summary>
internal sealed class RiskTracker(AnalysisOptions options)
{
    private const int KillsMax = 1_000;

    private readonly SortedDictionary<(RiskKind Kind, ReasonCode Reason), long> _counts = [];
    private readonly SortedDictionary<(ushort Strategy, int Instrument), PositionState> _states = [];      // worse than normal
    private readonly HashSet<(ushort, int)> _known = [];      // whose state was told; looked up only
    private readonly List<RiskEntry> _events = [], _changes = [], _kills = [];
    private readonly List<RiskBand> _bands = [];
    private readonly long[] _nanos = new long[Enum.GetValues<PositionState>().Length];
    private PositionState _now, _worst;
    private Timestamp _since = Timestamp.Earliest;
    private RiskBand? _early;      // one that began before the run
    private long _eventCount, _changeCount;

    public void Note(in RiskStateEvent change)
    {
        NoteEvent(RiskEntry.Of(in change));
        (ushort, int) key = (change.Output.Strategy, change.Header.Instrument.Index);
        // One that comes from another state than normal the first time it is told has been in it since before the run.
        if (_known.Add(key) && change.From != PositionState.Normal && _now < change.From) Move(change.From, _since);
        if (change.To == PositionState.Normal) _states.Remove(key);
        else _states[key] = change.To;
        _worst = (PositionState)Math.Max((byte)_worst, (byte)change.To);
        PositionState now = PositionState.Normal;
        foreach (PositionState state in _states.Values) now = (PositionState)Math.Max((byte)now, (byte)state);
        Move(now, change.Header.ReceiveTime);
    }

    public void Note(in AdjustmentEvent adjustment) => NoteChange(RiskEntry.Of(in adjustment));

    public void Note(in KillEvent kill)
    {
        RiskEntry entry = RiskEntry.Of(in kill);
        if (_kills.Count < KillsMax) _kills.Add(entry);
        NoteEvent(entry);
    }

    public void Note(in OrderCommand command)
    {
        if (command.Reason != ReasonCode.None && RiskEntry.Of(in command) is { } entry) NoteEvent(entry);
    }

    public void Note(in OrderEvent change)
    {
        if (change.Reason == ReasonCode.None || !RiskEntry.IsRefusal(in change)) return;
        Count(RiskKind.Refusal, change.Reason);
        if (_changeCount++ < options.TableRowsMax) _changes.Add(RiskEntry.Of(in change)!);
    }

    /// <param name="first">First moment of the run.</param>
    /// <param name="end">The engine's clock at the end.</param>
    public RiskHistory Finish(Timestamp first, Timestamp end)
    {
        Move(PositionState.Normal, end);
        if (_early is { } early)
        {
            _nanos[(int)early.State] += Math.Max((early.To - first).Nanos, 0);
            _bands[0] = _bands[0] with { From = Timestamp.Min(first, _bands[0].To) };
        }
        return new RiskHistory
        {
            Counts = [.. _counts.Select(count => new RiskCount(count.Key.Kind, count.Key.Reason, count.Value))],
            Worst = _worst,
            Bands = _bands,
            Times = [.. _nanos.Select(nanos => new Duration(nanos))],
            Events = _events,
            EventCount = _eventCount,
            Changes = _changes,
            ChangeCount = _changeCount,
            Kills = _kills,
        };
    }

    /// <summary>The worst state of all is another one from now on.</summary>
    private void Move(PositionState state, Timestamp time)
    {
        if (state == _now) return;
        if (_now != PositionState.Normal && time > _since) AddBand(new RiskBand(_since, time, _now));
        (_now, _since) = (state, time);
    }

    private void AddBand(RiskBand band)
    {
        if (_bands.Count > 0 && _bands[^1] is { } last && last.To == band.From && last.State == band.State) _bands[^1] = last with { To = band.To };
        else _bands.Add(band);
        if (band.From > Timestamp.Earliest) _nanos[(int)band.State] += (band.To - band.From).Nanos;
        else _early = band;
        if (_bands.Count > options.RiskBandsMax) MergePairs();
    }

    private void MergePairs()
    {
        int kept = 0;
        for (int i = 0; i + 1 < _bands.Count; i += 2)
            _bands[kept++] = new RiskBand(_bands[i].From, _bands[i + 1].To, (PositionState)Math.Max((byte)_bands[i].State, (byte)_bands[i + 1].State));
        if (_bands.Count % 2 != 0) _bands[kept++] = _bands[^1];
        _bands.RemoveRange(kept, _bands.Count - kept);
    }

    private void NoteEvent(RiskEntry entry)
    {
        Count(entry.Kind, entry.Reason);
        if (_eventCount++ < options.TableRowsMax) _events.Add(entry);
    }

    private void NoteChange(RiskEntry entry)
    {
        Count(entry.Kind, entry.Reason);
        if (_changeCount++ < options.TableRowsMax) _changes.Add(entry);
    }

    private void Count(RiskKind kind, ReasonCode reason) => _counts[(kind, reason)] = _counts.GetValueOrDefault((kind, reason)) + 1;
}
