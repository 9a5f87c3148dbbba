using Fathom.Domain.Values;
using Fathom.Host.FeatureTables;

namespace Fathom.Tests.Host.FeatureTables;

public class LabelTrackerTests
{
    private static readonly InstrumentId s_instrument = new(0);

    [Fact]
    public void Mid_at_the_very_end_of_the_horizon_counts_and_a_later_one_does_not()
    {
        LabelTracker tracker = new(new FeatureLabel(FeatureLabelKind.ForwardReturn, "label.next", new Duration(10)), 0);
        WaitingRow row = Row(100);
        double[] mids = [50];
        tracker.Add(row, 50);
        tracker.Advance(new Timestamp(110), mids);
        Assert.False(row.IsComplete);      // another mid of that moment may come
        mids[0] = 60;
        tracker.Advance(new Timestamp(111), mids);
        Assert.Equal(Math.Log(60.0 / 50), row.Labels[0], 15);
    }

    [Fact]
    public void Barrier_that_is_met_at_the_end_of_the_horizon_is_met_and_later_it_is_not()
    {
        LabelTracker tracker = new(new FeatureLabel(FeatureLabelKind.TripleBarrier, "label.hit", new Duration(10), Up: 100, Down: 200), 0);
        WaitingRow first = Row(100, number: 1), second = Row(101, number: 2), third = Row(102, number: 3);
        foreach (WaitingRow row in (WaitingRow[])[first, second, third]) tracker.Add(row, 100);      // barriers at 101 and 98
        tracker.Advance(new Timestamp(111), [100]);
        tracker.Move(s_instrument, 101, new Timestamp(111));
        Assert.Equal((0, new Timestamp(110)), (first.Labels[0], first.Times[0]));
        Assert.Equal((1, new Timestamp(111)), (second.Labels[0], second.Times[0]));
        Assert.Equal((1, new Timestamp(111)), (third.Labels[0], third.Times[0]));
        WaitingRow down = Row(120, number: 4);
        tracker.Add(down, 100);
        tracker.Move(s_instrument, 98.5, new Timestamp(121));
        Assert.False(down.IsComplete);
        tracker.Move(s_instrument, 97, new Timestamp(122));
        Assert.Equal((-1, new Timestamp(122)), (down.Labels[0], down.Times[0]));
    }

    [Theory]
    [InlineData((byte)LabelWidth.Price, 3, 103)]
    [InlineData((byte)LabelWidth.Bps, 100, 101)]
    [InlineData((byte)LabelWidth.Fraction, 0.05, 105)]
    public void Barriers_are_multiples_of_a_column_in_its_unit(byte width, double value, double barrier)
    {
        LabelTracker tracker = new(new FeatureLabel(FeatureLabelKind.TripleBarrier, "label.hit", new Duration(10), Up: 1, Down: 1, "x"), 0, widthColumn: 0, (LabelWidth)width);
        WaitingRow row = Row(100, feature: value);
        tracker.Add(row, 100);
        tracker.Move(s_instrument, barrier - 1e-9, new Timestamp(101));
        Assert.False(row.IsComplete);
        tracker.Move(s_instrument, barrier + 1e-9, new Timestamp(102));
        Assert.Equal(1, row.Labels[0]);
    }

    [Theory]
    [InlineData(double.NaN, 100)]
    [InlineData(0.0, 100)]
    [InlineData(-1.0, 100)]
    [InlineData(1.0, double.NaN)]
    [InlineData(1.0, -5.0)]
    public void Without_a_width_or_a_mid_above_zero_nothing_is_said(double width, double mid)
    {
        LabelTracker tracker = new(new FeatureLabel(FeatureLabelKind.TripleBarrier, "label.hit", new Duration(10), Up: 1, Down: 1, "x"), 0, widthColumn: 0, LabelWidth.Price);
        WaitingRow row = Row(100, feature: width);
        tracker.Add(row, mid);
        Assert.True(row.IsComplete && double.IsNaN(row.Labels[0]) && row.Times[0].IsNone);
    }

    [Fact]
    public void Row_that_was_written_before_its_horizon_ended_is_left_alone_when_its_object_is_anothers()
    {
        LabelTracker tracker = new(new FeatureLabel(FeatureLabelKind.TripleBarrier, "label.hit", new Duration(10), Up: 100, Down: 100), 0);
        WaitingRow row = Row(100, number: 1);
        tracker.Add(row, 100);
        tracker.Move(s_instrument, 102, new Timestamp(101));
        row.Begin(2, new Timestamp(105), s_instrument, [0]);
        tracker.Add(row, 102);
        tracker.Advance(new Timestamp(112), [102]);
        Assert.False(row.IsComplete);
        tracker.Finish(new Timestamp(114), [102]);
        Assert.True(row.IsComplete && double.IsNaN(row.Labels[0]));      // the data ended one nanosecond too early
    }

    private static WaitingRow Row(long time, long number = 1, double feature = 0)
    {
        WaitingRow row = new(1, 1);
        row.Begin(number, new Timestamp(time), s_instrument, [feature]);
        return row;
    }
}
