using System.Text;
using System.Text.Json;
using Fathom.Analytics.Reports;

namespace Fathom.Tests.Analytics.Reports;

public class ReportWriterTests
{
    private const string Head = "<html><title>é</title><script id=\"report-data\" type=\"application/json\">", Tail = "</script></html>\n";

    [Fact]
    public void The_data_stands_in_the_page_where_the_mark_was()
    {
        string page = Write(Head + ReportTemplate.Marker + Tail);
        Assert.StartsWith(Head, page, StringComparison.Ordinal);
        Assert.EndsWith(Tail, page, StringComparison.Ordinal);
        using JsonDocument data = JsonDocument.Parse(page[Head.Length..^Tail.Length]);
        Assert.Equal("small </script> run", data.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public void Nothing_in_the_data_can_end_the_script()
    {
        string data = Write(Head + ReportTemplate.Marker + Tail)[Head.Length..^Tail.Length];
        Assert.DoesNotContain('<', data);
        Assert.Contains(@"small \u003C/script", data, StringComparison.Ordinal);
        Assert.Contains(@"\u003Cb", data, StringComparison.Ordinal);      // in the summary that was handed in as JSON
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("/*REPORT_DATA*/ and /*REPORT_DATA*/")]
    public void A_page_has_the_mark_once(string template) => Assert.Throws<ArgumentException>(() => Write(template));

    private static string Write(string template)
    {
        using MemoryStream stream = new();
        ReportWriter.Write(stream, template, SmallRun.Facts, SmallRun.Analysis());
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
