namespace Fathom.Simulation.Faults;

/// <summary>
/// Delta debugging (Zeller and Hildebrandt 2002, "Simplifying and isolating failure-inducing input") over the list of faults: leave out halves, then quarters, and so on down to
/// single faults, as long as the same law stays broken. Then each amount is halved, and then the market, as long as it stays broken. What one pass made shorter may let another
/// do more, so all of them are repeated until none does anything.
/// </summary>
internal sealed class Shrinking(string law, Func<FaultSchedule, TortureOutcome> run)
{
    private int _runs;

    public FaultSchedule Shrink(FaultSchedule schedule)
    {
        FaultSchedule shortest = schedule, before;
        do
        {
            before = shortest;
            shortest = ShortenMarket(HalveAmounts(LeaveOutFaults(shortest)));
        }
        while (!shortest.Equals(before) && _runs < Shrinker.RunsMax);
        return shortest;
    }

    private FaultSchedule LeaveOutFaults(FaultSchedule schedule)
    {
        int parts = 2;
        while (schedule.Faults.Count > 0 && parts <= Math.Max(2, schedule.Faults.Count))
        {
            if (TryLeaveOutPart(schedule, parts) is { } shorter)
            {
                schedule = shorter;
                parts = Math.Max(2, parts - 1);
            }
            else if (parts < schedule.Faults.Count)
            {
                parts = Math.Min(schedule.Faults.Count, parts * 2);
            }
            else
            {
                break;
            }
        }
        return schedule;
    }

    private FaultSchedule? TryLeaveOutPart(FaultSchedule schedule, int parts)
    {
        int count = schedule.Faults.Count;
        parts = Math.Min(parts, count);
        for (int part = 0; part < parts; part++)
        {
            int first = (int)((long)count * part / parts), end = (int)((long)count * (part + 1) / parts);
            List<Fault> rest = [.. schedule.Faults];
            rest.RemoveRange(first, end - first);
            FaultSchedule shorter = new(schedule.Seed, schedule.Messages, rest);
            if (IsBroken(shorter, out _)) return shorter;
        }
        return null;
    }

    private FaultSchedule HalveAmounts(FaultSchedule schedule)
    {
        for (int i = 0; i < schedule.Faults.Count; i++)
        {
            while (schedule.Faults[i].Amount > 0)
            {
                Fault[] faults = [.. schedule.Faults];
                faults[i] = faults[i] with { Amount = faults[i].Amount / 2 };
                FaultSchedule smaller = new(schedule.Seed, schedule.Messages, faults);
                if (!IsBroken(smaller, out _)) break;
                schedule = smaller;
            }
        }
        return schedule;
    }

    /// <summary>Halves the market, then takes off quarters, eighths and so on of what is left.</summary>
    private FaultSchedule ShortenMarket(FaultSchedule schedule)
    {
        if (!IsBroken(schedule, out TortureOutcome outcome)) return schedule;
        int messages = schedule.Messages ?? outcome.MarketMessages;
        for (int cut = messages / 2; cut > 0; cut /= 2)
        {
            while (messages - cut > 0)
            {
                FaultSchedule shorter = new(schedule.Seed, messages - cut, schedule.Faults);
                if (!IsBroken(shorter, out _)) break;
                schedule = shorter;
                messages -= cut;
            }
        }
        return schedule;
    }

    private bool IsBroken(FaultSchedule schedule, out TortureOutcome outcome)
    {
        outcome = null!;
        if (_runs >= Shrinker.RunsMax) return false;
        _runs++;
        outcome = run(schedule);
        return outcome.Law == law;
    }
}
