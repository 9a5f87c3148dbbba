using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Tests.Market.Books.Bars;

public class BarSeriesTests
{
    [Fact]
    public void It_holds_the_newest_thousand_bars_newest_first()
    {
        BarSpec spec = BarSpec.OfTicks(1);
        BarSet bars = new(SessionHours.EveryDay, new Instruments());
        bars.Subscribe(in spec);
        BarSeries series = bars.Series(new InstrumentId(3), spec);
        Assert.Equal((0, 0L, 3, spec), (series.Count, series.TotalCount, series.Instrument.Index, series.Spec));
        for (int i = 1; i <= 2_500; i++)
        {
            bars.NoteTrade(series.Instrument, new Price(i), Quantity.Units(1), new Timestamp(i));
            Assert.Equal((Math.Min(i, 1_000), (long)i), (series.Count, series.TotalCount));
            foreach (int age in (int[])[0, 1, 500, series.Count - 1])
                if (age < series.Count) Assert.Equal(i - age, series[age].Close.Nanos);
            Assert.Throws<ArgumentOutOfRangeException>(() => series[series.Count]);
            Assert.Throws<ArgumentOutOfRangeException>(() => series[-1]);
        }
    }
}
