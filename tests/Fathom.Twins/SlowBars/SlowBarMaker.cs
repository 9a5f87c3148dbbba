using System.Numerics;

namespace Fathom.Twins.SlowBars;

/// <summary>
/// Bars from the whole list of what happened, known beforehand: bars of time are groups of updates of one interval, other bars are runs of updates, walked from the start. What
/// closed is then sorted into the order in which it is told.
/// </summary>
/// <param name="sessions">Open and close of each session, in order.</param>
/// <param name="multiplierNanos">Of every instrument.</param>
public sealed class SlowBarMaker(IReadOnlyList<(long Open, long Close)> sessions, long multiplierNanos)
{
    private const long Day = 86_400_000_000_000;
    private static readonly BigInteger Attos = BigInteger.Pow(10, 18);

    /// <summary>The bars of all specs that close by the end, in the order in which they are told.</summary>
    /// <param name="specs">Text, kind (s for time, t, v, $), whether of quotes, and size: nanoseconds, count, 1e-9 of quantity, or 1e-9 of money.</param>
    /// <param name="end">The last moment.</param>
    public List<SlowBar> Make(IReadOnlyList<(string Text, char Kind, bool IsQuote, long Size)> specs, IReadOnlyList<SlowUpdate> updates, long end)
    {
        // (moment, step within the moment, interval, spec, instrument): time bars come before what happens at their moment.
        List<((long Moment, long Step, long Interval, int Spec, int Instrument) Place, SlowBar Bar)> told = [];
        for (int spec = 0; spec < specs.Count; spec++)
        {
            (string text, char kind, bool isQuote, long size) = specs[spec];
            foreach (IGrouping<int, (SlowUpdate Update, int Step)> mine in updates.Select((update, step) => (update, step))
                .Where(item => item.update.IsQuote == isQuote && sessions.Any(session => item.update.Time >= session.Open && item.update.Time < session.Close)).GroupBy(item => item.update.Instrument))
            {
                if (kind == 's')
                {
                    foreach (IGrouping<(long Open, long Close), (SlowUpdate Update, int Step)> group in mine.GroupBy(item => IntervalOf(item.Update.Time, size)))
                        if (group.Key.Close <= end) told.Add(((group.Key.Close, -1, size, spec, mine.Key), BarOf(text, group.Select(item => item.Update), group.Key.Open, group.Key.Close)));
                    continue;
                }
                List<SlowUpdate> run = [];
                foreach ((SlowUpdate update, int step) in mine)
                {
                    run.Add(update);
                    if (!IsFull(kind, size, run)) continue;
                    told.Add(((update.Time, step, 0, spec, mine.Key), BarOf(text, run, run[0].Time, update.Time)));
                    run = [];
                }
            }
        }
        return [.. told.OrderBy(item => item.Place).Select(item => item.Bar)];
    }

    private (long Open, long Close) IntervalOf(long time, long interval)
    {
        (long open, long close) = sessions.First(session => time >= session.Open && time < session.Close);
        if (interval == Day) return (open, close);
        while (open + interval <= time) open += interval;
        return (open, Math.Min(open + interval, close));
    }

    private bool IsFull(char kind, long size, List<SlowUpdate> run) => kind switch
    {
        't' => run.Count == size,
        'v' => run.Aggregate(BigInteger.Zero, (sum, update) => sum + update.Quantity) >= size,
        _ => run.Aggregate(BigInteger.Zero, (sum, update) => sum + BigInteger.Abs(update.Price) * update.Quantity) * multiplierNanos >= size * Attos,
    };

    private SlowBar BarOf(string text, IEnumerable<SlowUpdate> updates, long open, long close)
    {
        List<SlowUpdate> all = [.. updates];
        BigInteger turned = all.Aggregate(BigInteger.Zero, (sum, update) => sum + BigInteger.Abs(update.Price) * update.Quantity);
        return new SlowBar(text, all[0].Instrument, open, close, all[0].Time, all[^1].Time, all[0].Price, all.Max(update => update.Price), all.Min(update => update.Price), all[^1].Price,
            all.Aggregate(BigInteger.Zero, (sum, update) => sum + update.Quantity), all.Aggregate(BigInteger.Zero, (sum, update) => sum + (BigInteger)update.Price * update.Quantity),
            turned * multiplierNanos / 1_000_000_000, all.Count);
    }
}
