using Fathom.Simulation.Faults;

namespace Fathom.Scenarios.Pages;

/// <summary>docs/reference/torture.md names everything that there is.</summary>
public class TorturePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Places.Root, "docs", "reference", "torture.md"));

    [Fact]
    public void Every_fault_is_explained() => Assert.All(FaultNames.All, kind => Assert.Contains($"`{FaultNames.Of(kind)}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_law_is_stated() => Assert.All(TortureLaws.All, law => Assert.Contains($"| `{law}` |", Page, StringComparison.Ordinal));
}
