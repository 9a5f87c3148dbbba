using System.Text;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Tests.Architecture;

namespace Fathom.Tests.Analytics.Reports;

public class ReportJsonTests
{
    /// <summary>The whole object of the small run, as web/report/src/data.ts describes it. Every figure in it can be checked by hand. RENEW=1 in front of the run rewrites it.</summary>
    private const string Golden = "tests/Fathom.Tests/Analytics/Reports/Fixtures/small-run.json";

    [Fact]
    public void A_small_run_is_written_as_the_page_expects_it()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" })) ReportJson.Write(json, SmallRun.Facts, SmallRun.Analysis());
        string written = Encoding.UTF8.GetString(stream.ToArray());
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(Path.Combine(Repository.Root, Golden), written + "\n");
        Assert.Equal(Repository.Read(Golden), written + "\n");
    }

    [Fact]
    public void A_summary_that_is_no_json_is_refused()
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter json = new(stream);
        Assert.ThrowsAny<JsonException>(() => ReportJson.Write(json, SmallRun.Facts with { SummaryJson = "{" }, SmallRun.Analysis()));
    }
}
