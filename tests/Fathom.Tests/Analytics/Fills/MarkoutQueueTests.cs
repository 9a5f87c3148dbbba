using Fathom.Analytics.Fills;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Fills;

public class MarkoutQueueTests
{
    private static readonly Duration[] Horizons = [Duration.FromMilliseconds(100), Duration.FromMilliseconds(1_000)];

    private readonly MarketTape _market = new(100, 100);
    private readonly List<MarkedFill> _finished = [];
    private readonly MarkoutQueue _queue;

    public MarkoutQueueTests() => _queue = new MarkoutQueue(Horizons, _market, _finished.Add);

    [Fact]
    public void A_horizon_has_the_last_mid_at_or_before_its_moment()
    {
        Quote(0, 10);
        Book(0);
        Quote(100, 11);
        Quote(100.000001, 12);
        Quote(999, 13);
        Quote(2_000, 14);
        Assert.Equal([11, 13], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void Of_quotes_at_one_moment_the_last_counts()
    {
        Book(0);
        Quote(100, 11);
        Quote(100, 12);
        Quote(1_000, 13);
        Quote(1_000, 14);
        _queue.Finish(At(5_000));
        Assert.Equal([12, 14], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void The_clock_of_any_event_passes_a_horizon()
    {
        Quote(0, 10);
        Book(0);
        _queue.Advance(At(1_000));
        Assert.Empty(_finished);      // a quote at this very moment may still come
        _queue.Advance(At(1_000.000001));
        Assert.Equal([10, 10], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void A_run_that_ends_before_the_moment_has_no_mid_for_it()
    {
        Quote(0, 10);
        Book(0);
        _queue.Finish(At(999.999999));
        Assert.Equal([10, null], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void A_run_that_ends_at_the_moment_has_one()
    {
        Quote(0, 10);
        Book(0);
        _queue.Finish(At(1_000));
        Assert.Equal([10, 10], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void Without_a_quote_until_the_moment_there_is_no_mid()
    {
        Book(0);
        Quote(500, 10);
        _queue.Finish(At(5_000));
        Assert.Equal([null, 10], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void Another_instruments_quotes_are_not_ours()
    {
        Quote(0, 10, instrument: 1);
        Book(0, instrument: 2);
        Quote(50, 11, instrument: 1);
        _queue.Finish(At(5_000));
        Assert.Equal([null, null], Mids(Assert.Single(_finished)));
    }

    [Fact]
    public void Fills_come_out_in_their_order_also_at_the_end()
    {
        for (int i = 0; i < 30; i++) Book(i * 60, execution: (ulong)i);
        Assert.InRange(_finished.Count, 1, 29);
        _queue.Finish(At(1_800));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (ulong)i), _finished.Select(fill => fill.Fill.ExecutionId.Low));
    }

    [Fact]
    public void Horizons_ascend_from_above_zero()
    {
        Assert.Throws<ArgumentException>(() => new MarkoutQueue([], _market, _finished.Add));
        Assert.Throws<ArgumentException>(() => new MarkoutQueue([Duration.Zero], _market, _finished.Add));
        Assert.Throws<ArgumentException>(() => new MarkoutQueue([new Duration(2), new Duration(2)], _market, _finished.Add));
    }

    [Fact]
    public void Random_runs_equal_the_slow_twin()
    {
        for (int seed = 0; seed < Fuzz.Seeds(300); seed++)
        {
            SplitMix64 dice = new((ulong)seed);
            Duration[] horizons = [new(1 + (long)dice.NextBelow(20)), new(21 + (long)dice.NextBelow(50)), new(100 + (long)dice.NextBelow(100))];
            MarketTape market = new(100, 100);
            List<MarkedFill> finished = [];
            MarkoutQueue queue = new(horizons, market, finished.Add);
            SlowMarkouts slow = new(horizons);

            Timestamp clock = At(0);
            for (int step = 0; step < 300; step++)
            {
                clock += new Duration((long)dice.NextBelow(12));
                int instrument = (int)dice.NextBelow(3);
                queue.Advance(clock);
                switch (dice.NextBelow(4))
                {
                    case 0:
                        FillEvent fill = Fill(clock, Side.Buy, 100, 1, instrument: instrument, execution: (ulong)step);
                        queue.Add(new MarkedFill(fill, Mid.None, 1_000_000_000, InstrumentKind.Linear, horizons.Length));
                        slow.Add(fill);
                        break;
                    case 1:
                        break;      // something else happens
                    default:
                        QuoteEvent quote = Happenings.Quote(clock, dice.NextBelow(1_000), 1_000 + dice.NextBelow(1_000), instrument);
                        market.Note(quote);
                        slow.Add(quote);
                        break;
                }
            }
            Timestamp end = clock + new Duration((long)dice.NextBelow(60));
            queue.Finish(end);
            Assert.Equal(slow.Finish(end), finished.Select(fill => (fill.Fill.ExecutionId.Low, fill.MidAfter(0), fill.MidAfter(1), fill.MidAfter(2))));
        }
    }

    private void Quote(double milliseconds, decimal price, int instrument = 0)
    {
        _queue.Advance(At(milliseconds));
        _market.Note(Happenings.Quote(At(milliseconds), price, price, instrument));
    }

    private void Book(double milliseconds, int instrument = 0, ulong execution = 1)
    {
        _queue.Advance(At(milliseconds));
        FillEvent fill = Fill(At(milliseconds), Side.Buy, 10, 1, instrument: instrument, execution: execution);
        _queue.Add(new MarkedFill(fill, _market.Mid(new InstrumentId(instrument)), 1_000_000_000, InstrumentKind.Linear, Horizons.Length));
    }

    private static decimal?[] Mids(MarkedFill fill) => [Value(fill.MidAfter(0)), Value(fill.MidAfter(1))];

    private static decimal? Value(Mid mid) => mid.IsNone ? null : mid.ToPrice().ToDecimal();
}
