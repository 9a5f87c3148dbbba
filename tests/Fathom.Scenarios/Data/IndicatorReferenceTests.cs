using System.Globalization;
using System.Text.Json;
using Fathom.Engine.Features.Indicators;

namespace Fathom.Scenarios.Data;

/// <summary>Indicators against another library's answers over 502 days.</summary>
public class IndicatorReferenceTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Simple_moving_average_of_20()
    {
        SimpleMovingAverage average = new(20);
        Check("sma", quote => { average.Add(quote.Close); return average.Value; });
    }

    [Fact]
    public void Relative_strength_index_of_14()
    {
        RelativeStrengthIndex index = new(14);
        Check("rsi", quote => { index.Add(quote.Close); return index.Value; });
    }

    [Fact]
    public void Average_true_range_of_14()
    {
        AverageTrueRange range = new(14);
        Check("atr", quote => { range.Add(quote.High, quote.Low, quote.Close); return range.Value; });
    }

    private static void Check(string name, Func<(double High, double Low, double Close), double> next)
    {
        string[] lines = File.ReadAllLines(RealFiles.Find("indicators/skender/quotes/default.csv"));
        using JsonDocument answers = JsonDocument.Parse(File.ReadAllText(RealFiles.Find($"indicators/skender/results/{name}.standard.json")));
        Assert.Equal(502, answers.RootElement.GetArrayLength());
        for (int i = 0; i < 502; i++)
        {
            double[] quote = [.. lines[i + 1].Split(',').Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            double found = next((quote[1], quote[2], quote[3]));
            JsonElement expected = answers.RootElement[i].GetProperty(name);
            if (expected.ValueKind == JsonValueKind.Null) Assert.True(double.IsNaN(found), $"day {i}: {found}, expected none");
            else Assert.True(Math.Abs(expected.GetDouble() - found) < Tolerance, $"day {i}: {found}, expected {expected}");
        }
    }
}
