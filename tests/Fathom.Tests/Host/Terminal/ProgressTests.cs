using Fathom.Host.Terminal;

namespace Fathom.Tests.Host.Terminal;

public class ProgressTests
{
    [Fact]
    public void The_line_says_share_events_rate_and_time_left()
    {
        string line = Progress.Line("Replaying", 3_000_000, 0.25, TimeSpan.FromSeconds(2));
        Assert.StartsWith("Replaying ", line, StringComparison.Ordinal);
        Assert.Contains(" 25 %  3.0 M events  1.5 M/s", line, StringComparison.Ordinal);
        Assert.Contains("0:06 left", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_known_end_there_is_no_share_and_no_time_left() =>
        Assert.Equal("Reading  500 events  500/s", Progress.Line("Reading", 500, double.NaN, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(1e-300)]
    public void Any_share_gives_a_bar_of_one_width(double share) =>
        Assert.Equal(24, Progress.Line("x", 1, share, TimeSpan.FromDays(1)).Count(c => c == '━'));

    [Fact]
    public void Nothing_is_written_where_nobody_watches()
    {
        using StringWriter output = new(), error = new();
        Screen screen = new(output, error, isJson: false);
        using (Progress progress = screen.StartProgress("Replaying")) progress.Update(long.MaxValue, 1);
        Assert.Empty(error.ToString());
        Assert.Empty(output.ToString());
    }
}
