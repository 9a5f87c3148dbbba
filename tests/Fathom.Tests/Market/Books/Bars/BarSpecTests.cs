using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;

namespace Fathom.Tests.Market.Books.Bars;

public class BarSpecTests
{
    [Theory]
    [InlineData("1m", BarSource.Trades, BarKind.Time, 60_000_000_000)]
    [InlineData("5m", BarSource.Trades, BarKind.Time, 300_000_000_000)]
    [InlineData("1h", BarSource.Trades, BarKind.Time, 3_600_000_000_000)]
    [InlineData("1d", BarSource.Trades, BarKind.Time, 86_400_000_000_000)]
    [InlineData("90s", BarSource.Trades, BarKind.Time, 90_000_000_000)]
    [InlineData("250ms", BarSource.Trades, BarKind.Time, 250_000_000)]
    [InlineData("7us", BarSource.Trades, BarKind.Time, 7_000)]
    [InlineData("1ns", BarSource.Trades, BarKind.Time, 1)]
    [InlineData("500t", BarSource.Trades, BarKind.Ticks, 500)]
    [InlineData("1000v", BarSource.Trades, BarKind.Volume, 1_000_000_000_000)]
    [InlineData("0.5v", BarSource.Trades, BarKind.Volume, 500_000_000)]
    [InlineData("1000000$", BarSource.Trades, BarKind.Notional, 1_000_000_000_000)]
    [InlineData("0.000001$", BarSource.Trades, BarKind.Notional, 1)]
    [InlineData("100000000000$", BarSource.Trades, BarKind.Notional, 100_000_000_000_000_000)]
    [InlineData("quote:1s", BarSource.Quotes, BarKind.Time, 1_000_000_000)]
    [InlineData("quote:20t", BarSource.Quotes, BarKind.Ticks, 20)]
    public void Text_states_bars_and_comes_back(string text, BarSource source, BarKind kind, long size)
    {
        BarSpec spec = BarSpec.Parse(text);
        Assert.Equal((source, kind, size), (spec.Source, spec.Kind, spec.Size));
        Assert.Equal(text, spec.ToString());
    }

    [Theory]
    [InlineData("60s", "1m")]
    [InlineData("24h", "1d")]
    [InlineData("1.5m", "90s")]
    [InlineData("1000000.50$", "1000000.5$")]
    public void One_spec_has_one_text(string text, string written)
    {
        Assert.Equal(written, BarSpec.Parse(text).ToString());
        Assert.Equal(BarSpec.Parse(written), BarSpec.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1")]
    [InlineData("0m")]
    [InlineData("-1m")]
    [InlineData("+1m")]
    [InlineData("25h")]
    [InlineData("2d")]
    [InlineData("0t")]
    [InlineData("1.5t")]
    [InlineData("-5t")]
    [InlineData("0v")]
    [InlineData("0$")]
    [InlineData("-1$")]
    [InlineData("0.0000001$")]
    [InlineData("100000000001$")]
    [InlineData("99999999999999999999999v")]
    [InlineData("quote:10v")]
    [InlineData("quote:10$")]
    [InlineData("quote:")]
    [InlineData("Quote:1s")]
    [InlineData("1 m")]
    [InlineData("1M")]
    public void Other_text_states_none(string text)
    {
        Assert.False(BarSpec.TryParse(text, out BarSpec spec));
        Assert.Equal(default, spec);
        Assert.Throws<FormatException>(() => BarSpec.Parse(text));
    }

    [Fact]
    public void Sizes_that_make_no_bar_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfTime(Duration.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfTime(new Duration(86_400_000_000_001)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfTicks(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfVolume(Quantity.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfVolume(Quantity.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfNotional(0.0000001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => BarSpec.OfNotional(100_000_000_001m));
        Assert.Equal((BarKind.None, ""), (default(BarSpec).Kind, default(BarSpec).ToString()));
    }
}
