using System.Globalization;
using System.Text.Json;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Indicators;

namespace Fathom.Scenarios.Data;

/// <summary>Indicators against another library's answers over 502 days, from the day on where the conventions lead to the same numbers.</summary>
public class IndicatorReferenceTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData("sma", "sma", 19)]
    [InlineData("ema", "ema", 19)]
    [InlineData("wma", "wma", 13)]
    [InlineData("hma", "hma", 15)]
    [InlineData("stdev", "stdDev", 13)]
    [InlineData("bb", "upperBand,sma,lowerBand,width,percentB", 19)]
    [InlineData("donchian", "upperBand,centerline,lowerBand", 20)]
    [InlineData("keltner", "upperBand,centerline,lowerBand", 19)]
    [InlineData("vwap", "vwap", 0)]
    [InlineData("rsi", "rsi", 14)]
    [InlineData("stoch", "k", 15)]
    [InlineData("stoch", "k,d", 17)]
    [InlineData("cci", "cci", 19)]
    [InlineData("roc", "roc", 14)]
    [InlineData("willr", "williamsR", 13)]
    [InlineData("mfi", "mfi", 14)]
    [InlineData("tr", "tr", 1)]
    [InlineData("atr", "atr", 14)]
    [InlineData("supertrend", "superTrend", 10)]
    [InlineData("ichimoku", "tenkanSen", 8)]
    [InlineData("ichimoku", "tenkanSen,kijunSen", 25)]
    [InlineData("ichimoku", "tenkanSen,kijunSen,senkouSpanA", 51)]
    [InlineData("ichimoku", "tenkanSen,kijunSen,senkouSpanA,senkouSpanB", 77)]
    public void Equal_and_neither_known_before(string name, string properties, int from)
    {
        JsonElement answers = Answers(name);
        double[][] found = Run(Make(name));
        int behind = name == "donchian" ? 1 : 0;      // theirs leaves the newest day out
        string[] outputs = properties.Split(',');
        for (int day = behind; day < found.Length; day++)
        {
            for (int output = 0; output < outputs.Length; output++)
                if (day >= from) Equal(answers[day].GetProperty(outputs[output]), found[day - behind][output], day);
            if (day >= from) continue;
            Assert.Equal(JsonValueKind.Null, answers[day].GetProperty(outputs[^1]).ValueKind);
            Assert.Equal(double.NaN, found[day - behind][outputs.Length - 1]);
        }
    }

    [Theory]
    [InlineData("kama", "kama", 0, 10)]        // theirs is known a day before: its first value
    [InlineData("macd", "macd", 0, 137)]       // theirs begins the fast average on its own
    [InlineData("macd", "signal", 1, 145)]
    [InlineData("macd", "histogram", 2, 144)]
    [InlineData("adx", "adx", 0, 295)]         // theirs begins the sums with n moves, not n − 1
    [InlineData("adx", "pdi", 1, 245)]
    [InlineData("adx", "mdi", 2, 231)]
    [InlineData("psar", "sar", 0, 251)]        // theirs begins falling or rising by another rule, until both have turned on the same day
    public void Equal_once_the_beginning_is_forgotten(string name, string property, int output, int from)
    {
        JsonElement answers = Answers(name);
        double[][] found = Run(Make(name));
        Assert.False(IsEqual(answers[from - 1].GetProperty(property), found[from - 1][output]), "the day before is equal too: the statement is out of date");
        for (int day = from; day < found.Length; day++) Equal(answers[day].GetProperty(property), found[day][output], day);
    }

    [Fact]
    public void On_balance_volume_begins_with_the_first_days_volume_where_theirs_begins_with_none()
    {
        JsonElement answers = Answers("obv");
        double[][] found = Run(new OnBalanceVolume());
        for (int day = 0; day < found.Length; day++) Assert.Equal(answers[day].GetProperty("obv").GetDouble(), found[day][0] - found[0][0]);
    }

    [Fact]
    public void Ichimokus_lagging_line_is_known_26_days_after_the_day_that_it_is_drawn_at()
    {
        JsonElement answers = Answers("ichimoku");
        double[][] found = Run(Make("ichimoku"));
        for (int day = 26; day < found.Length; day++) Equal(answers[day - 26].GetProperty("chikouSpan"), found[day][4], day);
    }

    [Fact]
    public void Of_equal_extremes_aroon_takes_the_newest_where_theirs_takes_the_oldest()
    {
        JsonElement answers = Answers("aroon");
        double[][] found = Run(new Aroon(25));
        List<int> others = [];
        for (int day = 0; day < found.Length; day++)
        {
            JsonElement answer = answers[day];
            if (!IsEqual(answer.GetProperty("aroonUp"), found[day][0]) || !IsEqual(answer.GetProperty("aroonDown"), found[day][1]) || !IsEqual(answer.GetProperty("oscillator"), found[day][2])) others.Add(day);
        }
        Assert.Equal([193, 232], others);
    }

    private static Feature Make(string name) => name switch
    {
        "sma" => new SimpleMovingAverage(20),
        "ema" => new ExponentialMovingAverage(20),
        "wma" => new WeightedMovingAverage(14),
        "hma" => new HullMovingAverage(14),
        "kama" => new KaufmanMovingAverage(10),
        "stdev" => new StandardDeviation(14),
        "bb" => new BollingerBands(20, 2),
        "donchian" => new DonchianChannel(20),
        "keltner" => new KeltnerChannel(20, 2, 10),
        "vwap" => new VwapBands(1),
        "rsi" => new RelativeStrengthIndex(14),
        "stoch" => new StochasticOscillator(14, 3, 3),
        "macd" => new Macd(12, 26, 9),
        "cci" => new CommodityChannelIndex(20),
        "roc" => new RateOfChange(14),
        "willr" => new WilliamsPercentRange(14),
        "mfi" => new MoneyFlowIndex(14),
        "tr" => new TrueRange(),
        "atr" => new AverageTrueRange(14),
        "adx" => new AverageDirectionalIndex(14),
        "psar" => new ParabolicSar(0.02, 0.2),
        "supertrend" => new Supertrend(10, 3),
        "ichimoku" => new Ichimoku(9, 26, 52, 26),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static double[][] Run(Feature feature)
    {
        string[] lines = File.ReadAllLines(RealFiles.Find("indicators/skender/quotes/default.csv"));
        double[][] found = new double[lines.Length - 1][];
        for (int day = 0; day < found.Length; day++)
        {
            double[] quote = [.. lines[day + 1].Split(',').Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            if (feature is BarFeature ofBars) ofBars.Add(new BarSample(default, quote[0], quote[1], quote[2], quote[3], quote[4]));
            else ((ValueFeature)feature).Add(quote[3]);
            found[day] = [.. Enumerable.Range(0, feature.OutputCount).Select(output => feature[output])];
        }
        return found;
    }

    private static JsonElement Answers(string name)
    {
        using JsonDocument answers = JsonDocument.Parse(File.ReadAllText(RealFiles.Find($"indicators/skender/results/{name}.standard.json")));
        Assert.Equal(502, answers.RootElement.GetArrayLength());
        return answers.RootElement.Clone();
    }

    private static void Equal(JsonElement expected, double found, int day) => Assert.True(IsEqual(expected, found), $"day {day}: {found}, expected {expected}");

    private static bool IsEqual(JsonElement expected, double found) =>
        expected.ValueKind == JsonValueKind.Null ? double.IsNaN(found) : Math.Abs(expected.GetDouble() - found) <= Tolerance * Math.Max(Math.Abs(expected.GetDouble()), 1);
}
