using Fathom.Domain.Messages;

namespace Fathom.Twins.SlowVenue;

/// <summary>The whole tape and all commands as one sorted list of happenings, and where in it something comes that happens at a time.</summary>
internal sealed class SlowTimeline
{
    public const int EventMessagesMax = 65_536;

    private readonly long[] _times;
    private readonly List<Happening> _lasting;
    private readonly Dictionary<int, List<int>> _unfinished;

    public SlowTimeline(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands, IReadOnlyList<SlowAct> acts)
    {
        _times = Times(tape);
        List<Happening> events = Events(tape, _times, out _unfinished);
        Happenings = [.. events];
        _lasting = events.FindAll(one => _times[one.Messages[0]] < one.Time);
        for (int i = 0; i < commands.Count; i++)
            if (At(commands[i].Arrival.Nanos, commands[i].Command.Header.Instrument.Index) is { } place)
                Happenings.Add(place with { Command = i, Arrival = (commands[i].Arrival.Nanos, int.MaxValue) });
        foreach (SlowAct act in acts) Add(act);
        Happenings = [.. Happenings.Order()];      // what happens at once after one message stays in its order
    }

    public List<Happening> Happenings { get; }

    /// <summary>Only an order that is placed waits for the end of an event that is open, for ever when that has no end.</summary>
    private void Add(SlowAct act)
    {
        int instrument = act.Instrument.Index;
        Happening now = new(act.Time.Nanos, act.After, -1, instrument, []) { Act = act, Arrival = (act.Time.Nanos, act.After) };
        Happening? open = act.Kind == SlowActKind.PlaceExternal ? Happenings.Find(one => one.Instrument == instrument && one.Messages.Count > 0 && one.Messages[0] <= act.After && one.TapeIndex > act.After) : null;
        bool isNeverOver = act.Kind == SlowActKind.PlaceExternal && _unfinished.TryGetValue(instrument, out List<int>? messages) && messages[0] <= act.After;
        if (isNeverOver) return;
        Happenings.Add(open is null ? now : now with { Time = open.Time, TapeIndex = open.TapeIndex });
    }

    /// <summary>Puts in the end of an order; never, when an event of its instrument is open by then that has no end.</summary>
    public void Add(SlowOrder expiring)
    {
        if (At(expiring.Expiry, expiring.Instrument.Index) is not { } place) return;
        Happening end = place with { Expiring = expiring };
        int behind = Happenings.FindIndex(one => one.CompareTo(end) > 0);
        Happenings.Insert(behind < 0 ? Happenings.Count : behind, end);
    }

    /// <summary>Running maximum of the earlier of event and receive time. Definitions say what an instrument is, not what time it is.</summary>
    private static long[] Times(IReadOnlyList<byte[]> tape)
    {
        long[] times = new long[tape.Count];
        long clock = long.MinValue;
        for (int i = 0; i < tape.Count; i++)
        {
            MessageHeader header = Messages.Header(tape[i]);
            long time = Math.Min(header.EventTime.Nanos, header.ReceiveTime.Nanos);
            bool isClock = header.Type is MessageType.MarketByOrder or MessageType.TradingStateChanged && !header.ReceiveTime.IsNone;
            if (isClock) clock = Math.Max(clock, time);
            times[i] = clock;
        }
        return times;
    }

    private static List<Happening> Events(IReadOnlyList<byte[]> tape, long[] times, out Dictionary<int, List<int>> open)
    {
        List<Happening> events = [];
        open = [];
        Dictionary<int, int> count = [];
        for (int i = 0; i < tape.Count; i++)
        {
            MessageHeader header = Messages.Header(tape[i]);
            int instrument = header.Instrument.Index;
            bool isRecord = header.Type == MessageType.MarketByOrder;
            if (!isRecord && !open.ContainsKey(instrument))
            {
                events.Add(new Happening(times[i], i, -1, instrument, [i]));
                continue;
            }
            if (!open.TryGetValue(instrument, out List<int>? messages)) open.Add(instrument, messages = []);
            messages.Add(i);
            count[instrument] = count.GetValueOrDefault(instrument) + 1;
            bool isLast = isRecord && Messages.As<MarketByOrder>(tape[i]).IsLast;
            if (!isLast && count[instrument] < EventMessagesMax) continue;
            events.Add(new Happening(times[i], i, -1, instrument, messages));
            open.Remove(instrument);
            count.Remove(instrument);
        }
        return events;
    }

    /// <summary>A command, and the end of an order, waits for the end of an event of its instrument that has begun by its time; for ever, when that event has no end.</summary>
    private Happening? At(long time, int instrument)
    {
        if (_unfinished.TryGetValue(instrument, out List<int>? open) && _times[open[0]] <= time) return null;
        Happening? awaited = _lasting.Find(one => one.Instrument == instrument && _times[one.Messages[0]] <= time && one.Time > time);
        return awaited is null ? new Happening(time, int.MaxValue, -1, instrument, []) : new Happening(awaited.Time, awaited.TapeIndex, -1, instrument, []);
    }
}
