using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class BetaTests
{
    [Fact]
    public void Is_what_the_first_moves_with_the_second()
    {
        Beta levels = new(FeatureWindow.Samples(4), SeriesForm.Levels), returns = new(FeatureWindow.Samples(3));
        for (int i = 0; i < 6; i++)
        {
            double second = 100 + i * i;
            levels.AddFirst(At(i), 7 - 3 * second);
            levels.AddSecond(At(i), second);
            returns.AddSecond(At(i), second);
            returns.AddFirst(At(i), 5 * second * second);
        }
        Assert.Equal(-3, levels.Value, 1e-12);
        Assert.Equal(2, returns.Value, 1e-12);
    }

    [Fact]
    public void Where_the_second_does_not_move_it_is_0()
    {
        Beta beta = new(FeatureWindow.Samples(2), SeriesForm.Levels);
        for (int i = 0; i < 3; i++)
        {
            beta.AddFirst(At(i), i);
            beta.AddSecond(At(i), 7);
        }
        Assert.Equal(0, beta.Value);
    }

    [Fact]
    public void A_window_of_one_pair_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Beta(FeatureWindow.Samples(1)));
}
