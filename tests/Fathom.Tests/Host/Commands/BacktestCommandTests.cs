using Fathom.Engine.Decisions;
using Fathom.Host.Commands;

namespace Fathom.Tests.Host.Commands;

public class BacktestCommandTests
{
    [Fact]
    public void Where_a_strategy_logged_it_says_how_much_asks_to_be_read_and_where()
    {
        Assert.Null(BacktestCommand.LogLine(new NoteCounts { Plots = 3, Annotations = 4 }, "runs/a"));
        Assert.Equal("[grey]notes[/]        [yellow]5 notes of strategies were left out[/]", BacktestCommand.LogLine(new NoteCounts { Plots = 3, PlotsLeftOut = 5 }, "runs/a"));
        Assert.Equal("[grey]log[/]          0 errors, 0 warnings: runs/a/log.jsonl", BacktestCommand.LogLine(new NoteCounts { Debugs = 1 }, "runs/a"));
        Assert.Equal("[grey]log[/]          [red]1 error[/], [yellow]1,234 warnings[/]: runs/a/log.jsonl", BacktestCommand.LogLine(new NoteCounts { Errors = 1, Warnings = 1_234 }, "runs/a"));
        Assert.Equal("[grey]log[/]          0 errors, [yellow]1 warning[/]: runs/[[a]]/log.jsonl; [yellow]7 notes of strategies were left out[/]",
            BacktestCommand.LogLine(new NoteCounts { Warnings = 1, PlotsLeftOut = 5, RecordsLeftOut = 2 }, "runs/[a]"));
    }
}
