using System.Numerics;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;
using Fathom.Twins.SlowBars;

namespace Fathom.Tests.Market.Books.Bars;

public class BarSetTests
{
    private const long Second = 1_000_000_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;

    private static readonly InstrumentId A = new(0), B = new(1);
    private readonly Instruments _instruments = new();

    [Fact]
    public void A_bar_of_time_holds_the_trades_of_its_interval_and_a_trade_at_its_close_belongs_to_the_next_one()
    {
        BarSet bars = ASet("1m");
        Trade(bars, Minute + 1, 10m, 2m);
        Trade(bars, Minute + 20, 12m, 1m);
        Trade(bars, 2 * Minute - 1, 9m, 3m);
        Assert.Equal(new Timestamp(2 * Minute), bars.NextClose);
        Assert.Empty(Told(bars));
        Trade(bars, 2 * Minute, 11m, 5m);
        Bar bar = Assert.Single(Told(bars));
        Assert.Equal((Minute, 2 * Minute, Minute + 1, 2 * Minute - 1), (bar.OpenTime.Nanos, bar.CloseTime.Nanos, bar.FirstTime.Nanos, bar.LastTime.Nanos));
        Assert.Equal((10m, 12m, 9m, 9m), (bar.Open.ToDecimal(), bar.High.ToDecimal(), bar.Low.ToDecimal(), bar.Close.ToDecimal()));
        Assert.Equal(("6", 3L, 59d / 6), (bar.Volume.ToString(), bar.Count, bar.Vwap));
        Assert.Equal(59 * (Int128)1_000_000_000_000_000_000, bar.Notional);
        Close(bars, 3 * Minute);
        Assert.Equal((11m, 1L), (Told(bars)[0].Close.ToDecimal(), bars.Series(A, BarSpec.Parse("1m"))[0].Count));
    }

    [Fact]
    public void No_bar_is_invented_where_nothing_was_traded_and_what_is_no_trade_makes_none()
    {
        BarSet bars = ASet("1m");
        Trade(bars, 5, 10m, 1m);
        Trade(bars, 10 * Minute, 10m, 1m);
        bars.NoteTrade(A, Price.None, Quantity.Units(1), new Timestamp(10 * Minute));
        bars.NoteTrade(A, Price.From(10m), Quantity.Zero, new Timestamp(10 * Minute));
        bars.NoteTrade(A, Price.From(10m), Quantity.None, new Timestamp(10 * Minute));
        Close(bars, 20 * Minute);
        Assert.Equal([(Minute, 1L), (11 * Minute, 1)], Told(bars).Select(bar => (bar.CloseTime.Nanos, bar.Count)));
        Assert.True(bars.NextClose.IsNone);
        Assert.False(bars.TryCloseDue(new Timestamp(Day)));
    }

    [Theory]
    [InlineData("3t", new[] { 3, 6 })]
    [InlineData("5v", new[] { 3, 5, 6 })]
    [InlineData("0.5v", new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("40$", new[] { 2, 3, 4, 5, 6 })]
    [InlineData("45$", new[] { 3, 5, 6 })]
    [InlineData("40.000001$", new[] { 3, 5, 6 })]
    [InlineData("160.02$", new[] { 5 })]
    public void The_trade_that_reaches_the_size_closes_the_bar_and_belongs_to_it_whole(string spec, int[] closers)
    {
        _instruments.Apply(new InstrumentDefinition { Header = new MessageHeader { Instrument = A }, MultiplierNanos = 2 * Price.Scale });
        BarSet bars = ASet(spec);
        decimal[] quantities = [1, 1, 4, 2, 3, 6];
        List<int> closed = [];
        for (int i = 0; i < quantities.Length; i++)
        {
            Trade(bars, i + 1, 10m, quantities[i]);
            if (Told(bars) is [Bar bar])
            {
                closed.Add(i + 1);
                int first = closed.Count > 1 ? closed[^2] : 0;
                Assert.Equal((first + 1, i + 1, i + 1), ((int)bar.OpenTime.Nanos, (int)bar.CloseTime.Nanos, (int)bar.LastTime.Nanos));
                Assert.Equal(quantities[first..(i + 1)].Sum(), (decimal)bar.Volume.ToDouble());
            }
        }
        Assert.Equal(closers, closed);
        Assert.True(bars.NextClose.IsNone);
    }

    [Fact]
    public void Notional_of_an_inverse_instrument_is_contracts_and_negative_prices_count_by_their_size()
    {
        _instruments.Apply(new InstrumentDefinition { Header = new MessageHeader { Instrument = A }, MultiplierNanos = 100 * Price.Scale, Kind = InstrumentKind.Inverse });
        BarSet inverse = ASet("300$");
        Trade(inverse, 1, 50_000m, 2m);
        Assert.Empty(Told(inverse));
        Trade(inverse, 2, 50_000m, 1m);
        Assert.Equal(300 * (Int128)1_000_000_000_000_000_000, Told(inverse)[0].Notional);

        BarSet negative = ASet("100$");
        Trade(negative, 1, -37m, 2m, B);
        Assert.Empty(Told(negative));
        Trade(negative, 2, 13m, 2m, B);
        Bar bar = Told(negative)[0];
        Assert.Equal((100 * (Int128)1_000_000_000_000_000_000, -12d), (bar.Notional, bar.Vwap));
        Assert.Equal((-37m, 13m), (bar.Low.ToDecimal(), bar.High.ToDecimal()));
    }

    [Fact]
    public void Bars_of_quotes_follow_the_mid_without_volume()
    {
        BarSet bars = ASet("quote:1s", "quote:2t");
        bars.NoteQuote(A, Price.From(10.00m), Price.From(10.02m), new Timestamp(1));
        Trade(bars, 2, 99m, 1m);
        bars.NoteQuote(A, new Price(-3), new Price(0), new Timestamp(3));
        Bar two = Told(bars)[0];
        Assert.Equal((10.01m, -2L, 2L, "0", (Int128)0, true), (two.Open.ToDecimal(), two.Close.Nanos, two.Count, two.Volume.ToString(), two.Notional, double.IsNaN(two.Vwap)));
        Close(bars, Second);
        Assert.Equal((0L, Second, 10.01m), (Told(bars)[0].OpenTime.Nanos, bars.Series(A, BarSpec.Parse("quote:1s"))[0].CloseTime.Nanos, bars.Series(A, BarSpec.Parse("quote:1s"))[0].High.ToDecimal()));
    }

    [Fact]
    public void Intervals_are_counted_from_the_sessions_open_and_cut_at_its_close()
    {
        SessionHours hours = new(new Duration(9 * Hour + 30 * Minute), new Duration(16 * Hour), 0x7F, [], []);
        BarSet bars = new(hours, _instruments);
        foreach (string spec in (string[])["1h", "1d", "2t"]) bars.Subscribe(BarSpec.Parse(spec));
        Trade(bars, 9 * Hour, 1m, 1m);                              // before the open: in no bar of any kind
        Trade(bars, 9 * Hour + 30 * Minute, 2m, 1m);
        Trade(bars, 15 * Hour + 29 * Minute, 3m, 1m);
        Trade(bars, 15 * Hour + 45 * Minute, 4m, 1m);
        Trade(bars, 16 * Hour, 5m, 1m);                             // the close is outside
        Trade(bars, Day + 10 * Hour, 6m, 1m);
        Assert.Equal(["1h 9.5-10.5", "2t 9.5-15.48", "1h 14.5-15.5", "1h 15.5-16", "1d 9.5-16", "2t 15.75-34"], Told(bars).Select(Text));
        Assert.Equal(new Timestamp(Day + 10 * Hour + 30 * Minute), bars.NextClose);
    }

    [Fact]
    public void Without_hours_a_day_of_utc_is_the_session()
    {
        BarSet bars = ASet("7h", "1d");
        Trade(bars, 6 * Hour, 1m, 1m);
        Trade(bars, 22 * Hour, 1m, 1m);
        Trade(bars, Day, 1m, 1m);
        Assert.Equal(["7h 0-7", "7h 21-24", "1d 0-24"], Told(bars).Select(Text));
    }

    [Fact]
    public void Of_one_moment_shorter_intervals_come_first_then_the_order_of_asking_then_the_instrument()
    {
        BarSet bars = ASet("quote:1m", "5m", "1m");
        foreach (InstrumentId instrument in (InstrumentId[])[B, A])
        {
            Trade(bars, 10, 1m, 1m, instrument);
            bars.NoteQuote(instrument, new Price(1), new Price(3), new Timestamp(10));
        }
        Trade(bars, 4 * Minute, 1m, 1m, B);
        Trade(bars, 4 * Minute, 1m, 1m, A);
        Told(bars);
        Assert.True(bars.TryCloseDue(new Timestamp(9 * Minute)));
        Assert.Equal(["1m 0", "1m 1", "5m 0", "5m 1"], Order(bars));
        bars = ASet("quote:1m", "5m", "1m");
        bars.NoteQuote(B, new Price(1), new Price(3), new Timestamp(10));
        Trade(bars, 10, 1m, 1m, A);
        Assert.True(bars.TryCloseDue(new Timestamp(9 * Minute)));
        Assert.Equal(["quote:1m 1", "1m 0"], Order(bars));                    // a moment by itself
        Assert.True(bars.TryCloseDue(new Timestamp(9 * Minute)));
        Assert.Equal(["5m 0"], Order(bars));
    }

    [Fact]
    public void Bars_of_one_instrument_are_built_for_it_alone_and_what_was_handed_out_stays()
    {
        BarSet bars = new(SessionHours.EveryDay, _instruments);
        BarSpec one = BarSpec.Parse("1t"), two = BarSpec.Parse("2t");
        bars.Subscribe(A, one);
        BarSeries series = bars.Series(A, one);
        bars.Subscribe(in two);
        bars.Subscribe(B, one);
        bars.Subscribe(A, one);
        Trade(bars, 1, 1m, 1m);
        Trade(bars, 2, 1m, 1m, new InstrumentId(7));
        Assert.Same(series, bars.Series(A, one));
        Assert.Equal((1, 0), (series.Count, bars.Series(B, one).Count));
        Trade(bars, 3, 1m, 1m, new InstrumentId(7));
        Trade(bars, 4, 1m, 1m, B);
        Assert.Equal(["1t 0", "2t 7", "1t 1"], Order(bars));
        Assert.Throws<InvariantException>(() => bars.Series(new InstrumentId(7), one));
        Assert.Throws<ArgumentException>(() => bars.Subscribe(default));
    }

    [Fact]
    public void A_moment_at_which_bars_ended_is_not_passed_over()
    {
        BarSet bars = ASet("1m");
        bars.NoteTrade(A, Price.From(1m), Quantity.Units(1), new Timestamp(1));
        Assert.Throws<InvariantException>(() => bars.NoteTrade(B, Price.From(1m), Quantity.Units(1), new Timestamp(Minute)));
    }

    [Fact]
    public void Equals_the_slow_twin_over_random_trades_quotes_sessions_and_specs()
    {
        int counted = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            SessionHours hours = random.Next(3) == 0 ? SessionHours.EveryDay
                : new SessionHours(new Duration(random.Next(24 * 60) * Minute), new Duration(random.Next(1, 24 * 60) * Minute), (byte)random.Next(1, 128), [random.Next(4)], []);
            List<(long Open, long Close)> sessions = SessionsOf(hours);
            long multiplier = random.Next(2) == 0 ? Price.Scale : random.NextInt64(1, 50 * Price.Scale);
            Instruments instruments = new();
            for (int i = 0; i < 3; i++) instruments.Apply(new InstrumentDefinition { Header = new MessageHeader { Instrument = new InstrumentId(i) }, MultiplierNanos = multiplier });
            List<(string Text, char Kind, bool IsQuote, long Size)> specs = SomeSpecs(random);
            List<SlowUpdate> updates = SomeUpdates(random);

            BarSet bars = new(hours, instruments);
            foreach ((string text, _, _, _) in specs) bars.Subscribe(BarSpec.Parse(text));
            _told.Clear();
            foreach (SlowUpdate update in updates)
            {
                Close(bars, update.Time);
                if (update.IsQuote) bars.NoteQuote(new InstrumentId(update.Instrument), new Price(update.Price - 5), new Price(update.Price + 5), new Timestamp(update.Time));
                else bars.NoteTrade(new InstrumentId(update.Instrument), new Price(update.Price), new Quantity(update.Quantity), new Timestamp(update.Time));
                Take(bars);
            }
            long end = updates[^1].Time;
            List<SlowBar> expected = new SlowBarMaker(sessions, multiplier).Make(specs, updates, end);
            List<SlowBar> found = [.. _told.Select(Slow)];
            for (int i = 0; i < Math.Min(expected.Count, found.Count); i++) Assert.True(expected[i] == found[i], $"seed {seed}, bar {i}: expected {expected[i]}, found {found[i]}");
            Assert.True(expected.Count == found.Count, $"seed {seed}: {expected.Count} bars expected, {found.Count} found");
            counted += found.Count;
        }
        Assert.True(counted > 5_000, $"only {counted} bars");
    }

    [Fact]
    public void Nothing_is_allocated_once_the_series_are_full()
    {
        BarSet bars = ASet("1m", "5m", "3t", "10v", "50$", "quote:1s", "quote:2t");
        long time = 0;
        void Work()
        {
            for (int i = 0; i < 20_000; i++)
            {
                time += 7 * Second;
                while (bars.TryCloseDue(new Timestamp(time))) bars.ClearClosed();
                InstrumentId instrument = i % 3 == 0 ? B : A;
                bars.NoteTrade(instrument, new Price(1_000_000_000 + i % 5), Quantity.Units(i % 4 + 1), new Timestamp(time));
                bars.NoteQuote(instrument, new Price(i), new Price(i + 2), new Timestamp(time));
                bars.ClearClosed();
            }
        }
        for (int round = 0; round < 10; round++) Work();
        Assert.Equal(BarSeries.CountMax, bars.Series(B, BarSpec.Parse("5m")).Count);
        Assert.Equal(0, Allocated.AtLeast(Work));
    }

    // ---- machinery

    private readonly List<Bar> _told = [];

    private BarSet ASet(params string[] specs)
    {
        BarSet bars = new(SessionHours.EveryDay, _instruments);
        foreach (string spec in specs) bars.Subscribe(BarSpec.Parse(spec));
        return bars;
    }

    private void Trade(BarSet bars, long time, decimal price, decimal quantity, InstrumentId? instrument = null)
    {
        Close(bars, time);
        bars.NoteTrade(instrument ?? A, Price.From(price), Quantity.From(quantity), new Timestamp(time));
    }

    private void Close(BarSet bars, long time)
    {
        Take(bars);
        while (bars.TryCloseDue(new Timestamp(time))) Take(bars);
    }

    private void Take(BarSet bars)
    {
        foreach (BarSeries series in bars.Closed) _told.Add(series[0]);
        bars.ClearClosed();
    }

    /// <summary>What closed since the last time.</summary>
    private List<Bar> Told(BarSet bars)
    {
        Take(bars);
        List<Bar> told = [.. _told];
        _told.Clear();
        return told;
    }

    private List<string> Order(BarSet bars) =>
        [.. Told(bars).Select(bar => $"{bar.Spec} {bar.Instrument.Index}")];

    private static string Text(Bar bar) => FormattableString.Invariant($"{bar.Spec} {bar.OpenTime.Nanos / (double)Hour:0.##}-{bar.CloseTime.Nanos / (double)Hour:0.##}");

    private static SlowBar Slow(Bar bar) => new(bar.Spec.ToString(), bar.Instrument.Index, bar.OpenTime.Nanos, bar.CloseTime.Nanos, bar.FirstTime.Nanos, bar.LastTime.Nanos,
        bar.Open.Nanos, bar.High.Nanos, bar.Low.Nanos, bar.Close.Nanos, (BigInteger)bar.Volume.Nanos, (BigInteger)bar.PriceVolume, (BigInteger)bar.Notional, bar.Count);

    private static List<(long Open, long Close)> SessionsOf(SessionHours hours)
    {
        List<(long, long)> sessions = [];
        SessionCalendar calendar = new(hours);
        for (Session session = calendar.Next(new Timestamp(-2 * Day)); !session.Open.IsNone && session.Open.Nanos < 12 * Day; session = calendar.Next(session.Close))
            sessions.Add((session.Open.Nanos, session.Close.Nanos));
        return sessions;
    }

    private static List<(string Text, char Kind, bool IsQuote, long Size)> SomeSpecs(Random random)
    {
        List<(string Text, char Kind, bool IsQuote, long Size)> specs = [];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int number = random.Next(1, 30);
            bool isQuote = random.Next(3) == 0;
            string quote = isQuote ? "quote:" : "";
            (string Text, char Kind, bool IsQuote, long Size) spec = random.Next(6) switch
            {
                0 => ($"{quote}1d", 's', isQuote, Day),
                1 or 2 => ($"{quote}{number * 7}m", 's', isQuote, number * 7 * Minute),
                3 => ($"{quote}{number}t", 't', isQuote, number),
                4 => ($"{number}v", 'v', false, number * Quantity.Scale),
                _ => ($"{number * 50}$", '$', false, number * 50 * Price.Scale),
            };
            string written = BarSpec.Parse(spec.Text).ToString();      // "60m" is told as "1h"
            if (specs.All(other => other.Text != written)) specs.Add(spec with { Text = written });
        }
        return specs;
    }

    private static List<SlowUpdate> SomeUpdates(Random random)
    {
        List<SlowUpdate> updates = [];
        long time = random.NextInt64(Day);
        for (int i = 0; i < 300; i++)
        {
            time += random.Next(10) switch { 0 => 0, 1 => random.NextInt64(8 * Hour), 2 => Minute - time % Minute, _ => random.NextInt64(3 * Minute) };
            bool isQuote = random.Next(3) == 0;
            long price = random.NextInt64(-2 * Price.Scale, 20 * Price.Scale);
            updates.Add(new SlowUpdate(time, random.Next(3), isQuote, price, isQuote ? 0 : random.NextInt64(1, 5 * Quantity.Scale)));
            if (time > 10 * Day) break;
        }
        return updates;
    }
}
