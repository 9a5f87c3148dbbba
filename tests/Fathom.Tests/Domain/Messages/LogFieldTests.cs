using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Messages;

public class LogFieldTests
{
    [Fact]
    public void A_pair_becomes_a_field_of_its_kind()
    {
        (LogFieldKind, string)[] expected =
        [
            (LogFieldKind.Number, "n=2.5"), (LogFieldKind.Number, "f=0.5"), (LogFieldKind.Integer, "i=-3"), (LogFieldKind.Integer, "l=9223372036854775807"), (LogFieldKind.Text, "t=buy"),
            (LogFieldKind.Price, "p=-37.63"), (LogFieldKind.Quantity, "q=0.015"), (LogFieldKind.Boolean, "b=true"), (LogFieldKind.Boolean, "c=false"),
        ];
        Assert.Equal(expected, All(("n", 2.5), ("f", 0.5f), ("i", -3), ("l", long.MaxValue), ("t", "buy"), ("p", Price.From(-37.63m)), ("q", Quantity.From(0.015m)), ("b", true), ("c", false)));
    }

    [Fact]
    public void A_constructor_takes_the_kind_of_its_value_too()
    {
        int whole = 7;
        LogField[] fields = [new("n", 2.5), new("i", whole), new("t", "x"), new("p", Price.None), new("q", Quantity.Zero), new("b", true)];
        Assert.Equal(["n=2.5", "i=7", "t=x", "p=", "q=0", "b=true"], fields.Select(field => field.ToString()));
        Assert.Equal((2.5, 7L, true), (fields[0].Number, fields[1].Integer, fields[5].Boolean));
        Assert.Equal((double.NaN, 0L, false), (fields[1].Number, fields[0].Integer, fields[0].Boolean));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-1e300, "-1E+300")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_reads_as_it_is(double value, string text) => Assert.Equal(text, new LogField("x", value).Text);

    [Fact]
    public void What_was_never_given_is_empty() => Assert.Equal(("", "", LogFieldKind.None), (default(LogField).Name, default(LogField).Text, default(LogField).Kind));

    private static (LogFieldKind, string)[] All(params ReadOnlySpan<LogField> fields) => Array.ConvertAll(fields.ToArray(), field => (field.Kind, field.ToString()));
}
