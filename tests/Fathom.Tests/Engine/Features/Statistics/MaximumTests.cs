using Fathom.Engine.Features.Statistics;

namespace Fathom.Tests.Engine.Features.Statistics;

public class MaximumTests
{
    [Fact]
    public void Equals_that_of_what_is_in_the_window() => WindowTwin.Check(window => new Maximum(window), values => values.Max(), least: 1, 0);
}
