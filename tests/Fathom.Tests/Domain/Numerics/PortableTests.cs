using System.Globalization;
using Fathom.Domain.Numerics;
using Fathom.Twins.SlowNumerics;

namespace Fathom.Tests.Domain.Numerics;

public class PortableTests
{
    /// <summary>Errors in ulps that the documentation promises.</summary>
    private const double ExpErrorMax = 0.53, LogErrorMax = 0.51, PowErrorMax = 0.6, SinCosErrorMax = 0.8, SubnormalErrorMax = 0.8;

    private static readonly double[] SpecialValues =
    [
        0.0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 1e-300, -1e-300, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
        9007199254740991, 9007199254740992, -9007199254740993, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    [Fact]
    public void Hard_points_are_within_the_promised_error()
    {
        string[] lines = PortableReference.Lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 300);
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            double actual = Evaluate(words[0], Parse(words[1]), Parse(words[2]));
            double nearest = Parse(words[^2]);
            if (!double.IsFinite(nearest) || !double.IsFinite(actual)) Assert.True(nearest == actual, $"{line}: {actual:R}");
            else AssertWithin(words[0], nearest, ReferenceError(actual, nearest, Parse(words[^1])), line);
        }
    }

    [Theory]
    [InlineData("exp", -746.0, 710.0)]
    [InlineData("exp", -1.0, 1.0)]
    [InlineData("log", 0.5, 2.0)]
    [InlineData("log", 0.0, 1e6)]
    [InlineData("sin", -1e6, 1e6)]
    [InlineData("cos", -1e6, 1e6)]
    [InlineData("sin", -2.0, 2.0)]
    [InlineData("cos", -2.0, 2.0)]
    public void Random_points_agree_with_the_twin(string function, double min, double max)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            double x = min + new SplitMix64((ulong)seed).NextOpen() * (max - min);
            AssertLikeTwin(function, x, 0, seed);
        }
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("log")]
    [InlineData("sin")]
    [InlineData("cos")]
    public void Doubles_of_any_size_agree_with_the_twin(string function)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            double x = BitConverter.UInt64BitsToDouble(new SplitMix64((ulong)seed).NextUInt64() >> 1);
            if (double.IsFinite(x) && (function != "exp" || x < 1e3)) AssertLikeTwin(function, x, 0, seed);
        }
    }

    [Fact]
    public void Powers_agree_with_the_twin()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new SplitMix64((ulong)seed);
            double logarithm = random.NextUnit() * 1400 - 700;
            double x = Math.Exp(Math.ScaleB(random.NextUnit() - 0.5, random.NextBelow(50) - 40));
            if (x != 1) AssertLikeTwin("pow", x, logarithm / Math.Log(x), seed);
        }
    }

    [Fact]
    public void Special_powers_are_those_of_the_standard()
    {
        foreach (double x in SpecialValues)
        {
            foreach (double y in SpecialValues) AssertSame(Math.Pow(x, y), Portable.Pow(x, y), $"{x:R}^{y:R}");
        }
    }

    [Fact]
    public void Special_arguments_give_the_standards_values()
    {
        foreach (double x in (double[])[0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN])
        {
            AssertSame(Math.Exp(x), Portable.Exp(x), $"exp {x:R}");
            AssertSame(Math.Log(x), Portable.Log(x), $"log {x:R}");
            AssertSame(Math.Sin(x), Portable.Sin(x), $"sin {x:R}");
            AssertSame(Math.Cos(x), Portable.Cos(x), $"cos {x:R}");
        }
        Assert.True(double.IsNaN(Portable.Log(-double.Epsilon)));
        Assert.True(double.IsNaN(Portable.Pow(-2, 0.5)));
        Assert.Equal(double.PositiveInfinity, Portable.Exp(710));
        Assert.Equal(0, Portable.Exp(-746));
        Assert.Equal(double.PositiveInfinity, Portable.Exp(double.MaxValue));
        Assert.Equal(0, Portable.Exp(double.MinValue));
    }

    [Fact]
    public void Exact_results_are_exact()
    {
        for (int n = -1074; n <= 1023; n++) Assert.Equal(Math.ScaleB(1, n), Portable.Pow(2, n));
        for (int n = 0; n <= 22; n++) Assert.Equal(double.Parse($"1e{n}", CultureInfo.InvariantCulture), Portable.Pow(10, n));
        for (int n = 1; n <= 1_000; n++) Assert.Equal(n, Portable.Pow((double)n * n, 0.5));
        Assert.Equal(-8, Portable.Pow(-2, 3));
        Assert.Equal(0, Portable.Log(1));
        Assert.Equal(1, Portable.Exp(0));
    }

    private static double Evaluate(string function, double x, double y) => function switch
    {
        "exp" => Portable.Exp(x),
        "log" => Portable.Log(x),
        "sin" => Portable.Sin(x),
        "cos" => Portable.Cos(x),
        "pow" => Portable.Pow(x, y),
        _ => throw new ArgumentException(function),
    };

    private static void AssertLikeTwin(string function, double x, double y, int seed)
    {
        SlowReal exact = function switch
        {
            "exp" => SlowElementary.Exp(x),
            "log" => SlowElementary.Log(x),
            "sin" => SlowElementary.Sin(x),
            "cos" => SlowElementary.Cos(x),
            _ => SlowElementary.Pow(x, y),
        };
        double actual = Evaluate(function, x, y);
        AssertWithin(function, actual, exact.ErrorInUlps(actual), $"seed {seed}: {function} {x:R} {y:R}");
    }

    private static void AssertWithin(string function, double value, double error, string what)
    {
        double errorMax = function switch { "exp" => ExpErrorMax, "log" => LogErrorMax, "pow" => PowErrorMax, _ => SinCosErrorMax };
        if (function is "exp" or "pow" && Math.Abs(value) < 2.3e-308) errorMax = SubnormalErrorMax;
        Assert.True(error <= errorMax, $"{what}: {value:R} is off by {error} ulp");
    }

    /// <summary>|actual − (nearest + rest)| in ulps of the nearest double.</summary>
    private static double ReferenceError(double actual, double nearest, double restInUlps)
    {
        double ulp = Math.Max(Math.ScaleB(1, Math.ILogB(nearest == 0 ? double.Epsilon : nearest) - 52), double.Epsilon);
        return Math.Abs((actual - nearest) / ulp - restInUlps);
    }

    private static void AssertSame(double expected, double actual, string what) =>
        Assert.True(expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual) || double.IsNaN(expected) && double.IsNaN(actual),
            $"{what}: expected {expected:R}, got {actual:R}");

    private static double Parse(string digits) => BitConverter.UInt64BitsToDouble(ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
