using Fathom.Analytics.Reports;
using Fathom.Tests.Architecture;

namespace Fathom.Tests.Analytics.Reports;

public class ReportTemplateTests
{
    [Fact]
    public void The_page_comes_with_the_program_and_takes_a_runs_data()
    {
        string page = ReportTemplate.Read();
        Assert.Equal(Repository.Read("web/report/dist/report.html"), page);
        using MemoryStream stream = new();
        ReportWriter.Write(stream, page, SmallRun.Facts, SmallRun.Analysis());
        Assert.True(stream.Length > page.Length);
    }
}
