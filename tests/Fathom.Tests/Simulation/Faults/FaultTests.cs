using Fathom.Simulation.Faults;

namespace Fathom.Tests.Simulation.Faults;

public class FaultTests
{
    [Fact]
    public void Text_of_every_kind_reads_back()
    {
        foreach (FaultKind kind in FaultNames.All)
        {
            Fault fault = new(17, kind, 250);

            Assert.True(Fault.TryParse(fault.ToString(), out Fault read), fault.ToString());
            Assert.Equal(fault, read);
        }
    }

    [Theory]
    [InlineData("report_late@120:750", 120, FaultKind.ReportLate, 750)]
    [InlineData("restart@1", 1, FaultKind.Restart, 0)]
    public void Amount_may_be_left_out(string text, long step, FaultKind kind, long amount)
    {
        Assert.True(Fault.TryParse(text, out Fault fault));
        Assert.Equal(new Fault(step, kind, amount), fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("restart")]
    [InlineData("none@3:1")]
    [InlineData("Restart@3:1")]
    [InlineData("restart@-3:1")]
    [InlineData("restart@3:-1")]
    [InlineData("restart@3:86400001")]
    [InlineData("restart@3:1:2")]
    [InlineData("restart@ 3:1")]
    public void Anything_else_is_not_a_fault(string text) => Assert.False(Fault.TryParse(text, out _));

    [Fact]
    public void Every_kind_has_a_name_of_its_own()
    {
        HashSet<string> names = [];
        foreach (FaultKind kind in FaultNames.All) Assert.True(names.Add(FaultNames.Of(kind)), $"{kind}");

        Assert.Equal(Enum.GetValues<FaultKind>().Length - 1, names.Count);
        Assert.Equal("fill_before_acceptance", FaultNames.Of(FaultKind.FillBeforeAcceptance));
    }
}
