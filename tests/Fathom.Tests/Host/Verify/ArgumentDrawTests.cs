using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Indicators;
using Fathom.Host.Verify;

namespace Fathom.Tests.Host.Verify;

public class ArgumentDrawTests
{
    private static readonly FeatureInfo s_everything = new()
    {
        Name = "everything",
        Family = FeatureFamily.Indicators,
        Summary = "One parameter of each kind.",
        Formula = "none",
        Source = "none",
        Takes = FeatureTakes.Values,
        Parameters =
        [
            new("fast", FeatureParameterKind.Count, "3", "the short one") { Min = 2 },
            new("slow", FeatureParameterKind.Count, "9", "the long one") { Min = 2 },
            new("weight", FeatureParameterKind.Number, "0.5", "a weight") { Min = 0, Max = 1 },
            new("fade", FeatureParameterKind.Duration, "5m", "a time"),
            new("window", FeatureParameterKind.Window, "20", "how far back"),
            new("samples", FeatureParameterKind.Window, "20", "how many") { Min = 5, IsCountOnly = true },
            new("how", FeatureParameterKind.Word, "first", "which of two") { Words = ["first", "second"] },
            new("needed", FeatureParameterKind.Count, null, "has no default"),
        ],
        Outputs = [new("", "1", "any")],
        WarmUp = "never",
        Check = static arguments => arguments.Count("fast") < arguments.Count("slow") ? null : "fast has to be below slow.",
        Create = static _ => new SimpleMovingAverage(1),
    };

    [Fact]
    public void Draws_go_together_reach_every_word_and_form_and_are_the_same_again()
    {
        HashSet<string> words = [], forms = [];
        for (ulong seed = 0; seed < 200; seed++)
        {
            FeatureArguments arguments = ArgumentDraw.Draw(s_everything, seed);
            Assert.Equal(arguments.Texts, ArgumentDraw.Draw(s_everything, seed).Texts);
            Assert.True(arguments.Count("fast") < arguments.Count("slow"));
            Assert.InRange(arguments.Count("slow"), 2, 14);
            Assert.InRange(arguments.Duration("fade").Nanos, 1, 40_000_000_000);
            Assert.InRange(arguments.Window("samples").Count, 5, 17);
            words.Add(arguments.Word("how"));
            forms.Add(arguments.Window("window").IsTime ? "time" : "count");
        }
        Assert.Equal(2, words.Count);
        Assert.Equal(2, forms.Count);
    }

    [Fact]
    public void A_parameter_without_a_default_is_drawn() => Assert.InRange(ArgumentDraw.Defaults(s_everything).Count("needed"), 1, 13);

    [Fact]
    public void Arguments_that_never_go_together_are_reported() =>
        Assert.Contains("everything", Assert.Throws<InvalidOperationException>(() => ArgumentDraw.Draw(s_everything with { Check = static _ => "never" }, 1)).Message, StringComparison.Ordinal);
}
