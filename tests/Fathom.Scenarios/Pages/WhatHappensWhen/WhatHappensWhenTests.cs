using System.Globalization;
using System.Text;
using Fathom.Host.Torture;
using Fathom.Simulation.Faults;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>docs/what-happens-when.md and its pictures are made by running each failure; nothing on them is written by hand but the sentences.</summary>
public class WhatHappensWhenTests
{
    private const string Page = "docs/what-happens-when.md", Pictures = "docs/images/what-happens";

    private const string Head = """
        # What happens when…
        Each failure below was run: the picture and the table are what the engine did and published (`tests/Fathom.Scenarios/Pages/WhatHappensWhen`). A command takes 5 ms to the venue and an answer 5 ms back; the settings
        are the [defaults](reference/configuration.md#vocabulary). [torture.md](reference/torture.md) says how failures like these, thousands of them and several at once, are tried on your own strategy.


        """;

    [Fact]
    public void The_page_is_what_happens()
    {
        StringBuilder page = new(Head.ReplaceLineEndings("\n"));
        List<string> broken = [];
        foreach (Failure failure in FailureList.All)
        {
            (TortureOutcome outcome, TraceRecorder trace) = failure.Run();
            if (!outcome.Passed) broken.Add($"{failure.Name}: {outcome.Law}: {outcome.Detail}");
            Assert.Equal(failure.Faults.Select(fault => fault.Kind), trace.Struck.Select(struck => struck.Fault.Kind));
            Hold($"{Pictures}/{failure.Name}.svg", trace.Draw(failure.Title, failure.Until));
            Append(page, failure, trace);
        }
        Hold(Page, page.ToString());
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static void Append(StringBuilder page, Failure failure, TraceRecorder trace)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {failure.Title}\n{failure.Text}\n\n");
        if (failure.Settings.Length > 0) page.Append(CultureInfo.InvariantCulture, $"Settings: {string.Join(", ", failure.Settings.Select(setting => $"`{setting}`"))}.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"![{failure.Title}](images/what-happens/{failure.Name}.svg)\n\n");
        page.Append("| time | event | status | reason |\n|---|---|---|---|\n");
        foreach (HistoryLine line in trace.History.Where(line => line.Time <= failure.Until))
            page.Append(CultureInfo.InvariantCulture, $"| {line.Time.ToString()[11..23]} | {line.Event} | {line.Change} | {line.Why} |\n");
        page.Append('\n');
    }

    private static void Hold(string name, string text)
    {
        string path = Path.Combine(Places.Root, name);
        if (Environment.GetEnvironmentVariable("RENEW") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{name} is not what happens. If that is meant, renew it and commit it:\n  RENEW=1 dotnet tests/Fathom.Scenarios/bin/Debug/net10.0/Fathom.Scenarios.dll -class '*WhatHappensWhenTests'");
    }
}
