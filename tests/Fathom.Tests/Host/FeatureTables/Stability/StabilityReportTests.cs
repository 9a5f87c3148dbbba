using Fathom.Host.FeatureTables.Stability;

namespace Fathom.Tests.Host.FeatureTables.Stability;

public class StabilityReportTests
{
    [Fact]
    public void Column_is_judged_by_what_is_known_of_it()
    {
        ColumnStability column = StabilityReport.Judge("x", [double.NaN, 1, 2, 3, 4, 5, 6, 7]);
        Assert.Equal((7, 0.125, false), (column.Known, column.MissingShare, column.IsConstant));
        Assert.Equal(4, column.Mean, 14);
        Assert.Equal(Math.Sqrt(28.0 / 6), column.Deviation, 14);
        Assert.Equal((1, 4, 7), (column.Quantiles[0], column.Quantiles[4], column.Quantiles[^1]));
        Assert.Equal(1, column.DriftDistance);      // 1 to 3 and 4 to 7
        Assert.Equal(ColumnStability.LagsMax, column.Autocorrelations.Count);
        Assert.Equal(16.0 / 28, column.Autocorrelations[0], 14);      // 6 + 2 + 0 + 0 + 2 + 6
        Assert.True(double.IsNaN(column.Autocorrelations[^1]));
    }

    [Fact]
    public void Constant_and_a_column_that_is_never_known_are_said_to_be_that()
    {
        ColumnStability constant = StabilityReport.Judge("x", [0.1, 0.1, 0.1, double.NaN]), never = StabilityReport.Judge("x", [double.NaN, double.NaN]);
        Assert.Equal((true, 0), (constant.IsConstant, constant.Deviation));
        Assert.All(constant.Autocorrelations, value => Assert.True(double.IsNaN(value)));
        Assert.Equal((0, 1.0, false), (never.Known, never.MissingShare, never.IsConstant));
        Assert.True(double.IsNaN(never.Mean) && double.IsNaN(never.DriftDistance) && double.IsNaN(never.StabilityIndex));
    }
}
