using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Strategies.CSharp;

namespace Fathom.Tests.Strategies.CSharp;

public class StrategyParameterTests
{
    [Fact]
    public void Every_type_is_read_and_set_and_reads_back_as_it_was()
    {
        Every strategy = new();
        Every other = new() { Real = 1, Text = "other", Way = Every.Ways.StepAhead, Whole = 9, Small = 9, Exact = 9, Flag = true, Level = Price.From(9), Amount = Quantity.Units(9), Time = new Duration(9) };
        foreach (StrategyParameter parameter in StrategyParameter.Of(typeof(Every))) parameter.Set(other, parameter.Read(strategy));
        Assert.Equal(
            (strategy.Real, strategy.Exact, strategy.Whole, strategy.Small, strategy.Flag, strategy.Text, strategy.Way, strategy.Level, strategy.Amount, strategy.Time),
            (other.Real, other.Exact, other.Whole, other.Small, other.Flag, other.Text, other.Way, other.Level, other.Amount, other.Time));
    }

    [Fact]
    public void Keys_are_the_names_in_order_and_a_word_is_an_enums()
    {
        IReadOnlyList<StrategyParameter> parameters = StrategyParameter.Of(typeof(Every));
        Assert.Equal(["amount", "exact", "flag", "level", "real", "small", "text", "time", "way", "whole"], parameters.Select(parameter => parameter.Key));
        StrategyParameter way = parameters.Single(parameter => parameter.Key == "way");
        Assert.Equal(["join_best", "step_ahead"], way.Words);
        Every strategy = new();
        way.Set(strategy, "step_ahead");
        Assert.Equal(Every.Ways.StepAhead, strategy.Way);
        Assert.Equal("what it is", parameters.Single(parameter => parameter.Key == "real").Description);
    }

    [Fact]
    public void Bounds_are_values_of_the_parameters_own_type()
    {
        Dictionary<string, (object? Min, object? Max)> bounds = StrategyParameter.Of(typeof(Every)).ToDictionary(parameter => parameter.Key, parameter => (parameter.Min, parameter.Max));
        Assert.Equal((0.1m, 1e6m), bounds["real"]);
        Assert.Equal((new Quantity(1), null), bounds["amount"]);
        Assert.Equal((new Duration(1_000_000), new Duration(3_600_000_000_000)), bounds["time"]);
        Assert.Equal((-5L, (long)int.MaxValue), bounds["small"]);
        Assert.Equal((null, null), bounds["whole"]);
    }

    /// <summary>Law: what a configuration writes down for a double is that double and no other.</summary>
    [Fact]
    public void A_double_survives_its_decimal()
    {
        StrategyParameter real = StrategyParameter.Of(typeof(Unbounded)).Single();
        Unbounded strategy = new();
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            double value = strategy.Real = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            real.Set(strategy, real.Read(strategy));
            Assert.True(strategy.Real == value, $"seed {seed}: {value:R} became {strategy.Real:R}");
        }
    }

    [Theory]
    [InlineData(typeof(OfAList), "OfAList.Levels", "the type List`1")]
    [InlineData(typeof(Hidden), "Hidden.Size", "cannot be read and set from outside")]
    [InlineData(typeof(ReadOnly), "ReadOnly.Size", "cannot be read and set from outside")]
    [InlineData(typeof(Shared), "Shared.Size", "cannot be read and set from outside")]
    [InlineData(typeof(BadBound), "BadBound.Wait", "Min = 5")]
    [InlineData(typeof(Twice), "Twice.", "a second parameter of that name")]
    public void A_property_that_cannot_be_one_is_refused_by_name(Type strategy, string named, string found)
    {
        InputException wrong = Assert.Throws<InputException>(() => StrategyParameter.Of(strategy));
        Assert.Contains(named, wrong.Subject, StringComparison.Ordinal);
        Assert.Contains(found, wrong.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "the default NaN")]
    [InlineData(1e300, "the default 1E+300")]
    [InlineData(-1, "the default -1")]
    [InlineData(11, "the default 11")]
    public void A_default_that_no_configuration_could_state_is_refused(double byDefault, string found)
    {
        Ranged strategy = new() { Real = byDefault };
        InputException wrong = Assert.Throws<InputException>(() => StrategyParameter.Of(typeof(Ranged)).Single().Read(strategy));
        Assert.Equal(found, wrong.Found);
    }

    [Fact]
    public void What_a_setter_refuses_is_refused_in_its_words()
    {
        InputException wrong = Assert.Throws<InputException>(() => StrategyParameter.Of(typeof(Picky)).Single().Set(new Picky(), 3L));
        Assert.Contains("even numbers only", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_lacks_the_attribute_is_found_by_its_key()
    {
        Assert.Equal("Forgotten", StrategyParameter.Unmarked(typeof(Every), "forgotten"));
        Assert.Null(StrategyParameter.Unmarked(typeof(Every), "real"));
    }

    private sealed class Every : Strategy
    {
        public enum Ways { JoinBest, StepAhead }

        [Parameter("what it is", Min = 0.1, Max = 1e6)] public double Real { get; set; } = 1 / 3.0;
        [Parameter] public decimal Exact { get; set; } = 0.000000000000000001m;
        [Parameter] public long Whole { get; set; } = long.MinValue;
        [Parameter(Min = -5)] public int Small { get; set; } = -5;
        [Parameter] public bool Flag { get; set; }
        [Parameter] public string? Text { get; set; }
        [Parameter] public Ways Way { get; set; }
        [Parameter] public Price Level { get; set; } = Price.None;
        [Parameter(Min = 1e-9)] public Quantity Amount { get; set; } = Quantity.Units(2);
        [Parameter(Min = "1ms", Max = "1h")] public Duration Time { get; set; } = new(1_500_000);
        public int Forgotten { get; set; }
    }

    private sealed class Unbounded : Strategy { [Parameter] public double Real { get; set; } }

    private sealed class Ranged : Strategy { [Parameter(Min = 0, Max = 10)] public double Real { get; set; } }

    private sealed class OfAList : Strategy { [Parameter] public List<int>? Levels { get; set; } }

    private sealed class Hidden : Strategy { [Parameter] internal int Size { get; set; } }

    private sealed class ReadOnly : Strategy { [Parameter] public int Size { get; } }

    private sealed class Shared : Strategy { [Parameter] public static int Size { get; set; } }

    private sealed class BadBound : Strategy { [Parameter(Min = 5)] public Duration Wait { get; set; } }

    private sealed class Twice : Strategy
    {
        [Parameter] public int HoldMs { get; set; }
        [Parameter] public int Hold_Ms { get; set; }
    }

    private sealed class Picky : Strategy
    {
        [Parameter] public int Count { get => 0; set => throw new ArgumentException($"even numbers only; found {value}"); }
    }
}
