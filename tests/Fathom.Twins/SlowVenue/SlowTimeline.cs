using Fathom.Domain.Messages;

namespace Fathom.Twins.SlowVenue;

/// <summary>The whole tape and all commands as one sorted list of happenings.</summary>
internal static class SlowTimeline
{
    public const int EventMessagesMax = 65_536;

    public static List<Happening> Sort(IReadOnlyList<byte[]> tape, IReadOnlyList<SlowCommand> commands)
    {
        long[] times = Times(tape);
        List<Happening> events = Events(tape, times, out Dictionary<int, List<int>> unfinished);
        List<Happening> all = [.. events];
        List<Happening> lasting = events.FindAll(one => times[one.Messages[0]] < one.Time);
        for (int i = 0; i < commands.Count; i++)
            if (Arrival(i, commands[i], times, lasting, unfinished) is { } happening) all.Add(happening);
        return [.. all.OrderBy(one => one.Time).ThenBy(one => one.TapeIndex).ThenBy(one => one.Command)];
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

    /// <summary>A command waits for the end of an event of its instrument that has begun by the time at which it arrives; for ever, when that event has no end.</summary>
    private static Happening? Arrival(int index, SlowCommand command, long[] times, List<Happening> lasting, Dictionary<int, List<int>> unfinished)
    {
        long arrival = command.Arrival.Nanos;
        int instrument = command.Command.Header.Instrument.Index;
        if (unfinished.TryGetValue(instrument, out List<int>? open) && times[open[0]] <= arrival) return null;
        Happening? awaited = lasting.Find(one => one.Instrument == instrument && times[one.Messages[0]] <= arrival && one.Time > arrival);
        return awaited is null
            ? new Happening(arrival, int.MaxValue, index, instrument, [])
            : new Happening(awaited.Time, awaited.TapeIndex, index, instrument, []);
    }
}
