using Fathom.Engine.Decisions;

namespace Fathom.Tests.Engine.Decisions;

public class AggregatorOptionsTests
{
    private static readonly AggregatorOptions Sound = new() { Id = "blend", Method = AggregatorMethod.Vote, Strategies = ["a", "b"], Weights = [2m, 0.5m], Threshold = 0.5m };

    public static TheoryData<string, AggregatorOptions[]> Nonsense => new()
    {
        { "has none", [Sound with { Strategies = [], Weights = [] }] },
        { "'d', which is none", [Sound with { Strategies = ["a", "d"] }] },
        { "'a' is there twice", [Sound with { Strategies = ["a", "a"] }] },
        { "'b' is there twice", [Sound, Sound with { Id = "other", Strategies = ["b"], Weights = [] }] },
        { "1 for 2", [Sound with { Weights = [1m] }] },
        { "above zero", [Sound with { Weights = [1m, 0m] }] },
        { "above zero", [Sound with { Weights = [1m, 1_000.1m] }] },
        { "above zero", [Sound with { Weights = [1m, 0.1234567891m] }] },
        { "0 to 1", [Sound with { Threshold = 1.1m }] },
        { "0 to 1", [Sound with { Threshold = -0.1m }] },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_refused_with_what_is_wrong(string words, AggregatorOptions[] aggregators) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Require(aggregators)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_makes_sense_is_taken() => Require(Sound, new AggregatorOptions { Id = "other", Method = AggregatorMethod.Net, Strategies = ["c"] });

    private static void Require(params AggregatorOptions[] aggregators) => AggregatorOptions.Require(aggregators, new SortedSet<string> { "a", "b", "c" });
}
