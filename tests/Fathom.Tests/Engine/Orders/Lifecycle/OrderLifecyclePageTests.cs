using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;
using Fathom.Tests.Architecture;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>The page and its picture say what the table says. RENEW=1 in front of the run rewrites both.</summary>
public class OrderLifecyclePageTests
{
    private const string Page = "docs/reference/order-lifecycle.md", Picture = "docs/images/order-lifecycle.svg";
    private const string Remedy = "is not as the table has it. If the table is right, renew and commit it:\n  RENEW=1 dotnet tests/Fathom.Tests/bin/Debug/net10.0/Fathom.Tests.dll -class '*OrderLifecyclePageTests'";

    [Fact]
    public void The_page_is_what_the_table_says() => Same(Page, LifecyclePage.Renewed(Repository.Read(Page)));

    [Fact]
    public void The_picture_is_what_the_table_says() => Same(Picture, LifecycleDrawing.Svg());

    [Fact]
    public void The_page_has_a_sentence_for_every_status()
    {
        string[] lines = Repository.Read(Page).Split('\n');
        foreach (OrderStatus status in OrderState.All.Select(state => state.Status).Distinct())
            Assert.Single(lines, line => line.StartsWith($"| `{status}` |", StringComparison.Ordinal));
    }

    private static void Same(string path, string expected)
    {
        string full = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(full, expected);
        string[] committed = File.Exists(full) ? File.ReadAllLines(full) : [], due = expected.TrimEnd('\n').Split('\n');
        Assert.True(committed.SequenceEqual(due), $"{path} {Remedy}\n{string.Join('\n', [.. due.Except(committed).Select(line => $"+ {line}"), .. committed.Except(due).Select(line => $"- {line}")])}");
    }
}
