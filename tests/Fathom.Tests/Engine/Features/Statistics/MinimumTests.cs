using Fathom.Engine.Features.Statistics;

namespace Fathom.Tests.Engine.Features.Statistics;

public class MinimumTests
{
    [Fact]
    public void Equals_that_of_what_is_in_the_window() => WindowTwin.Check(window => new Minimum(window), values => values.Min(), least: 1, 0);
}
