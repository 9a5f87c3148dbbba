using System.Text;
using System.Text.Json;

namespace Fathom.Scenarios.Simulation.PlantedFaults;

/// <summary>Torture that finds nothing proves nothing, unless it would have found something: every planted fault has to be caught.</summary>
public class PlantedFaultTests
{
    private const string Seeds = "1..2000", Page = "docs/reference/torture.md", Begin = "<!-- planted faults: renewed by the test -->\n", End = "<!-- end -->";

    /// <summary>Without a fault the same program, compiled the same way, passes.</summary>
    private const string SeedsWithout = "1..200";

    [Fact]
    public void Every_planted_fault_is_caught_by_the_law_that_the_page_names()
    {
        Assert.SkipWhen(PlantedVariant.Compiler is null, "no C# compiler: install the .NET SDK");
        using PlantedVariant variant = new(PlantedFaultList.All);
        (int exitCode, string output, string error) = variant.Run(0, "torture", "--seeds", SeedsWithout, "--json", "--as-found");
        Assert.True(exitCode == 0, $"nothing is planted, and yet: {output}{error}");

        StringBuilder table = new("| what is wrong | where | seed | law |\n|---|---|---|---|\n");
        List<string> missed = [];
        for (int i = 0; i < PlantedFaultList.All.Count; i++)
        {
            PlantedFault fault = PlantedFaultList.All[i];
            (exitCode, output, error) = variant.Run(i + 1, "torture", "--seeds", Seeds, "--stop-at-first", "--as-found", "--threads", "1", "--json");
            if (exitCode == 1 && error.Length == 0) table.Append(Row(fault, output));
            else missed.Add($"{i + 1}, {fault.Name}: exit code {exitCode} {error}");
        }
        Assert.True(missed.Count == 0, $"Not caught within the seeds {Seeds}:\n{string.Join('\n', missed)}");
        Hold(table.ToString());
    }

    private static string Row(PlantedFault fault, string output)
    {
        using JsonDocument answer = JsonDocument.Parse(output);
        JsonElement failure = answer.RootElement.GetProperty("failure");
        return $"| {fault.Name} | `{fault.File}` | {failure.GetProperty("seed").GetUInt64()} | {failure.GetProperty("law").GetString()} |\n";
    }

    private static void Hold(string table)
    {
        string path = Path.Combine(Places.Root, Page), page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, begin, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, $"{Page} has a place for the table");
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(path, page[..begin] + table + page[end..]);
        else Assert.True(page[begin..end] == table, $"{Page} has another table; renew it with RENEW=1 and this test. Found:\n{table}");
    }
}
