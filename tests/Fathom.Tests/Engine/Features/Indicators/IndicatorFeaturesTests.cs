using System.Globalization;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Indicators;

namespace Fathom.Tests.Engine.Features.Indicators;

public class IndicatorFeaturesTests
{
    /// <summary>"bar:value": the first is where the output is first known. TA-Lib's own answers; where it has no such indicator, the formula over whole arrays.</summary>
    [Theory]
    [InlineData("sma period=5", 0, "4:102.858 5:103.678 39:103.052")]
    [InlineData("ema period=10", 0, "9:101.941 10:101.1280909091 39:103.9556241743")]
    [InlineData("wma period=5", 0, "4:103.742 5:103.956 39:102.5566666667")]
    [InlineData("dema period=5", 0, "8:99.9604 9:98.8970074074 30:106.4948709068 39:102.0156035714")]
    [InlineData("tema period=5", 0, "12:98.1205641701 13:99.4492514068 30:107.3675426039 39:101.6016589259")]
    [InlineData("hma period=16", 0, "18:104.5069730392 19:105.9737401961 39:103.9420016340")]
    [InlineData("hma period=9", 0, "10:97.4161111111 39:100.9420740741")]
    [InlineData("kama period=10", 0, "10:98.5342479998 11:98.3691773486 30:102.2779130136 39:104.7585565185")]
    [InlineData("standard_deviation period=5", 0, "4:2.0039500992 5:1.0170034415 39:1.2457511790")]
    [InlineData("bollinger period=20 deviations=2", 0, "19:108.1817103695 20:108.4354370373 39:109.5949998907")]
    [InlineData("bollinger period=20 deviations=2", 1, "19:102.207 39:103.8785")]
    [InlineData("bollinger period=20 deviations=2", 2, "19:96.2322896305 39:98.1620001093")]
    [InlineData("bollinger period=20 deviations=2", 3, "19:0.1169139172 39:0.1100612714")]
    [InlineData("bollinger period=20 deviations=2", 4, "19:0.7705570480 39:0.3776786472")]
    [InlineData("donchian period=20", 0, "19:107.58 39:109.54")]
    [InlineData("donchian period=20", 1, "19:102.08 39:104.315")]
    [InlineData("donchian period=20", 2, "19:96.58 39:99.09")]
    [InlineData("keltner period=20 multiplier=2 atr_period=10", 0, "19:106.3438154381 39:107.8652056320")]
    [InlineData("keltner period=20 multiplier=2 atr_period=10", 1, "19:102.207 39:103.8904468967")]
    [InlineData("keltner period=20 multiplier=2 atr_period=10", 2, "19:98.0701845619 39:99.9156881615")]
    [InlineData("vwap_bands deviations=2", 0, "0:99.4166666667 1:101.1838271605 39:103.1291558442")]
    [InlineData("vwap_bands deviations=2", 1, "0:99.4166666667 1:103.8945276174 39:109.2408719453")]
    [InlineData("vwap_bands deviations=2", 2, "0:99.4166666667 1:98.4731267036 39:97.0174397430")]
    [InlineData("rsi period=14", 0, "14:58.8918205805 15:61.9214137996 39:46.652130821")]
    [InlineData("stochastic period=14 smooth=1 signal=1", 0, "13:38.1637168142 14:68.4734513274 39:25.3699788584")]
    [InlineData("stochastic period=14 smooth=3 signal=3", 0, "15:63.5324483776 17:90.6192271518 39:24.4135974185")]
    [InlineData("stochastic period=14 smooth=3 signal=3", 1, "17:78.5984417087 39:33.7970896233")]
    [InlineData("stochastic_rsi rsi_period=7 period=5 signal=3", 0, "11:0 13:100 39:54.7979146377")]
    [InlineData("stochastic_rsi rsi_period=7 period=5 signal=3", 1, "13:66.6666666667 14:100 39:18.2659715459")]
    [InlineData("macd fast=12 slow=26 signal=9", 0, "25:1.3093589744 33:1.8101536608 39:0.3940104628")]
    [InlineData("macd fast=12 slow=26 signal=9", 1, "33:1.3184053368 39:1.0192333598")]
    [InlineData("macd fast=12 slow=26 signal=9", 2, "33:0.491748324 39:-0.625222897")]
    [InlineData("macd fast=26 slow=12 signal=9", 0, "25:1.3093589744 39:0.3940104628")]
    [InlineData("cci period=14", 0, "13:-30.3987174125 14:44.9699232524 30:100.4011461318 39:-68.0442979722")]
    [InlineData("roc period=10", 0, "10:-1.9416498994 11:-4.8663468129 30:2.1236072755 39:-3.5119103663")]
    [InlineData("williams_r period=14", 0, "13:-61.8362831858 14:-31.5265486726 30:-7.9096045198 39:-74.6300211416")]
    [InlineData("obv", 0, "0:1000 1:2700 39:-5700")]
    [InlineData("mfi period=14", 0, "14:53.3760591203 15:52.2153286375 39:51.694588766")]
    [InlineData("true_range", 0, "1:3.63 2:1.76 30:1.73 39:2.08")]
    [InlineData("atr period=14", 0, "14:2.145 15:2.1560714286 39:2.0008633693")]
    [InlineData("atr period=1", 0, "1:3.63 39:2.08")]
    [InlineData("adx period=14", 0, "27:15.5202836847 28:15.7585391516 39:16.3820362384")]
    [InlineData("adx period=14", 1, "14:36.4876883592 15:40.2226457733 39:30.0750306522")]
    [InlineData("adx period=14", 2, "14:26.3283612431 15:24.1962458840 39:31.5723348431")]
    [InlineData("psar step=0.02 max=0.2", 0, "1:99.05 2:99.1296 30:99.2504 39:109.037872")]
    [InlineData("aroon period=14", 0, "14:28.5714285714 15:21.4285714286 30:100 39:50")]
    [InlineData("aroon period=14", 1, "14:71.4285714286 15:64.2857142857 30:57.1428571429 39:0")]
    [InlineData("aroon period=14", 2, "14:-42.8571428571 30:42.8571428571 39:50")]
    [InlineData("supertrend period=10 multiplier=1.5", 0, "10:94.098 11:94.3647 39:104.3506322794")]
    [InlineData("supertrend period=10 multiplier=1.5", 1, "10:1 20:1 21:-1 27:-1 28:1 34:1 35:-1 39:-1")]
    [InlineData("ichimoku conversion=4 base=9 leading=18 displacement=9", 0, "3:102.25 39:102.94")]
    [InlineData("ichimoku conversion=4 base=9 leading=18 displacement=9", 1, "8:102.11 39:105.205")]
    [InlineData("ichimoku conversion=4 base=9 leading=18 displacement=9", 2, "17:101.78 39:104.15")]
    [InlineData("ichimoku conversion=4 base=9 leading=18 displacement=9", 3, "26:102.015 39:103.495")]
    [InlineData("ichimoku conversion=4 base=9 leading=18 displacement=9", 4, "0:99.4 39:102.48")]
    public void Forty_bars_give_the_reference_and_the_first_number_comes_where_it_does(string feature, int output, string reference)
    {
        double[] values = Outputs(Make(feature), ReferenceBars.Close.Select((_, i) => ReferenceBars.Bar(i)), output);
        (int Bar, double Value)[] points = [.. reference.Split(' ').Select(point => point.Split(':')).Select(point => (int.Parse(point[0], CultureInfo.InvariantCulture), Number(point[1])))];
        Assert.All(values[..points[0].Bar], value => Assert.Equal(double.NaN, value));
        Assert.All(points, point => Assert.Equal(point.Value, values[point.Bar], 1e-9));
    }

    [Fact]
    public void Every_indicator_stands_in_the_reference_table()
    {
        IEnumerable<string> tested = typeof(IndicatorFeaturesTests).GetMethod(nameof(Forty_bars_give_the_reference_and_the_first_number_comes_where_it_does))!.GetCustomAttributes(false).OfType<InlineDataAttribute>()
            .Select(row => ((string)row.Data[0]!).Split(' ')[0]);
        Assert.Empty(FeatureCatalog.All.Where(info => info.Family == FeatureFamily.Indicators).Select(info => info.Name).Except(tested));
    }

    [Theory]
    [InlineData(14, 16.1731391586)]
    [InlineData(39, 2.4288210517)]
    public void The_directional_index_follows_from_the_two_indicators(int bar, double expected)
    {
        Feature feature = Make("adx period=14");
        for (int i = 0; i <= bar; i++) ((BarFeature)feature).Add(ReferenceBars.Bar(i));
        Assert.Equal(expected, 100 * Math.Abs(feature[1] - feature[2]) / (feature[1] + feature[2]), 1e-9);
    }

    /// <summary>Where formulas divide by zero. "?": not known; one number stands for all outputs.</summary>
    [Theory]
    [InlineData("rsi period=5", Market.Still, "0")]
    [InlineData("rsi period=5", Market.Rising, "100")]
    [InlineData("rsi period=5", Market.Falling, "0")]
    [InlineData("stochastic period=5", Market.Still, "0")]
    [InlineData("stochastic period=5", Market.Rising, "100")]
    [InlineData("stochastic period=5", Market.Falling, "0")]
    [InlineData("stochastic_rsi rsi_period=5 period=4", Market.Still, "0")]
    [InlineData("stochastic_rsi rsi_period=5 period=4", Market.Rising, "0")]
    [InlineData("cci period=5", Market.Still, "0")]
    [InlineData("cci period=5", Market.Jump, "166.66666666666667")]      // 0.8 d ÷ (0.015 × 0.32 d)
    [InlineData("adx period=4", Market.Still, "0")]
    [InlineData("adx period=4", Market.Rising, "100 100 0")]
    [InlineData("adx period=4", Market.Falling, "100 0 100")]
    [InlineData("williams_r period=5", Market.Still, "0")]
    [InlineData("williams_r period=5", Market.Rising, "0")]
    [InlineData("williams_r period=5", Market.Falling, "-100")]
    [InlineData("mfi period=5", Market.Still, "0")]
    [InlineData("mfi period=5", Market.Rising, "100")]
    [InlineData("mfi period=5", Market.Falling, "0")]
    [InlineData("mfi period=5", Market.RisingWithoutVolume, "0")]
    [InlineData("obv", Market.RisingWithoutVolume, "0")]
    [InlineData("obv", Market.Still, "10")]
    [InlineData("vwap_bands deviations=2", Market.RisingWithoutVolume, "? ? ?")]
    [InlineData("vwap_bands deviations=2", Market.Still, "100")]
    [InlineData("roc period=5", Market.Still, "0")]
    [InlineData("roc period=5", Market.FromZero, "0")]
    [InlineData("kama period=5", Market.Still, "100")]
    [InlineData("macd fast=3 slow=5 signal=2", Market.Still, "0")]
    [InlineData("standard_deviation period=5", Market.Still, "0")]
    [InlineData("bollinger period=5", Market.Still, "100 100 100 0 0.5")]
    [InlineData("bollinger period=5", Market.FromZero, "0 0 0 0 0.5")]
    [InlineData("keltner period=5 atr_period=4", Market.Still, "100")]
    [InlineData("donchian period=5", Market.Still, "100")]
    [InlineData("true_range", Market.Still, "0")]
    [InlineData("true_range", Market.Jump, "50")]
    [InlineData("atr period=5", Market.Still, "0")]
    [InlineData("atr period=5", Market.Jump, "10")]
    [InlineData("psar", Market.Still, "100")]
    [InlineData("supertrend period=5", Market.Still, "100 -1")]      // the bands lie on the close, and a close that reaches its band turns
    [InlineData("aroon period=5", Market.Still, "100 100 0")]
    [InlineData("ichimoku conversion=2 base=3 leading=4 displacement=2", Market.Still, "100")]
    public void What_divides_by_zero_is_what_its_page_says(string feature, Market market, string expected)
    {
        Feature made = Make(feature);
        double[][] outputs = [.. Enumerable.Range(0, made.OutputCount).Select(output => Outputs(Make(feature), Bars(market), output))];
        double[] wanted = [.. expected.Split(' ').Select(Number)];
        for (int output = 0; output < outputs.Length; output++) Assert.Equal(wanted[wanted.Length == 1 ? 0 : output], outputs[output][^1], 1e-9);
        Assert.All(outputs, values => Assert.DoesNotContain(values, double.IsInfinity));
    }

    [Fact]
    public void The_adaptive_average_is_at_its_fastest_where_nothing_moved()
    {
        KaufmanMovingAverage average = new(2);
        foreach (double value in (double[])[0, 0, 10, 10, 10]) average.Add(value);
        Assert.Equal(10 * (1 - Math.Pow(5.0 / 9, 3)), average.Value, 1e-12);      // each time (2/3)² of the way
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_parabolic_stop_stays_out_of_the_ranges_of_the_last_two_bars(int direction)
    {
        ParabolicSar stop = new(step: 1, largest: 1);      // it would be at the extreme
        List<double> found = [];
        foreach ((double far, double near) in new[] { (10, 9), (11, 10), (12, 11), (13, 12.5), (14, 13) })
        {
            (double high, double low) = direction > 0 ? (far, near) : (-near, -far);
            stop.Add(new BarSample(default, low, high, low, high, 1));
            found.Add(direction * stop.Value);
        }
        Assert.Equal([double.NaN, 9, 10, 10, 11], found);
    }

    [Fact]
    public void The_directional_index_stays_where_it_was_when_nothing_moves_any_more()
    {
        AverageDirectionalIndex index = new(4);
        for (int i = 0; i < 400; i++)
        {
            double price = 100 + Math.Min(i, 20);
            index.Add(new BarSample(default, price, price, price, price, 1));
        }
        Assert.Equal([100, 0, 0], Enumerable.Range(0, 3).Select(output => index[output]));      // of the ranges nothing is left to divide by
    }

    [Fact]
    public void Bands_of_the_sessions_average_begin_anew_with_a_session_and_take_no_notice_of_bars_without_volume()
    {
        VwapBands bands = new(2), second = new(2);
        for (int i = 0; i < 40; i++)
        {
            if (i == 20) bands.OpenSession();
            if (i == 20) Assert.Equal([double.NaN, double.NaN, double.NaN], Enumerable.Range(0, 3).Select(output => bands[output]));
            bands.Add(ReferenceBars.Bar(0) with { Volume = 0 });
            bands.Add(ReferenceBars.Bar(i));
            if (i >= 20) second.Add(ReferenceBars.Bar(i));
        }
        Assert.Equal(Enumerable.Range(0, 3).Select(output => second[output]), Enumerable.Range(0, 3).Select(output => bands[output]));
    }

    public enum Market { Still, Rising, Falling, Jump, RisingWithoutVolume, FromZero }

    /// <summary>Bars whose high, low and close are equal.</summary>
    private static IEnumerable<BarSample> Bars(Market market)
    {
        for (int i = 0; i < 20; i++)
        {
            double price = market switch
            {
                Market.Still => 100,
                Market.Falling => 100 - i,
                Market.Jump => i < 19 ? 100 : 150,
                Market.FromZero => 0,
                _ => 100 + i,
            };
            yield return new BarSample(default, price, price, price, price, market == Market.RisingWithoutVolume ? 0 : 10);
        }
    }

    private static Feature Make(string text)
    {
        string[] words = text.Split(' ');
        FeatureInfo info = FeatureCatalog.Find(words[0], "a test");
        return info.Create(FeatureArguments.Read(info, "a test", words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])));
    }

    private static double[] Outputs(Feature feature, IEnumerable<BarSample> bars, int output) => [.. bars.Select(bar =>
    {
        if (feature is BarFeature ofBars) ofBars.Add(in bar);
        else ((ValueFeature)feature).Add(bar.Close);
        return feature[output];
    })];

    private static double Number(string text) => text == "?" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
